"""A fuller region pack, made on the user's own machine from official downloads.

Rows outside the region are passed over; what is left is added to the shipped pack, whose own rows win. The result is a
folder that `load_region` reads, with a manifest that says what was read, by digest, and under which licence.
"""

import csv
import io
import json
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from deid.errors import SettingsError
from deid.region import (
    AGENCY_COLUMNS,
    PLACE_COLUMNS,
    Agency,
    Place,
    Region,
    english_words,
    given_names,
    load_region,
    pack_folder,
    surnames,
)
from deid.region_layouts import LAYOUTS, Bounds, Layout, Row, column_name, fold_name, layout_of

MANIFEST = "manifest.json"
_AGENCY = "an agency"  # where a place has its district: bodies are known by name alone
_LOCALITIES, _STOPS = "NPTG localities", "NaPTAN stops"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read: how many of its rows lay in the region, and how many of them were new to the pack."""

    name: str
    layout: str
    sha256: str
    licence: str
    attribution: str
    rows: int
    added: int


@dataclass(frozen=True, slots=True)
class Built:
    folder: Path
    places: int
    agencies: int
    sources: tuple[Source, ...]


@dataclass(slots=True)
class _Pack:
    """The pack while it grows. `known` also has the other names of what is in it."""

    places: dict[tuple[str, str], tuple[Place, str]] = field(default_factory=dict)
    agencies: dict[str, tuple[Agency, str]] = field(default_factory=dict)
    known: set[tuple[str, str]] = field(default_factory=set)

    def add(self, found: Place | Agency, source: str) -> bool:
        """Whether it was new."""
        district = found.district if isinstance(found, Place) else _AGENCY
        keys = {(fold_name(name), district) for name in (found.name, *found.aliases)}
        if (fold_name(found.name), district) in self.known:
            return False
        self.known |= keys
        if isinstance(found, Place):
            self.places[fold_name(found.name), district] = (found, source)
        else:
            self.agencies[fold_name(found.name)] = (found, source)
        return True


def build(region: str, sources: Sequence[Path], out: Path, *, on: str = "") -> Built:
    """Read the downloads (files, or folders of them), add what they know to the region's pack, write it to `out`.

    `on` is the day to put on record. Raises SettingsError naming file and line.
    """
    if out.exists() and not (out / MANIFEST).is_file():
        raise SettingsError("this exists and is not a built pack", where=str(out), hint="name a new folder")
    shipped = pack_folder(region)
    pack = _start(load_region(region))
    bounds = _read_bounds(shipped / "boundaries.toml", pack)
    done = tuple(_add_file(path, layout, bounds, pack) for path, layout in _recognise(sources))
    _write(shipped, out, pack, done, on)
    return Built(out, len(pack.places), len(pack.agencies), done)


def _start(region: Region) -> _Pack:
    """Every row of the shipped pack, also where one row's name is another's by-name."""
    pack = _Pack(
        places={(fold_name(place.name), place.district): (place, "shipped") for place in region.places},
        agencies={fold_name(agency.name): (agency, "shipped") for agency in region.agencies},
    )
    for place in region.places:
        pack.known |= {(fold_name(name), place.district) for name in (place.name, *place.aliases)}
    for agency in region.agencies:
        pack.known |= {(fold_name(name), _AGENCY) for name in (agency.name, *agency.aliases)}
    return pack


def _add_file(path: Path, layout: Layout, bounds: Bounds, pack: _Pack) -> Source:
    data = _bytes(path)
    rows = added = 0
    for row in _rows(path, _decode(data), layout):
        for found in layout.read(row, bounds):
            rows += 1
            added += pack.add(_cued(found) if isinstance(found, Place) else found, layout.name)
    if not rows:
        raise SettingsError(
            "no row lies in the region", where=str(path), hint="the pack's boundaries.toml says what does"
        )
    digest = sha256(data).hexdigest()
    return Source(path.name, layout.name, digest, layout.licence, layout.attribution, rows, added)


def _recognise(sources: Sequence[Path]) -> list[tuple[Path, Layout]]:
    """Every file with its layout. Stops come before localities, because they say which localities lie in the region."""
    paths = [path for source in sources for path in (sorted(source.rglob("*.csv")) if source.is_dir() else [source])]
    if not paths:
        raise SettingsError("there is no CSV file to read", hint="name the downloads, or folders that hold them")
    found = []
    for path in paths:
        first = next(csv.reader(io.StringIO(_decode(_bytes(path, 65536)), newline="")), [])
        layout = layout_of(first)
        if layout is None:
            names = ", ".join(one.name for one in LAYOUTS)
            raise SettingsError(
                "this is none of the layouts that can be read", where=f"{path}:1", hint=f"layouts: {names}"
            )
        found.append((path, layout))
    layouts = {layout.name for _, layout in found}
    if _LOCALITIES in layouts and _STOPS not in layouts:
        raise SettingsError("localities need the stops of the same download", hint="name Stops.csv as well")
    return sorted(found, key=lambda pair: pair[1].name == _LOCALITIES)


def _rows(path: Path, text: str, layout: Layout) -> Iterator[Row]:
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = list(layout.header)
    try:
        for cells in table:
            if not header:
                header = [column_name(name) for name in cells]
            elif len(cells) != len(header):
                raise ValueError(f"this line has {len(cells)} cells instead of {len(header)}")
            else:
                yield dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except (csv.Error, ValueError) as error:
        raise SettingsError(str(error), where=f"{path}:{table.line_num}") from error


def _bytes(path: Path, most: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise SettingsError("this file cannot be read", where=str(path)) from error


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # GIAS publishes in Windows-1252; a letter cut in two at the end of a head is no matter
        return data.decode("cp1252", errors="replace")


def _cued(place: Place) -> Place:
    """A single word that is also an English word or a person's name needs a cue, as in the shipped pack."""
    word = place.name
    if " " in word or place.type == "road_number":
        return place
    return replace(place, cue=word.casefold() in english_words() or word in given_names() or word in surnames())


def _read_bounds(path: Path, pack: _Pack) -> Bounds:
    try:
        raw = tomllib.loads(_decode(_bytes(path)))
        named = [
            (fold_name(name), one["name"])
            for one in raw["district"]
            for name in (one["name"], one["code"], *one.get("formerly", ()))
        ]
        subregions = {one["name"]: one["subregion"] for one in raw["district"]}
        counties = frozenset(fold_name(name) for name in raw["counties"])
        areas, authorities = tuple(raw["transport_areas"]), frozenset(raw["authorities"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SettingsError(f"this does not say where the region lies ({error})", where=str(path)) from error
    several: dict[str, set[str]] = {}
    for name, district in pack.known:
        several.setdefault(name, set()).add(district)
    only = {name: next(iter(found)) for name, found in several.items() if len(found) == 1 and found <= set(subregions)}
    postcodes = frozenset(place.name for place, _ in pack.places.values() if place.type == "postcode_district")
    return Bounds(dict(named), subregions, counties, areas, authorities, postcodes, of_place=only)


def _write(shipped: Path, out: Path, pack: _Pack, sources: Iterable[Source], on: str) -> None:
    """The whole folder beside its place, then moved there: a reader never sees half of it."""
    draft = out.with_name(f"{out.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for path in sorted(shipped.iterdir()):
        if path.is_file():
            shutil.copyfile(path, draft / path.name)
    _write_csv(draft / "places.csv", PLACE_COLUMNS, (_place_cells(*pack.places[key]) for key in sorted(pack.places)))
    _write_csv(
        draft / "agencies.csv", AGENCY_COLUMNS, (_agency_cells(*pack.agencies[key]) for key in sorted(pack.agencies))
    )
    manifest = {"region": shipped.name, "built_on": on, "sources": [asdict(source) for source in sources]}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (draft / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    if out.exists():
        shutil.rmtree(out)
    draft.rename(out)


def _place_cells(place: Place, source: str) -> Iterable[str]:
    cue = "yes" if place.cue else "no"
    aliases = ";".join(place.aliases)
    return (place.name, place.type, place.district, place.subregion, place.parent, aliases, cue, place.theme, source)


def _agency_cells(agency: Agency, source: str) -> Iterable[str]:
    return (agency.name, ";".join(agency.aliases), agency.kind, agency.scope, ";".join(agency.cue_aliases), source)


def _write_csv(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
