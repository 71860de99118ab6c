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
needs a place cue. `scope` is local, county, region or national.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from deid.config import configs
from deid.errors import SettingsError


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


@dataclass(frozen=True, slots=True)
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
        places=tuple(_place(row) for row in _rows(folder / "places.csv")),
        agencies=tuple(_agency(row) for row in _rows(folder / "agencies.csv")),
        roles=tuple(Role(row["role"], row["kind"], _yes(row["singular"])) for row in _rows(folder / "roles.csv")),
        nicknames={row["formal"]: _several(row["nicknames"]) for row in _rows(folder / "nicknames.csv")},
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


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                if None in row or None in row.values():
                    raise SettingsError("this line does not have the columns of the first", where=f"{path.name}: {row}")
                yield row
    except OSError as error:
        raise SettingsError("the region pack lacks this file", where=str(path)) from error


def _place(row: dict[str, str]) -> Place:
    return Place(
        name=row["name"], type=row["type"], district=row["district"], subregion=row["subregion"], parent=row["parent"],
        aliases=_several(row["aliases"]), cue=_yes(row["cue"]), theme=row["theme"],
    )  # fmt: skip


def _agency(row: dict[str, str]) -> Agency:
    return Agency(row["name"], row["kind"], row["scope"], _several(row["aliases"]), _several(row["cue_aliases"]))


def _keep_lines(path: Path) -> Iterator[Keep]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 3:
            raise SettingsError("a keep line is words, scope and reason with tabs between", where=f"{path}:{number}")
        words, scopes, reason = (part.strip() for part in parts)
        yield from (Keep(words, scope.strip(), reason) for scope in scopes.split(","))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _yes(cell: str) -> bool:
    return cell.strip().lower() == "yes"


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError("the region pack lacks this file", where=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"this is not valid TOML ({error})", where=str(path)) from error


@cache
def english_words() -> frozenset[str]:
    """Ordinary English words, folded. Many are names as well; a word that is not among them is rare or a name."""
    return frozenset((configs() / "words" / "english.txt").read_text(encoding="utf-8").split())
