"""The vault's contents <-> JSON (docs/reference/vault_format.md, section 4). Strict: what is not as written is refused.

Rows instead of objects, and one check a row, keep a vault of 100,000 entities within a second or two.
"""

import json
import re
from typing import Any, NoReturn

from deid.errors import VaultError
from deid.model import Category, Entity, KeyEntry, KnownPerson
from deid.vault.contents import Contents, LogHead, Source, StudyKeys, Suppressed, SuppressedForm

VERSION = 1


def encode(contents: Contents) -> bytes:
    """The contents' bytes; `decode` gives back equal contents."""
    value = {
        "contents": VERSION,
        "keys": {name: getattr(contents.keys, name).hex() for name in _KEYS},
        "entities": [_entity_row(entry) for entry in contents.entries],
        "sources": [[source.code, source.path, source.sha256, source.participants] for source in contents.sources],
        "roster": [[getattr(person, name) for name in _PERSON] for person in contents.roster],
        "bindings": {code: dict(forms) for code, forms in contents.bindings.items()},
        "texts": dict(contents.texts),
        "salts": {code: salt.hex() for code, salt in contents.salts.items()},
        "suppressed": {
            "codes": contents.suppressed.codes,
            "forms": [
                [form.digest, form.words, form.start, form.entity, form.alone] for form in contents.suppressed.forms
            ],
            "sources": contents.suppressed.sources,
        },
        "head": [contents.log_head.number, contents.log_head.digest],
        "custody": contents.custody,
        "options": dict(contents.options),
    }
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:
        raise VaultError("a text to be kept is not valid Unicode (half of a character)", where="vault") from None


def decode(data: bytes) -> Contents:
    """The contents of these bytes. Raises VaultError naming the key that is not as the format says, never a value."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)
        if b"\\ud" in data or b"\\uD" in data:
            # The one way in for half a character, which no later save could write out again.
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise _wrong("JSON") from None
    if not isinstance(value, dict) or type(value.get("contents")) is not int or value["contents"] != VERSION:
        raise _wrong("contents")
    if value.keys() != _TOP:
        raise _wrong("keys of the whole")
    return Contents(
        keys=_read_keys(value["keys"]),
        entries=_read_entities(value["entities"]),
        sources=_read_sources(value["sources"]),
        roster=_read_roster(value["roster"]),
        bindings=_read_bindings(value["bindings"]),
        texts=_strings_by_name(value["texts"], "texts"),
        salts={code: _key(salt, "salts") for code, salt in _strings_by_name(value["salts"], "salts").items()},
        suppressed=_read_suppressed(value["suppressed"]),
        log_head=_read_head(value["head"]),
        custody=_strings(value["custody"], "custody"),
        options=_strings_by_name(value["options"], "options"),
    )


def _entity_row(entry: KeyEntry) -> list[object]:
    entity = entry.entity
    tokens = dict(entry.tokens)
    return [entity.id, entity.category, entity.kind, entity.part, entity.forms, tokens, entry.subject]


_KEYS = ("assign", "cache", "decide", "signing", "watch")
_TOP = frozenset("contents keys entities sources roster bindings texts salts suppressed head custody options".split())
_PERSON = tuple("code full_name aliases role agency base consent chosen_pseudonym tenure phrases part public".split())
_PERSON_TYPES = (str, str, list, str, str, str, str, str, str, list, str, bool)
_ENTITY_TYPES = [str, str, str, str, list, dict, str]
_START = range(65_536)
_CATEGORIES = {category.value: category for category in Category}
# "9f86d0...": a key, a salt or a SHA-256, in lower case.
_HEX32 = re.compile(r"[0-9a-f]{64}")


def _read_keys(value: object) -> StudyKeys:
    if not isinstance(value, dict) or value.keys() != set(_KEYS):
        raise _wrong("keys")
    return StudyKeys(**{name: _key(value[name], "keys") for name in _KEYS})


def _read_entities(value: object) -> tuple[KeyEntry, ...]:
    entries = tuple(_read_entity(row) for row in _rows(value, "entities"))
    if len({entry.entity.id for entry in entries}) != len(entries):
        raise _wrong("entities: an id that occurs twice")
    return entries


def _read_entity(row: list[Any]) -> KeyEntry:
    # One comparison of types a row, and a category by look-up: this runs 100,000 times when a large vault opens.
    if [type(cell) for cell in row] != _ENTITY_TYPES:
        raise _wrong("entities")
    identity, category, kind, part, forms, tokens, subject = row
    if category not in _CATEGORIES or not all(type(form) is str for form in forms):
        raise _wrong("entities")
    if not all(type(token) is str for token in tokens.values()):
        raise _wrong("entities")
    return KeyEntry(Entity(identity, _CATEGORIES[category], kind, part, tuple(forms)), tokens, subject)


def _read_sources(value: object) -> tuple[Source, ...]:
    sources = []
    for row in _rows(value, "sources"):
        if [type(cell) for cell in row] != [str, str, str, list] or not _HEX32.fullmatch(row[2]):
            raise _wrong("sources")
        sources.append(Source(row[0], row[1], row[2], _strings(row[3], "sources")))
    if len({source.code for source in sources}) != len(sources):
        raise _wrong("sources: a code that occurs twice")
    return tuple(sources)


def _read_roster(value: object) -> tuple[KnownPerson, ...]:
    people = []
    for row in _rows(value, "roster"):
        if tuple(type(cell) for cell in row) != _PERSON_TYPES:
            raise _wrong("roster")
        cells: list[Any] = [_strings(cell, "roster") if isinstance(cell, list) else cell for cell in row]
        people.append(KnownPerson(**dict(zip(_PERSON, cells, strict=True))))
    return tuple(people)


def _read_bindings(value: object) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        raise _wrong("bindings")
    return {code: _strings_by_name(forms, "bindings") for code, forms in value.items()}


def _read_suppressed(value: object) -> Suppressed:
    if not isinstance(value, dict) or value.keys() != {"codes", "forms", "sources"}:
        raise _wrong("suppressed")
    forms = []
    for row in _rows(value["forms"], "suppressed"):
        if [type(cell) for cell in row] != [str, int, int, str, bool] or row[1] < 1 or row[2] not in _START:
            raise _wrong("suppressed")
        forms.append(SuppressedForm(*row))
    codes, sources = _strings(value["codes"], "suppressed"), _strings(value["sources"], "suppressed")
    return Suppressed(codes, tuple(forms), sources)


def _read_head(value: object) -> LogHead:
    if not isinstance(value, list) or [type(cell) for cell in value] != [int, str] or value[0] < 0:
        raise _wrong("head")
    if bool(value[0]) != bool(value[1]) or (value[1] and not _HEX32.fullmatch(value[1])):
        raise _wrong("head")
    return LogHead(value[0], value[1])


def _rows(value: object, where: str) -> list[list[Any]]:
    if not isinstance(value, list) or not all(type(row) is list for row in value):
        raise _wrong(where)
    return value


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(type(one) is str for one in value):
        raise _wrong(where)
    return tuple(value)


def _strings_by_name(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(type(one) is str for one in value.values()):
        raise _wrong(where)
    return value


def _key(value: object, where: str) -> bytes:
    if not isinstance(value, str) or not _HEX32.fullmatch(value):
        raise _wrong(where)
    return bytes.fromhex(value)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key occurs twice")
    return value


def _refuse(_: str) -> NoReturn:
    raise ValueError("not a JSON number")


def _wrong(where: str) -> VaultError:
    return VaultError(
        "the vault opens, but what is inside is not as this version of deid writes it",
        where=where,
        hint="install the newest deid; if it is the newest, restore the last backup (deid restore)",
    )
