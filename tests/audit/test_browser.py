"""The report and the verify page in a real browser, from disk, without a network."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from deid.audit.anchor import anchor_line
from deid.audit.report import render_report, verify_page
from tests.audit.browser import axe_source, open_page, serious
from tests.audit.build import Study
from tests.audit.sample import sample_facts, whole_study

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parent / "vectors"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
# The page knows the chain and the files, but not the closed list of actions and their fields.
NOT_ON_THE_PAGE = {"unknown_field", "unknown_action"}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return whole_study(tmp_path_factory.mktemp("browser") / "study")


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_source(tmp_path_factory.mktemp("axe"))


@pytest.fixture
def report(study: Study, tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(render_report(sample_facts(study)), encoding="utf-8")
    return path


@pytest.fixture
def checker(tmp_path: Path) -> Path:
    path = tmp_path / "verify.html"
    path.write_bytes(verify_page())
    return path


def give(page: Any, files: dict[str, bytes], anchor: str = "") -> dict[str, Any]:
    """What the page says of these files."""
    page.evaluate("delete document.getElementById('verdict').dataset.done")
    page.fill("#anchor", anchor)
    page.set_input_files(
        "#files",
        [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()],
    )
    page.wait_for_selector("#verdict[data-done]")
    return dict(json.loads(page.get_attribute("#verdict", "data-done")))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_page_judges_every_vector_as_the_program_does(checker: Path):
    with open_page() as page:
        page.goto(checker.as_uri())
        for name, expected in INDEX["vectors"].items():
            if name in NOT_ON_THE_PAGE:
                continue
            log = (FOLDER / f"{name}.jsonl").read_bytes()
            said = give(page, {"audit.jsonl": log})
            assert said["ok"] is expected["ok"], (name, said)
            assert said.get("readable", True) is expected["readable"], (name, said)
            if expected["readable"]:
                told = {*said["problems"], *said["notes"]}
                assert expected["tells"] in told or (not expected["tells"] and not told), (name, said)
            assert give(page, {"audit.jsonl": log}, INDEX["anchor"])["ok"] is expected["ok_with_anchor"], name


def test_a_release_is_checked_from_its_files_alone(study: Study, checker: Path):
    files = contents(study.folder / "releases/archive/1")
    anchor = anchor_line(study.log.checkpoint())
    with open_page() as page:
        page.goto(checker.as_uri())
        said = give(page, files)
        assert said["ok"] and not said["anchored"] and said["compared"] == len(files) - 1
        assert "NOT anchored" in page.inner_text("#verdict")
        assert give(page, {"audit.jsonl": study.path.read_bytes()}, anchor)["anchored"]
        assert give(page, files, "not an anchor")["problems"] == ["bad_anchor"]
        assert give(page, files, anchor[:-1] + "x")["problems"] == ["bad_anchor"]
        spoken = page.inner_text("#facts li:first-child").partition(": ")[2]
        for written in (spoken, spoken.replace("-", ""), spoken.upper()):
            assert give(page, files, written)["ok"], written
            assert "the key of the fingerprint that you gave" in page.inner_text("#verdict")
        for another in ("0000-" * 7 + "0000", "0" * 32, f"{anchor} {'0' * 32}"):
            assert give(page, files, another)["problems"] == ["another_log"], another


CHANGES = (
    (lambda files: files | {"R07-1_archive.txt": b"changed"}, "output_altered"),
    (lambda files: files | {"README.txt": b"changed"}, "output_altered"),
    (lambda files: files | {"more.txt": b"more"}, "output_unlogged"),
    (lambda files: {name: data for name, data in files.items() if name != "R02-1_archive.txt"}, "output_missing"),
    (lambda files: files | {"copy.txt": files["R07-1_archive.txt"]}, "output_renamed"),
    (lambda files: files | {"manifest.json": b"{"}, "manifest_unreadable"),
    (lambda files: files | {"manifest.json": b"{}"}, "manifest_disagrees"),
)


def test_a_changed_release_is_found(study: Study, checker: Path):
    files = contents(study.folder / "releases/archive/1")
    with open_page() as page:
        page.goto(checker.as_uri())
        for change, kind in CHANGES:
            assert kind in give(page, change(files))["problems"]


def test_drafts_are_checked_with_the_studys_own_log(study: Study, checker: Path):
    files = contents(study.drafts) | {"audit.jsonl": study.path.read_bytes()}
    with open_page() as page:
        page.goto(checker.as_uri())
        said = give(page, files)
        assert said["ok"] and said["compared"] == 3
        files["P01-1_draft.txt"] += b" "
        assert give(page, files)["problems"] == ["output_altered"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_nothing_serious_in_the_report(report: Path, axe: str, scheme: str, width: int):
    with open_page(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True) as page:
        page.goto(report.as_uri())
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "no sideways scrolling"
        assert serious(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_verify_page(study: Study, checker: Path, axe: str, scheme: str):
    with open_page(color_scheme=scheme, bypass_csp=True) as page:
        page.goto(checker.as_uri())
        give(page, contents(study.folder / "releases/archive/1") | {"more.txt": b"more"})
        assert serious(page, axe) == []


def test_axe_finds_something_where_there_is_something(axe: str):
    with open_page() as page:
        page.set_content("<img src='data:,'><p style='color:#ccc'>pale words</p>")
        assert len(serious(page, axe)) >= 2


def test_the_report_needs_no_script(report: Path):
    assert "<script" not in report.read_text(encoding="utf-8")
    with open_page(java_script_enabled=False) as page:
        page.goto(report.as_uri())
        assert page.inner_text("h1") == "De-identification report"


def test_the_report_prints(report: Path, tmp_path: Path):
    with open_page() as page:
        page.goto(report.as_uri())
        printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF") and len(printed) > 20_000


def test_a_folder_is_read_too(study: Study, checker: Path, tmp_path: Path):
    folder = Path(shutil.copytree(study.folder / "releases/archive/1", tmp_path / "received"))
    with open_page() as page:
        page.goto(checker.as_uri())
        page.set_input_files("#folder", folder)
        page.wait_for_selector("#verdict[data-done]")
        assert json.loads(page.get_attribute("#verdict", "data-done"))["ok"]


def test_the_page_tells_what_was_replaced_and_why(study: Study, checker: Path):
    with open_page() as page:
        page.goto(checker.as_uri())
        give(page, contents(study.folder / "releases/archive/1"))
        by_file, by_kind, left = (page.locator("#tables table").nth(at).inner_text() for at in range(3))
    assert "R07-1_archive.txt" in by_file and "P01-1" not in by_file
    assert "Places\tgeneralization\t1" in by_kind
    assert "a kind of body" in left
