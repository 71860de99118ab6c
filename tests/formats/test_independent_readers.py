"""What deid writes opens in programs of others, with the same content, and without the names."""

import io
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from deid.config import Formats
from deid.formats import choose, rtf
from deid.model import Replacement, Segment, Span
from deid.study.evaluate.planting import BUILDERS
from tests.formats.samples import samples, token_at

FORMATS = Formats()
NAME = re.compile("canary", re.IGNORECASE)


def replaced(name: str, data: bytes) -> bytes:
    module = choose.load(name)
    segments: tuple[Segment, ...] = module.read(data, FORMATS)
    found = tuple(
        Replacement(Span(index, *match.span()), token_at(segment.text, match.start(), "[Person 7]"), "pseudonymisation")
        for index, segment in enumerate(segments)
        for match in NAME.finditer(segment.text)
    )
    return module.write(data, found, FORMATS)


def planted(name: str) -> bytes:
    return replaced(name, BUILDERS[name](lambda place: "Canary"))


def sample(file: str) -> bytes:
    return next(data for _, name, data in samples() if name == file)


def test_odfdo_reads_the_odt() -> None:
    odfdo = pytest.importorskip("odfdo")
    text = odfdo.Document(io.BytesIO(planted("odt"))).get_formatted_text()
    assert "Did you tell [Person 7]?" in text
    assert not NAME.search(text)


def test_the_type_of_an_odt_comes_first_and_unpacked() -> None:
    with zipfile.ZipFile(io.BytesIO(planted("odt"))) as container:
        first = container.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_openpyxl_reads_the_workbook_with_bold_inside_a_cell() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(planted("xlsx")), rich_text=True)
    sheet = book.active
    assert sheet.title == "{Person 7}"
    assert str(sheet["B2"].value) == "I told [Person 7] so"
    assert any(getattr(part, "font", None) and part.font.b for part in sheet["B2"].value)
    assert sheet["A2"].comment.text == "[Person 7]"
    assert sheet["A2"].comment.author == "Author"
    assert sheet.row_dimensions[3].hidden
    assert sheet.oddHeader.left.text == "[Person 7]"
    assert not any(str(cell.value).startswith("=") for row in sheet.rows for cell in row)


def test_two_cells_of_one_shared_text_change_apart() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from deid.formats import xlsx

    book = openpyxl.Workbook()
    for row in (["case", "notes"], ["1", "she knows Lee"], ["2", "she knows Lee"]):
        book.active.append(row)
    output = io.BytesIO()
    book.save(output)
    segments = xlsx.read(output.getvalue(), FORMATS)
    index = [number for number, segment in enumerate(segments) if segment.text == "she knows Lee"][1]
    changed = xlsx.write(output.getvalue(), (Replacement(Span(index, 10, 13), "[Person 2]", "x"),), FORMATS)
    found = openpyxl.load_workbook(io.BytesIO(changed)).active
    assert [found["B2"].value, found["B3"].value] == ["she knows Lee", "she knows [Person 2]"]


@pytest.mark.parametrize("file", ["long.TextGrid", "short.TextGrid"])
def test_praatio_reads_the_same_times(file: str, tmp_path: Path) -> None:
    textgrid = pytest.importorskip("praatio.textgrid")
    paths = {"before": sample(file), "after": replaced("textgrid", sample(file))}
    grids = []
    for name, data in paths.items():
        (tmp_path / f"{name}.TextGrid").write_bytes(data)
        grids.append(textgrid.openTextgrid(str(tmp_path / f"{name}.TextGrid"), includeEmptyIntervals=True))
    times = [[[entry[:-1] for entry in grid.getTier(name).entries] for name in grid.tierNames] for grid in grids]
    assert times[0] == times[1]
    labels = [entry[-1] for name in grids[1].tierNames for entry in grids[1].getTier(name).entries]
    assert any("[Person 7]" in label for label in labels)
    assert not any(NAME.search(label) for label in labels)


def test_pylangacq_reads_the_chat_file(tmp_path: Path) -> None:
    pylangacq = pytest.importorskip("pylangacq")
    path = tmp_path / "talk.cha"
    path.write_bytes(replaced("cha", sample("talk.cha")))
    utterances = pylangacq.read_chat(str(path)).utterances()
    assert len(utterances) == 3
    assert utterances[0].time_marks == (123, 456)
    assert not NAME.search(" ".join(token.word for one in utterances for token in one.tokens))


def test_pyrefiqda_reads_the_project(tmp_path: Path) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda")
    path = tmp_path / "project.qdpx"
    path.write_bytes(planted("qdpx"))
    project = pyrefiqda.RefiProject.load(path, str(tmp_path / "extracted"))
    assert project is not None


@pytest.mark.skipif(rtf.libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_is_written(tmp_path: Path) -> None:
    """One start for all of them: it converts each to text or to a table."""
    outputs = {"odt": planted("odt"), "xlsx": planted("xlsx"), "docx": planted("pdf")}
    for suffix, data in outputs.items():
        (tmp_path / f"{suffix}-out.{suffix}").write_bytes(data)
    for suffix, form in {"odt": "txt:Text (encoded):UTF8", "docx": "txt:Text (encoded):UTF8", "xlsx": "csv"}.items():
        program, profile = rtf.libreoffice(), (tmp_path / "profile").as_uri()
        command = [
            program,
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            form,
            "--outdir",
            tmp_path,
        ]
        subprocess.run([*command, tmp_path / f"{suffix}-out.{suffix}"], check=True, capture_output=True, timeout=120)
        text = (tmp_path / f"{suffix}-out.{form[:3]}").read_text(encoding="utf-8-sig")
        assert "[Person 7]" in text
        assert not NAME.search(text)


SHARED = Path(os.environ.get("DEID_SAMPLES", Path(__file__).parents[3] / "shared"))
REAL = sorted(SHARED.glob("formats/*/*.*")) if SHARED.is_dir() else []


@pytest.mark.skipif(not REAL, reason="the sample files of others are not here (they may not be passed on)")
def test_real_files_round_trip_or_are_refused_for_a_reason() -> None:
    known = choose.suffixes()
    for path in REAL:
        if path.suffix.lower() not in known or path.stem.upper() in {"LICENSE", "SOURCES"}:
            continue
        data = path.read_bytes()
        module = choose.choose(path.name, data[:4096])
        segments = module.read(data, FORMATS)
        once = module.write(data, (), FORMATS)
        if not module.dropped(data, FORMATS) and not data.startswith(b"PK"):
            assert once == data, path.name
        assert module.read(once, FORMATS) == segments, path.name
