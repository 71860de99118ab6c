"""The published layouts that `region_build` reads: what each looks like, and what a row of it says of a region.

A layout is recognised by its columns, never by its file's name. A new one is a function from a row to places or
agencies, and a line in `LAYOUTS`. Only names, kinds and districts are kept: no positions, no crimes, no addresses.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from deid.region import Agency, Place

Row = dict[str, str]
Found = Iterator[Place | Agency]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What lies in the region, by the codes and names that the downloads use. Keys are folded by `fold_name`."""

    districts: dict[str, str]  # name, former name or code -> district
    subregions: dict[str, str]
    counties: frozenset[str]
    transport_areas: tuple[str, ...]
    authorities: frozenset[str]
    postcodes: frozenset[str]
    of_place: dict[str, str] = field(default_factory=dict)  # a place of the shipped pack -> its only district
    localities: set[str] = field(default_factory=set)  # codes of localities that have a stop in the region


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` stand in the first line. A layout that has none gives its `header` here, and a telling `opening`."""

    name: str
    attribution: str
    read: Callable[[Row, Bounds], Found]
    columns: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    opening: str = ""
    licence: str = "Open Government Licence v3.0"


def layout_of(first: list[str]) -> Layout | None:
    """The layout whose file begins with this line."""
    names = {column_name(name) for name in first}
    for layout in LAYOUTS:
        if layout.columns and names.issuperset(layout.columns):
            return layout
        if layout.header and len(first) == len(layout.header) and re.match(layout.opening, " ".join(first[:2])):
            return layout
    return None


def column_name(name: str) -> str:
    """WD24NM and WD23NM are one column: the year is taken out."""
    return re.sub(r"^(WD|LAD|PARNCP)\d\d(CD|NM)$", r"\1\2", name.strip())


def fold_name(name: str) -> str:
    """Equal for "Tonbridge & Malling" and "Tonbridge and Malling", "St Mary's Bay" and "St Marys Bay"."""
    return re.sub(r"[^\w ]+", "", name.casefold().replace("&", "and").replace("-", " ")).strip()


# --- Ordnance Survey --------------------------------------------------------------------------------------------------

_OPEN_NAMES = """
    ID NAMES_URI NAME1 NAME1_LANG NAME2 NAME2_LANG TYPE LOCAL_TYPE GEOMETRY_X GEOMETRY_Y MOST_DETAIL_VIEW_RES
    LEAST_DETAIL_VIEW_RES MBR_XMIN MBR_YMIN MBR_XMAX MBR_YMAX POSTCODE_DISTRICT POSTCODE_DISTRICT_URI POPULATED_PLACE
    POPULATED_PLACE_URI POPULATED_PLACE_TYPE DISTRICT_BOROUGH DISTRICT_BOROUGH_URI DISTRICT_BOROUGH_TYPE
    COUNTY_UNITARY COUNTY_UNITARY_URI COUNTY_UNITARY_TYPE REGION REGION_URI COUNTRY COUNTRY_URI RELATED_SPATIAL_OBJECT
    SAME_AS_DBPEDIA SAME_AS_GEONAMES
"""
_OPEN_NAMES_TYPES = {
    "City": "city",
    "Town": "town",
    "Village": "village",
    "Hamlet": "hamlet",
    "Suburban Area": "suburb",
    "Other Settlement": "locality",
    "Named Road": "road",
    "Section Of Named Road": "road",
    "Numbered Road": "road_number",
    "Railway Station": "station",
    "Hospital": "hospital",
    "Medical Care Accommodation": "hospital",
    "Beach": "beach",
    "Bay": "beach",
    "Island": "island",
    "Harbour": "port",
    "Woodland Or Forest": "park",
    "Inland Water": "river",
}


def _open_names(row: Row, bounds: Bounds) -> Found:
    kind = _OPEN_NAMES_TYPES.get(row["LOCAL_TYPE"], "")
    # A unitary authority has no DISTRICT_BOROUGH.
    district = bounds.districts.get(fold_name(row["DISTRICT_BOROUGH"] or row["COUNTY_UNITARY"]), "")
    if kind and district and fold_name(row["COUNTY_UNITARY"]) in bounds.counties:
        also = (row["NAME2"],) if row["NAME2"] else ()
        yield _place(row["NAME1"], kind, district, bounds, parent=row["POPULATED_PLACE"], aliases=also)


# --- Department for Transport -----------------------------------------------------------------------------------------


def _stops(row: Row, bounds: Bounds) -> Found:
    if not row["ATCOCode"].startswith(bounds.transport_areas):
        return
    bounds.localities.add(row["NptgLocalityCode"])
    district = bounds.of_place.get(fold_name(row["LocalityName"]), "")
    if row["StopType"] in ("RLY", "RSE"):
        name = re.sub(r"\s*(?:Rail(?:way)?)? Station$", "", row["CommonName"])
        yield _place(f"{name} station", "station", district, bounds, parent=row["LocalityName"])
    # The column also holds "A229", "-", "N/A" and remarks in brackets.
    if len(row["Street"]) > 3 and re.fullmatch(r"[^\W\d][^\d()/,;:]+", row["Street"]):
        yield _place(_title(row["Street"]), "road", district, bounds, parent=row["LocalityName"])


def _localities(row: Row, bounds: Bounds) -> Found:
    if row["NptgLocalityCode"] in bounds.localities:
        yield _place(row["LocalityName"], "locality", bounds.of_place.get(fold_name(row["LocalityName"]), ""), bounds)


# --- Police -----------------------------------------------------------------------------------------------------------

# Streets by their last word. "Parking Area", "Supermarket" and "Petrol Station" say what is there, not where.
# Example: "On or near Copper Beech Way"
_STREET = re.compile(
    r"\b(?:Avenue|Broadway|Circus|Close|Court|Crescent|Croft|Drive|Embankment|Esplanade|Fields?|Gardens|Gate|Green|Grove|"
    r"Hill|Lane|Mead|Mews|Parade|Park|Path|Place|Promenade|Quay|Rise|Road|Row|Square|Street|Terrace|View|Walk|Way|Wharf)$"
)


def _crimes(row: Row, bounds: Bounds) -> Found:
    """Only the name of the street and its district are read; nothing of the crime."""
    district = bounds.districts.get(fold_name(re.sub(r"\s+\d+[A-Z]?$", "", row["LSOA name"])), "")
    street = re.sub(r"^On or near\s+", "", row["Location"])
    if district and " " in street and _STREET.search(street):
        yield _place(street, "road", district, bounds)


# --- Office for National Statistics -----------------------------------------------------------------------------------

# Parts of a ward's or parish's name that nobody says as a place: "Town", "Ashford (Unparished)".
_NOT_SAID = re.compile(r"\b(?:Town|North|South|East|West|Central|Rural|Unparished|unparished)\b")


def _wards(row: Row, bounds: Bounds) -> Found:
    """Wards join names ("Aylesford South & Ditton"); each part is one."""
    for part in re.split(r"\s*(?:&|,|\band\b)\s*", row["WDNM"]):
        yield from _area(part, "suburb", row["LADCD"], bounds)


def _parishes(row: Row, bounds: Bounds) -> Found:
    yield from _area(row["PARNCPNM"], "village", row["LADCD"], bounds)


def _area(name: str, kind: str, code: str, bounds: Bounds) -> Found:
    district = bounds.districts.get(fold_name(code), "")
    if district and len(name) > 3 and not _NOT_SAID.search(name):
        yield _place(name, kind, district, bounds)


# --- Schools and health -----------------------------------------------------------------------------------------------

_PHASES = {"Nursery": "nursery", "16 plus": "college"}
# Neither file has a first line; of 27 cells these are read.
_ODS_HEADER = (
    *(
        "code",
        "name",
        "grouping",
        "geography",
        "line1",
        "line2",
        "line3",
        "line4",
        "line5",
        "postcode",
        "opened",
        "closed",
    ),
    *(f"cell{number}" for number in range(13, 28)),
)


def _schools(row: Row, bounds: Bounds) -> Found:
    if row["LA (code)"] in bounds.authorities and row["EstablishmentStatus (name)"].startswith("Open"):
        yield Agency(row["EstablishmentName"], _PHASES.get(row["PhaseOfEducation (name)"], "school"))


def _practices(row: Row, bounds: Bounds) -> Found:
    yield from _health(row, "surgery", bounds)


def _trust_sites(row: Row, bounds: Bounds) -> Found:
    yield from _health(row, "hospital", bounds)


def _health(row: Row, kind: str, bounds: Bounds) -> Found:
    if row["postcode"].partition(" ")[0] in bounds.postcodes and not row["closed"]:
        yield Agency(_title(row["name"]), kind)


# --- Values -----------------------------------------------------------------------------------------------------------


def _place(
    name: str, kind: str, district: str, bounds: Bounds, *, parent: str = "", aliases: Iterable[str] = ()
) -> Place:
    lies_in = parent if fold_name(parent) != fold_name(name) else ""
    return Place(name, kind, district, bounds.subregions.get(district, ""), lies_in, tuple(aliases))


def _title(name: str) -> str:
    """What is published in capitals as it is written elsewhere: "THE ELMS AT HOLLOW" -> "The Elms at Hollow"."""
    if not name.isupper():
        return name
    small = re.sub(r"(?<!^)\b(And|At|Of|The|In|On)\b", lambda match: match[0].lower(), name.title())
    return re.sub(r"(?<=['’])S\b", "s", small)


_DFT = "Contains Department for Transport NaPTAN and NPTG data."
_OS = "Contains OS data © Crown copyright and database right."
_ONS = f"Source: Office for National Statistics. {_OS}"
_NHS = "Contains NHS England Organisation Data Service data."

LAYOUTS = (
    Layout("OS Open Names", _OS, _open_names, header=tuple(_OPEN_NAMES.split()), opening=r"\S+ https?://data\.ordnancesurvey"),
    Layout(
        "NaPTAN stops", _DFT, _stops,
        columns=("ATCOCode", "CommonName", "Street", "NptgLocalityCode", "LocalityName", "StopType"),
    ),
    Layout("NPTG localities", _DFT, _localities, columns=("NptgLocalityCode", "LocalityName", "SourceLocalityType")),
    Layout(
        "police.uk streets", "Contains data of data.police.uk.", _crimes,
        columns=("Crime ID", "Month", "Falls within", "Location", "LSOA code", "LSOA name"),
    ),
    Layout("ONS wards", _ONS, _wards, columns=("WDCD", "WDNM", "LADCD")),
    Layout("ONS parishes", _ONS, _parishes, columns=("PARNCPCD", "PARNCPNM", "LADCD")),
    Layout(
        "GIAS schools", "Contains Department for Education data.", _schools,
        columns=("URN", "LA (code)", "EstablishmentName", "EstablishmentStatus (name)", "PhaseOfEducation (name)"),
    ),
    Layout("NHS ODS practices", _NHS, _practices, header=_ODS_HEADER, opening=r"[A-Z]\d{5} "),
    Layout("NHS ODS trust sites", _NHS, _trust_sites, header=_ODS_HEADER, opening=r"R[A-Z0-9]{4} "),
)  # fmt: skip
