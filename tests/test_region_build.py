"""A built pack: every published layout is read, filtered to the region, merged and recorded."""

import csv
import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from deid.errors import SettingsError
from deid.region import load_region
from deid.region_build import MANIFEST, Built, build
from deid.region_layouts import LAYOUTS

SAMPLES = Path(__file__).parent / "region_samples"
ALL = sorted(SAMPLES.glob("*.csv"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build("kent-medway", [SAMPLES], tmp_path_factory.mktemp("build") / "pack", on="2026-01-02")


def test_every_layout_has_a_sample_and_is_recognised(built: Built) -> None:
    assert sorted(source.layout for source in built.sources) == sorted(layout.name for layout in LAYOUTS)


def test_what_lies_in_the_region_is_added_with_type_district_and_subregion(built: Built) -> None:
    places = {
        (place.name, place.type, place.district, place.subregion) for place in load_region(str(built.folder)).places
    }
    assert places >= {
        ("Quillmarsh", "village", "Thanet", "East Kent"),
        ("Oxter Lane", "road", "Thanet", "East Kent"),
        ("Nether Quill", "suburb", "Medway", "Medway"),
        ("A9999", "road_number", "Thanet", "East Kent"),
        ("Upper Pellitory", "locality", "", ""),
        ("Pellitory Road", "road", "", ""),
        ("Samphire Halt station", "station", "Medway", "Medway"),
        ("Dunlin Crescent", "road", "Thanet", "East Kent"),
        ("Whimbrel Way", "road", "Folkestone and Hythe", "East Kent"),
        ("Sandmartin", "suburb", "Thanet", "East Kent"),
        ("Avocet", "suburb", "Thanet", "East Kent"),
        ("Knotgrass", "village", "Ashford", "East Kent"),
    }


def test_agencies_are_added_with_their_kind(built: Built) -> None:
    agencies = {(agency.name, agency.kind) for agency in load_region(str(built.folder)).agencies}
    assert agencies >= {
        ("Sandmartin Primary School", "school"),
        ("Café Nursery School", "nursery"),
        ("St Pellitory's Surgery at the Quay", "surgery"),
        ("Sandmartin Hospital", "hospital"),
    }


def test_what_lies_elsewhere_or_is_closed_or_no_name_stays_out(built: Built) -> None:
    text = (built.folder / "places.csv").read_text("utf-8") + (built.folder / "agencies.csv").read_text("utf-8")
    for word in ("Farawick", "Closed", "CLOSED", "Parking Area", "CT99", "A9998", "nparished", "Northtown"):
        assert word not in text


def test_positions_and_crimes_are_not_kept(built: Built) -> None:
    for path in built.folder.iterdir():
        text = path.read_text("utf-8")
        assert "600001" not in text and "51.000001" not in text and "Other theft" not in text


def test_a_shipped_row_wins_and_none_is_lost(built: Built) -> None:
    shipped, whole = load_region("kent-medway"), load_region(str(built.folder))
    assert set(shipped.places) <= set(whole.places)
    assert set(shipped.agencies) <= set(whole.agencies)
    assert [place.type for place in whole.places if (place.name, place.district) == ("Margate", "Thanet")] == ["town"]
    assert (whole.roles, whole.nicknames, whole.keep) == (shipped.roles, shipped.nicknames, shipped.keep)


def test_counts_are_the_files_own(built: Built) -> None:
    whole = load_region(str(built.folder))
    assert (built.places, built.agencies) == (len(whole.places), len(whole.agencies))
    new = len(whole.places) + len(whole.agencies)
    new -= len(load_region("kent-medway").places) + len(load_region("kent-medway").agencies)
    assert sum(source.added for source in built.sources) == new == 17


def test_a_word_that_is_also_a_name_or_english_gets_a_cue(built: Built) -> None:
    cue = {place.name: place.cue for place in load_region(str(built.folder)).places}
    assert cue["Perch"] and not cue["Quillmarsh"] and not cue["Oxter Lane"]


def test_the_manifest_names_digest_licence_and_counts(built: Built) -> None:
    manifest = json.loads((built.folder / MANIFEST).read_text("utf-8"))
    assert (manifest["region"], manifest["built_on"]) == ("kent-medway", "2026-01-02")
    by_name = {source["name"]: source for source in manifest["sources"]}
    assert set(by_name) == {path.name for path in ALL}
    for path in ALL:
        assert by_name[path.name]["sha256"] == sha256(path.read_bytes()).hexdigest()
        assert by_name[path.name]["licence"] and by_name[path.name]["attribution"]
    assert by_name["2024-01-kent-street.csv"]["rows"] == 3
    assert by_name["2024-01-kent-street.csv"]["added"] == 2


def test_the_same_sources_make_the_same_bytes(built: Built, tmp_path: Path) -> None:
    again = build("kent-medway", list(reversed(ALL)), tmp_path / "pack", on="2026-01-02")
    for path in built.folder.iterdir():
        if path.name != MANIFEST:
            assert (again.folder / path.name).read_bytes() == path.read_bytes()


def test_each_source_says_where_a_row_comes_from(built: Built) -> None:
    with (built.folder / "places.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["name"]: row["source"] for row in csv.DictReader(file)}
    assert sources["Quillmarsh"] == "OS Open Names" and sources["Margate"] == "shipped"


def test_a_built_pack_can_be_built_again_and_replaced(built: Built, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    shutil.copytree(built.folder, target)
    again = build(str(target), [SAMPLES / "TR00.csv"], target)
    assert again.places == built.places and not (tmp_path / "pack.part").exists()


# --- What is wrong is said, with file and line ------------------------------------------------------------------------


def test_an_unknown_layout_is_named_with_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    path.write_text("town,people\nQuillmarsh,3\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        build("kent-medway", [path], tmp_path / "pack")
    assert caught.value.where == f"{path}:1" and "OS Open Names" in caught.value.hint
    assert not (tmp_path / "pack").exists()


def test_a_short_line_is_named_by_number(tmp_path: Path) -> None:
    path = tmp_path / "wards.csv"
    path.write_text("WD24CD,WD24NM,LAD24CD\nE05,Sandmartin,E07000114\nE05,Dunlin\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        build("kent-medway", [path], tmp_path / "pack")
    assert caught.value.where == f"{path}:3"


def test_a_quote_that_never_ends_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "wards.csv"
    path.write_text('WD24CD,WD24NM,LAD24CD\nE05,"Sandmartin,E07000114\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        build("kent-medway", [path], tmp_path / "pack")
    assert caught.value.where == f"{path}:2"


def test_localities_alone_cannot_be_placed(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="stops"):
        build("kent-medway", [SAMPLES / "Localities.csv"], tmp_path / "pack")


def test_a_file_of_another_region_is_not_taken_for_success(tmp_path: Path) -> None:
    path = tmp_path / "wards.csv"
    path.write_text("WD24CD,WD24NM,LAD24CD\nE05,Farawick,E07000063\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no row"):
        build("kent-medway", [path], tmp_path / "pack")


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(SettingsError, match="not a built pack"):
        build("kent-medway", [SAMPLES], tmp_path)
    assert (tmp_path / "mine.txt").exists()


@pytest.mark.parametrize("sources", [[], ["folder"], ["absent.csv"]])
def test_nothing_to_read_is_said(tmp_path: Path, sources: list[str]) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingsError):
        build("kent-medway", [tmp_path / name for name in sources], tmp_path / "pack")
