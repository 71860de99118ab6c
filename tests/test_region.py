"""The shipped pack and the lists of names and words: shape, counts, what must not be in them, and errors."""

import csv
import json
import re
import shutil
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from deid.config import configs
from deid.errors import SettingsError
from deid.model import Category
from deid.region import (
    AGENCY_COLUMNS,
    NICKNAME_COLUMNS,
    PLACE_COLUMNS,
    ROLE_COLUMNS,
    SCOPES,
    Region,
    common_words,
    english_words,
    given_names,
    load_region,
    pack_folder,
    surnames,
)
from deid.region_layouts import fold_name

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
GAZETTEER = ROOT.parent / "shared" / "gazetteer"
PACK = pack_folder("kent-medway")

TYPES = frozenset(
    """
    city town village hamlet suburb estate locality landmark station hospital shopping_centre park beach port road
    road_number area region county unitary district island river postcode_district prison_site court_site school_site
    """.split()
)
SETTLEMENTS = ("city", "town", "village", "hamlet", "suburb", "estate", "locality")
SUBREGIONS = {"East Kent", "North Kent", "Mid Kent", "West Kent", "Medway"}
AGENCY_KINDS = {
    "police force", "police team", "council", "council department", "hospital", "health trust", "health service",
    "school", "college", "university", "children's home", "court", "prison", "probation service",
    "youth justice service", "safeguarding partnership", "charity", "housing association", "firm", "transport company",
    "newspaper", "fire service", "ambulance service", "government body", "academy trust", "nursery", "sports club",
    "place of worship",
}  # fmt: skip
ROLE_KINDS = {
    "police", "social_care", "health", "education", "youth_justice", "charity", "council", "court", "research", "other",
}  # fmt: skip


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region("kent-medway")


def rows(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert tuple(reader.fieldnames or ()) == columns
        return list(reader)


def districts() -> dict[str, str]:
    raw = tomllib.loads((PACK / "boundaries.toml").read_text("utf-8"))
    return {one["name"]: one["subregion"] for one in raw["district"]}


# --- Places -----------------------------------------------------------------------------------------------------------


def test_places_have_their_columns_types_districts_and_subregions() -> None:
    known = districts()
    assert len(known) == 13 and set(known.values()) == SUBREGIONS
    for row in rows("places.csv", PLACE_COLUMNS):
        assert row["type"] in TYPES, row
        assert row["district"] in {"", *known}, row
        assert row["subregion"] == known.get(row["district"], ""), row
        assert row["cue"] in ("yes", "no") and row["source"], row
        assert row["theme"] in ("", "coastal", "rural", "port", "estate", "market town"), row
        assert all(cell == cell.strip() for cell in row.values()), row


def test_no_place_is_listed_twice_in_one_district(region: Region) -> None:
    seen = Counter((fold_name(place.name), place.district) for place in region.places)
    assert [key for key, number in seen.items() if number > 1] == []


def test_no_place_is_its_own_alias_or_parent(region: Region) -> None:
    for place in region.places:
        assert place.name not in place.aliases and place.name != place.parent, place.name
        assert len(set(place.aliases)) == len(place.aliases), place.name


def test_there_are_enough_places_in_every_district(region: Region) -> None:
    settlements = Counter(place.district for place in region.places if place.type in SETTLEMENTS)
    assert sum(settlements.values()) >= 1000
    for district in districts():
        assert settlements[district] >= 50, district
    assert {place.name for place in region.places if place.type in ("district", "unitary")} == set(districts())
    assert sum(place.type == "landmark" for place in region.places) >= 100
    assert sum(place.type == "station" for place in region.places) >= 90


def test_every_postcode_district_is_there(region: Region) -> None:
    codes = {place.name for place in region.places if place.type == "postcode_district"}
    assert codes >= {f"CT{n}" for n in range(1, 22)} | {f"ME{n}" for n in range(1, 21)} | {"BR8"}
    assert codes >= {f"TN{n}" for n in (1, 2, 3, 4, *range(8, 19), *range(23, 31))}
    assert codes >= {f"DA{n}" for n in (1, 2, 3, 4, 9, 10, 11, 12, 13)}


@pytest.mark.parametrize("name", "Ash Bean Bridge Chalk Deal Grain Hoo Loose Sandwich Seal Stone Wye".split())
def test_a_name_that_is_also_a_word_needs_a_cue(region: Region, name: str) -> None:
    found = [place.cue for place in region.places if place.name == name and place.type in SETTLEMENTS]
    assert found and all(found)


@pytest.mark.parametrize("name", "Maidstone Margate Dover Chatham Gillingham Rochester Canterbury Swanscombe".split())
def test_a_town_known_for_itself_needs_none(region: Region, name: str) -> None:
    assert [place.cue for place in region.places if place.name == name and place.type in ("town", "city")] == [False]


def test_every_single_word_settlement_that_is_english_has_a_cue(region: Region) -> None:
    missing = [
        place.name
        for place in region.places
        if place.type in SETTLEMENTS and place.name.casefold() in english_words() and not place.cue
    ]
    assert missing == []


def test_coverage_of_the_yardstick(region: Region) -> None:
    if not GAZETTEER.is_dir():
        pytest.skip("the gazetteer that coverage is measured against is not beside this checkout")
    have = {fold_name(name) for place in region.places for name in (place.name, *place.aliases)}
    with (GAZETTEER / "places.csv").open(encoding="utf-8", newline="") as file:
        wanted = [row for row in csv.DictReader(file) if row["type"] in SETTLEMENTS]
    found = sum(
        bool(have & {fold_name(re.sub(r"\s*\(.*", "", row["name"])), fold_name(row["aliases"])}) for row in wanted
    )
    assert found / len(wanted) >= 0.95


# --- Agencies, roles, nicknames ---------------------------------------------------------------------------------------


def test_agencies_have_their_columns_kinds_and_scopes() -> None:
    found = rows("agencies.csv", AGENCY_COLUMNS)
    assert len(found) >= 250
    for row in found:
        assert row["kind"] in AGENCY_KINDS and row["scope"] in SCOPES and row["source"], row
    assert [name for name, number in Counter(fold_name(row["name"]) for row in found).items() if number > 1] == []


def test_no_childrens_home_is_named(region: Region) -> None:
    """Where they lie is not published, and is not ours to publish."""
    assert [agency.name for agency in region.agencies if agency.kind == "children's home"] == []


def test_an_alias_belongs_to_one_agency(region: Region) -> None:
    seen = Counter(
        fold_name(name) for agency in region.agencies for name in {agency.name, *agency.aliases, *agency.cue_aliases}
    )
    assert [name for name, number in seen.items() if number > 1 and name not in _FOLD_ALIKE] == []


_FOLD_ALIKE = frozenset(  # one agency's spellings that fold alike: "Kent & Canterbury" and "Kent and Canterbury"
    fold_name(name)
    for agency in load_region("kent-medway").agencies
    for name, number in Counter(map(fold_name, (agency.name, *agency.aliases, *agency.cue_aliases))).items()
    if number > 1
)


def test_roles_have_their_columns_and_kinds() -> None:
    found = rows("roles.csv", ROLE_COLUMNS)
    for row in found:
        assert row["kind"] in ROLE_KINDS and row["singular"] in ("yes", "no"), row
    singular = {row["role"] for row in found if row["singular"] == "yes"}
    assert {"named nurse for safeguarding children", "principal licensing officer", "headteacher"} <= singular
    assert [role for role, number in Counter(row["role"].casefold() for row in found).items() if number > 1] == []


def test_nicknames_are_many_and_short() -> None:
    found = rows("nicknames.csv", NICKNAME_COLUMNS)
    assert len(found) >= 350 and len({row["formal"] for row in found}) == len(found)
    by_formal = {row["formal"]: row["nicknames"].split(";") for row in found}
    assert {"Gaz", "Gazza"} <= set(by_formal["Gary"]) and "Mo" in by_formal["Mohammed"]
    for formal, short in by_formal.items():
        assert short and formal not in short and all(2 <= len(name) <= 14 for name in short), formal


# --- Keep list, references, public facts ------------------------------------------------------------------------------


def test_the_keep_list_is_scoped_and_reasoned(region: Region) -> None:
    assert len({line.words for line in region.keep}) >= 600
    for line in region.keep:
        assert line.scope in ("everywhere", *Category)
        assert line.reason


def test_no_nickname_or_usual_surname_is_kept_as_a_word(region: Region) -> None:
    """A keep line must not keep somebody's name: "Flo", "Mandy" and "Rhi" are people before they are acronyms."""
    short = {name.casefold() for names in region.nicknames.values() for name in names} - {"nan", "granny", "lol"}
    kept = {line.words.casefold() for line in region.keep if line.scope in ("everywhere", "PERSON")}
    assert short & kept == set()


def test_the_keep_list_and_the_gazetteer_do_not_contradict_each_other(region: Region) -> None:
    def kept(category: str) -> set[str]:
        return {fold_name(line.words) for line in region.keep if line.scope in ("everywhere", category)}

    places = {fold_name(name) for place in region.places for name in (place.name, *place.aliases)}
    agencies = {fold_name(name) for agency in region.agencies for name in (agency.name, *agency.aliases)}
    assert places & kept("PLACE") == set()
    assert agencies & kept("AGENCY") == set()


def test_a_traits_word_is_never_kept_for_one_person(region: Region) -> None:
    kept = {line.words for line in region.keep if line.scope in ("everywhere", "TRAIT")}
    assert kept.isdisjoint({"Polish", "Albanian", "Roma", "Muslim", "ADHD", "autism"})


def test_every_reference_matches_its_example_and_compiles(region: Region) -> None:
    references = region.references["reference"]
    assert isinstance(references, list) and len(references) >= 20
    for one in references:
        assert set(one) == {"name", "kind", "category", "regex", "cues", "needs_cue", "example"}, one["name"]
        assert re.fullmatch(one["regex"], one["example"], re.IGNORECASE), one["name"]
        assert one["category"] in (Category.CASE, Category.IDENTIFIER) and one["cues"], one["name"]
    assert len({one["name"] for one in references}) == len(references)
    codes = region.references["force_codes"]
    assert isinstance(codes, dict) and codes["46"] == "Kent"


def test_a_reference_pattern_answers_quickly(region: Region) -> None:
    references = region.references["reference"]
    assert isinstance(references, list)
    hard = ["4" * 3000, "46/" * 1000, "A1 " * 1000, "1-" * 1500, "[2020] " * 400]
    for one in references:
        begun = time.perf_counter()
        for text in hard:
            re.findall(one["regex"], text, re.IGNORECASE)
        assert time.perf_counter() - begun < 2.0, one["name"]


def test_public_facts_say_what_an_intruder_starts_from(region: Region) -> None:
    study = region.public_facts["study"]
    assert isinstance(study, dict)
    assert study["institution"] == "Canterbury Christ Church University" and study["started"] == "2018-09"


# --- Names and words --------------------------------------------------------------------------------------------------


def test_names_are_many_and_their_word_flag_is_the_list_of_words() -> None:
    assert len(given_names()) >= 10_000 and len(surnames()) >= 20_000
    for names in (given_names(), surnames()):
        assert list(names) == list(dict.fromkeys(names))
        wrong = [name for name, is_word in names.items() if is_word != (name.casefold() in english_words())]
        assert wrong == []


@pytest.mark.parametrize(
    "name",
    [
        "Agnieszka",
        "Besnik",
        "Chiamaka",
        "Filmon",
        "Gurpreet",
        "Ioana",
        "Kwame",
        "Mehmet",
        "Oksana",
        "Phuong",
        "Siobhán",
    ],
)
def test_given_names_of_many_origins_are_listed(name: str) -> None:
    assert name in given_names()


def test_english_words_are_folded_and_common_words_are_a_part_of_them() -> None:
    assert 40_000 <= len(english_words()) <= 65_000
    assert 5_000 <= len(common_words()) <= 7_000
    assert common_words() < english_words()
    assert all(re.fullmatch("[a-z]+", word) for word in english_words())
    assert {"will", "may", "hope", "deal", "grain"} <= common_words()
    assert english_words().isdisjoint({"kent", "maidstone", "gary", "london", "smith", "jimmy", "terry"})


@pytest.mark.parametrize("read", [given_names, surnames, english_words, common_words])
def test_a_list_is_read_once_and_quickly(read: Callable[[], object]) -> None:
    read.cache_clear()  # type: ignore[attr-defined]
    begun = time.perf_counter()
    first = read()
    assert time.perf_counter() - begun < 0.5
    assert read() is first


# --- What must not be there -------------------------------------------------------------------------------------------


def invented(*categories: str) -> set[str]:
    """Full names of people, and the homes, operations and reviews, that the examples made up."""
    if not (EXAMPLES / "gold.jsonl").is_file():
        pytest.skip("the examples are not beside this checkout")
    spans = [
        span
        for line in (EXAMPLES / "gold.jsonl").read_text("utf-8").splitlines()
        for span in json.loads(line)["spans"]
        if span["category"] in categories and span["direct"]
    ]
    return {fold_name(span["text"]) for span in spans if len(span["text"].split()) > 1}


def test_nothing_that_the_examples_invent_is_in_a_list(region: Region) -> None:
    listed = {fold_name(name) for place in region.places for name in (place.name, *place.aliases)}
    listed |= {fold_name(n) for a in region.agencies for n in (a.name, *a.aliases, *a.cue_aliases)}
    listed |= {fold_name(line.words) for line in region.keep} | {fold_name(role.role) for role in region.roles}
    assert invented("PERSON", "AGENCY", "CASE") & listed == set()


def test_no_surname_of_an_invented_person_was_added_by_hand() -> None:
    people = {name.split()[-1] for name in invented("PERSON")}
    ordinary = {"bright", "strand", "hurst", "tsang", "cropper", "bains", "pask", "patching"}
    assert people & {fold_name(name) for name in surnames()} <= ordinary


def test_the_pack_called_none_knows_nothing() -> None:
    none = load_region("none")
    assert (none.places, none.agencies, none.roles, none.keep) == ((), (), (), ())
    assert not none.nicknames
    assert not none.public_facts


def test_no_path_address_or_key_is_in_the_pack() -> None:
    for path in sorted((configs() / "regions").rglob("*")) + sorted((configs() / "names").iterdir()):
        if path.is_file():
            text = path.read_text("utf-8")
            assert not re.search(r"/(?:home|work|tmp|root)/|[A-Z]:\\\\", text), path.name
            assert "\r" not in text and text.endswith("\n"), path.name


# --- Errors -----------------------------------------------------------------------------------------------------------


def broken(tmp_path: Path, name: str, old: str, new: str) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("places.csv", "name,type,district", "name,kind,district", 1),
        ("places.csv", "\n", "\n,town,,,,,no,,compiled\n", 2),
        ("places.csv", "\n", "\nQuillmarsh,town,,,,,maybe,,compiled\n", 2),
        ("places.csv", "\n", "\nQuillmarsh,town\n", 2),
        ("agencies.csv", "\n", "\nQuill Trust,,charity,galactic,,compiled\n", 2),
        ("agencies.csv", "\n", "\nQuill Trust,,,local,,compiled\n", 2),
        ("roles.csv", "\n", "\nlamp lighter,other,perhaps,compiled\n", 2),
        ("nicknames.csv", "\n", "\n,Quill\n", 2),
        ("keep.txt", "\n", "\nquill\teverywhere\n", 2),
        ("keep.txt", "\n", "\nquill\tANYWHERE\tframework\n", 2),
    ],
)
def test_a_wrong_line_is_named_by_file_and_number(tmp_path: Path, name: str, old: str, new: str, line: int) -> None:
    folder = broken(tmp_path, name, old, new)
    with pytest.raises(SettingsError) as caught:
        load_region(str(folder))
    assert caught.value.where == f"{folder / name}:{line}"
    assert "Quill" not in caught.value.message


def test_wrong_toml_names_its_file(tmp_path: Path) -> None:
    folder = broken(tmp_path, "references.toml", "[force_codes]", "[force_codes")
    with pytest.raises(SettingsError) as caught:
        load_region(str(folder))
    assert caught.value.where == str(folder / "references.toml")


@pytest.mark.parametrize("name", ["places.csv", "keep.txt", "references.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    (folder / name).unlink()
    with pytest.raises(SettingsError, match="lacks this file"):
        load_region(str(folder))


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    (folder / "keep.txt").write_bytes("café\teverywhere\tword\n".encode("cp1252"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_region(str(folder))


def test_an_unknown_pack_is_named() -> None:
    with pytest.raises(SettingsError, match="no region pack"):
        load_region("atlantis")


def test_the_reference_page_gives_the_counts_that_are_there(region: Region) -> None:
    page = (ROOT / "docs" / "reference" / "region_pack.md").read_text("utf-8")
    place_names = sum(len(place.aliases) for place in region.places)
    agency_names = sum(len(agency.aliases) + len(agency.cue_aliases) for agency in region.agencies)
    keep = [line for line in (PACK / "keep.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for said in (
        f"| {len(region.places):,}, with {place_names:,} other names |",
        f"| {len(region.agencies):,}, with {agency_names:,} other names |",
        f"| {len(region.roles):,} |",
        f"| {len(region.nicknames):,} formal names, {sum(map(len, region.nicknames.values())):,} short forms |",
        f"| {len(keep):,} lines |",
        f"`yes` for {sum(place.cue for place in region.places):,} names",
        f"({len(given_names()):,})",
        f"({len(surnames()):,})",
        f"({len(english_words()):,} words)",
    ):
        assert said in page, said
