"""A region pack: the places, agencies, references, roles and words of one region, as plain values.

Another region is another folder with the same files:
    places.csv      name,type,district,subregion,parent,aliases,cue,theme,source
    agencies.csv    name,aliases,kind,scope,cue_aliases,source
    roles.csv       role,kind,singular,source         job titles that can single somebody out
    nicknames.csv   formal,nicknames                  United Kingdom short forms (Gaz, Shaz, Mo ...)
    keep.txt        one `words<TAB>scope<TAB>reason` a line: what must stay readable
    references.toml shapes of local case references
    public_facts.toml what everybody can know of the study and the region
Several values in one cell are separated by `;`. `cue` is yes where the name is also a word or a person's name and so
needs a place cue. `scope` is local, county, region or national; a keep line's scope is `everywhere` or categories with
commas between. The lists of names and words serve every region: configs/names and configs/words.
"""

import csv
import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from deid.config import configs
from deid.errors import SettingsError
from deid.model import Category

Row = TypeVar("Row")

PLACE_COLUMNS = ("name", "type", "district", "subregion", "parent", "aliases", "cue", "theme", "source")
AGENCY_COLUMNS = ("name", "aliases", "kind", "scope", "cue_aliases", "source")
ROLE_COLUMNS = ("role", "kind", "singular", "source")
NICKNAME_COLUMNS = ("formal", "nicknames")
SCOPES = ("local", "county", "region", "national")


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    type: str
    district: str = ""
    subregion: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    cue: bool = False
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    name: str
    kind: str
    scope: str = "local"
    aliases: tuple[str, ...] = ()
    cue_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    role: str
    kind: str
    singular: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """Words that stay readable: `scope` says where (everywhere, or a category), `reason` why."""

    words: str
    scope: str
    reason: str


# A pack is loaded once, so identity serves as equality, and what is derived from a pack can be kept beside it.
@dataclass(frozen=True, slots=True, eq=False)
class Region:
    name: str
    places: tuple[Place, ...] = ()
    agencies: tuple[Agency, ...] = ()
    roles: tuple[Role, ...] = ()
    nicknames: dict[str, tuple[str, ...]] = field(default_factory=dict)
    keep: tuple[Keep, ...] = ()
    references: dict[str, object] = field(default_factory=dict)
    public_facts: dict[str, object] = field(default_factory=dict)


@cache
def load_region(pack: str) -> Region:
    """The pack of that name, or the pack in that folder. Raises SettingsError naming file and line."""
    folder = pack_folder(pack)
    return Region(
        name=folder.name,
        places=_table(folder / "places.csv", PLACE_COLUMNS, _place),
        agencies=_table(folder / "agencies.csv", AGENCY_COLUMNS, _agency),
        roles=_table(folder / "roles.csv", ROLE_COLUMNS, _role),
        nicknames=dict(_table(folder / "nicknames.csv", NICKNAME_COLUMNS, _nickname)),
        keep=tuple(_keep_lines(folder / "keep.txt")),
        references=_toml(folder / "references.toml"),
        public_facts=_toml(folder / "public_facts.toml"),
    )


def pack_folder(pack: str) -> Path:
    """Where the pack of that name lies. Raises SettingsError when there is none."""
    folder = Path(pack) if Path(pack).is_dir() else configs() / "regions" / pack
    if not folder.is_dir():
        raise SettingsError("there is no region pack of this name", where=f"region.pack = {pack!r}")
    return folder


def pack_digest(pack: str) -> str:
    """One SHA-256 over a pack's files, by their names and bytes: the log and every sign-off are bound to it."""
    files = sorted(path for path in pack_folder(pack).iterdir() if path.is_file())
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.name}" for path in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@cache
def given_names() -> Mapping[str, bool]:
    """Given names of many origins, and whether each is an English word as well. Weak evidence, never alone."""
    return _names(configs() / "names" / "given_names.csv")


@cache
def surnames() -> Mapping[str, bool]:
    """Surnames of many origins, and whether each is an English word as well. Weak evidence, never alone."""
    return _names(configs() / "names" / "surnames.csv")


@cache
def neutral_names() -> tuple[str, ...]:
    """Names to choose a pseudonym from: a given name that says little of anybody, and a surname; in no region pack."""
    return tuple(_text(configs() / "names" / "pseudonyms.txt").splitlines())


@cache
def english_words() -> frozenset[str]:
    """Ordinary English words, folded. Many are names as well; a word that is not among them is rare or a name."""
    return frozenset(_text(configs() / "words" / "english.txt").split())


@cache
def common_words() -> frozenset[str]:
    """The words of everyday speech, folded: a small part of `english_words`."""
    return frozenset(_text(configs() / "words" / "common.txt").split())


def _names(path: Path) -> Mapping[str, bool]:
    header, *lines = _text(path).splitlines() or [""]
    if header != "name,flags":
        raise SettingsError("the first line has to be name,flags", where=f"{path}:1")
    return MappingProxyType({name: flags == "word" for name, _, flags in (line.partition(",") for line in lines)})


def _table(path: Path, columns: tuple[str, ...], make: Callable[[dict[str, str]], Row]) -> tuple[Row, ...]:
    """Every row of a CSV file, made by `make`, whose ValueError becomes an error that names file and line."""
    table = csv.reader(_text(path).splitlines(keepends=True), strict=True)
    rows: list[Row] = []
    try:
        header = next(table, [])
        if missing := [name for name in columns if name not in header]:
            raise ValueError(f"the column {missing[0]} is missing; there have to be {','.join(columns)}")
        for cells in table:
            if len(cells) != len(header):
                raise ValueError(f"this line has {len(cells)} cells and the first line {len(header)}")
            rows.append(make(dict(zip(header, cells, strict=True))))
    except (csv.Error, ValueError) as error:
        raise SettingsError(str(error), where=f"{path}:{max(table.line_num, 1)}") from error
    return tuple(rows)


def _place(row: dict[str, str]) -> Place:
    return Place(
        name=_filled(row, "name"), type=_filled(row, "type"), district=row["district"], subregion=row["subregion"],
        parent=row["parent"], aliases=_several(row["aliases"]), cue=_yes(row, "cue"), theme=row["theme"],
    )  # fmt: skip


def _agency(row: dict[str, str]) -> Agency:
    if row["scope"] not in SCOPES:
        raise ValueError(f"scope is {row['scope']!r}; it has to be {', '.join(SCOPES)}")
    name, kind = _filled(row, "name"), _filled(row, "kind")
    return Agency(name, kind, row["scope"], _several(row["aliases"]), _several(row["cue_aliases"]))


def _role(row: dict[str, str]) -> Role:
    return Role(_filled(row, "role"), _filled(row, "kind"), _yes(row, "singular"))


def _nickname(row: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    return _filled(row, "formal"), _several(row["nicknames"])


def _keep_lines(path: Path) -> Iterator[Keep]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split("\t")]
        if len(parts) != 3 or not all(parts):
            raise SettingsError("a keep line is words, scope and reason with tabs between", where=f"{path}:{number}")
        words, scopes, reason = parts
        yield from (Keep(words, _scope(scope, where=f"{path}:{number}"), reason) for scope in scopes.split(","))


def _scope(scope: str, *, where: str) -> str:
    if scope.strip() not in ("everywhere", *Category):
        raise SettingsError("a keep line's scope is everywhere or a category (PERSON, PLACE ...)", where=where)
    return scope.strip()


def _filled(row: dict[str, str], column: str) -> str:
    if not row[column].strip():
        raise ValueError(f"{column} is empty")
    return row[column].strip()


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _yes(row: dict[str, str], column: str) -> bool:
    if row[column] not in ("yes", "no"):
        raise ValueError(f"{column} has to be yes or no")
    return row[column] == "yes"


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"this is not valid TOML ({error})", where=str(path)) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError("the region pack lacks this file", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise SettingsError("this file is not UTF-8", where=str(path), hint="save it as UTF-8") from error
