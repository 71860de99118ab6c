"""Raw material: files that must not be public whatever is in them, known by their first bytes, shape or digest."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from os.path import splitext

from deid.check.watched import is_transcript

_VAULT = b"deid vault "
_KEPT = b"deid kept source "
_IDENTITY = re.compile(rb"^DEID-KEY-1-[A-Z0-9-]{20,}", re.M)
_SHEET = b"RECOVERY SHEET FOR THE KEY OF A STUDY"
# P02-1_draft.docx: a draft is a draft by name and digest.
_DRAFT = re.compile(r"[A-Z]+\d+(?:\+[A-Z]+\d+)*-\d+_draft\.\w{2,5}", re.IGNORECASE)
_TALK = frozenset(".txt .text .docx .odt .rtf .vtt .srt .csv .xlsx .qdpx .md".split())
# In these a line of talk stands for itself; papers are written in the others, and quote.
_ONLY_TALK = frozenset(".vtt .srt .csv .xlsx .qdpx".split())
_QUOTED_IN_PASSING = 8


@dataclass(frozen=True, slots=True)
class Material:
    """What is known of this study's files. released: SHA-256 of verified releases; drafts: of unreleased outputs.

    tokens: how our words in brackets look. is_roster, is_recording: what the formats say of a file's first bytes.
    """

    is_roster: Callable[[bytes], bool]
    is_recording: Callable[[str, bytes], bool]
    tokens: re.Pattern[str]
    released: Collection[str] = frozenset()
    drafts: Collection[str] = frozenset()
    key: bytes = b""
    requires_release: bool = False


def by_bytes(name: str, data: bytes, digest: str, material: Material) -> tuple[str, str] | None:
    """(kind, reason) of a file that is raw material by its bytes."""
    head = data[:4096]
    if head.startswith((_VAULT, _KEPT)):
        return "vault", "a study's vault, or a source sealed beside it"
    if head.lstrip(b"\xef\xbb\xbf\r\n ").startswith(_SHEET) or _IDENTITY.search(head):
        return "vault_key", "a key or a recovery sheet of a vault"
    if material.key and data.strip() == material.key.hex().encode():
        return "check_key", "the key of the watchlist, which has to stay a secret"
    if material.is_recording(name, head):
        return "recording", "a recording"
    if material.is_roster(head):
        return "roster", "a roster of participants"
    if digest in material.drafts or _DRAFT.fullmatch(name.rpartition("/")[2]):
        return "draft", "a draft, which is no release"
    return None


def by_text(name: str, text: str, digest: str, material: Material) -> tuple[str, str] | None:
    """(kind, reason) of a transcript that no verified release lists."""
    suffix = splitext(name)[1].lower()  # noqa: PTH122
    if digest in material.released:
        return None
    if suffix == ".xlsx" and {"code", "full_name"} <= set(text.casefold().replace(" ", "_").split()):
        return "roster", "a roster of participants"
    count = sum(1 for _ in _first(material.tokens.finditer(text), _QUOTED_IN_PASSING))
    if count and _is_output(text, suffix, count):
        return "unreleased_transcript", "a transcript with tokens of deid that no verified release lists"
    if material.requires_release and suffix in _TALK and suffix != ".md" and is_transcript(text):
        return "unreleased_transcript", "a transcript that no verified release lists"
    return None


def _is_output(text: str, suffix: str, count: int) -> bool:
    """A paper quotes a turn or two; an output is talk from end to end."""
    if suffix in _ONLY_TALK or (suffix in _TALK and suffix != ".md" and count >= _QUOTED_IN_PASSING):
        return True
    return suffix in _TALK and is_transcript(text)


def _first(matches: Iterator["re.Match[str]"], most: int) -> Iterator["re.Match[str]"]:
    for _, match in zip(range(most), matches, strict=False):
        yield match
