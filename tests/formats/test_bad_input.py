"""Bad files of every kind are refused with the place, in seconds, and never by a crash or with words of the file."""

import io
import random
import re
import time
import zipfile
from types import ModuleType

import pytest

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import cha, choose, csv, eaf, json, odt, pdf, qdpx, rtf, textgrid, xlsx
from deid.formats._new_docx import new_docx
from tests.formats.samples import samples
from tests.formats.test_every_format import CANARY, MUTATIONS, every_word

FORMATS = Formats()
TIER = b'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n2\n<exists>\n1\n"IntervalTier"\n"a"\n0\n2\n'
CHAT = b"@Begin\n@Participants:\tP02 Participant\n"
CONTAINERS = [
    pytest.param(choose.load(name), data, id=file)
    for name, file, data in samples()
    if data.startswith(b"PK") and name in {"odt", "xlsx", "qdpx"}
]


def sample(file: str) -> bytes:
    return next(data for _, name, data in samples() if name == file)


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in change if name not in old.namelist())]:
            new.writestr(name, change[name] if name in change else old.read(name))
    return output.getvalue()


def refused(module: ModuleType, data: bytes) -> FormatError:
    begun = time.monotonic()
    with pytest.raises(FormatError) as caught:
        module.write(data, every_word(module.read(data, FORMATS), CANARY, "[Person 7]"), FORMATS)
    assert time.monotonic() - begun < 10
    assert "canary" not in f"{caught.value} {caught.value.hint}".lower()
    return caught.value


@pytest.mark.parametrize(("module", "data"), CONTAINERS)
def test_damage_inside_a_container_is_refused_or_read(module: ModuleType, data: bytes) -> None:
    """Tags, attributes and numbers are taken out, doubled and changed in parts that stay well packed."""
    chance = random.Random(9)
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        inside = {
            name: container.read(name) for name in container.namelist() if name.endswith((".xml", ".qde", ".rels"))
        }
    for _ in range(MUTATIONS):
        name = chance.choice(list(inside))
        changed = repacked(data, {name: mutated(inside[name], chance)})
        try:
            module.write(changed, every_word(module.read(changed, FORMATS), CANARY, "[Person 7]"), FORMATS)
        except FormatError as error:
            assert "canary" not in f"{error} {error.hint}".lower()


def mutated(part: bytes, chance: random.Random) -> bytes:
    pattern = chance.choice((rb"<[^>]+>", rb"\w+=\"[^\"]*\"", rb"\d+", rb">[^<]+<", rb"\"[^\"]*\"", rb"[a-zA-Z]+:"))
    found = list(re.finditer(pattern, part))
    if not found:
        return part
    one = chance.choice(found)
    new = chance.choice((b"", one[0] * 2, b"999999999999", b"-1", b'""', b"x", one[0][:-1], b"\xff", b"&amp;"))
    return part[: one.start()] + new + part[one.end() :]


@pytest.mark.parametrize(("module", "data"), CONTAINERS)
def test_document_types_are_refused(module: ModuleType, data: bytes) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        main = next(name for name in container.namelist() if name in {"content.xml", "xl/workbook.xml", "project.qde"})
        part = container.read(main)
    head, _, rest = part.partition(b"?>")
    assert "document type" in str(refused(module, repacked(data, {main: head + b"?>" + entity + rest})))


@pytest.mark.parametrize(("module", "data"), CONTAINERS)
@pytest.mark.parametrize("name", ["../out.xml", "/etc/out.xml", "C:\\out.xml"])
def test_names_that_point_outside_are_refused(module: ModuleType, data: bytes, name: str) -> None:
    assert "outside" in str(refused(module, repacked(data, {name: b"x"})))


@pytest.mark.parametrize(("module", "data"), CONTAINERS)
def test_bombs_and_cut_files_are_refused(module: ModuleType, data: bytes) -> None:
    assert "bomb" in str(refused(module, repacked(data, {"x.bin": b"0" * 80_000_000})))
    refused(module, data[: len(data) // 2])


def test_an_eaf_with_an_entity_is_refused() -> None:
    data = sample("talk.eaf").replace(b"?>\n", b'?>\n<!DOCTYPE a [<!ENTITY e "canary">]>\n', 1)
    assert "document type" in str(refused(eaf, data))


@pytest.mark.parametrize(
    ("module", "data", "message"),
    [
        (csv, b'a,b\n"x,y\n', "line 2: a quote is not closed"),
        (csv, b'a,b\n"x"y,z\n', "line 2: there are words behind a closing quote"),
        (csv, b"a\n" * 200_000, "row 100001: the table has more than 100,000 rows"),
        (csv, b"a,b\ncaf\xe9,\xc3\xa9\xff\n", "two encodings"),
        (json, b'{"segments": [{"text": "a"}', "line 1: this is not valid JSON"),
        (json, b"[" * 100_000, "nested too deeply"),
        (json, b'{"jane": 1}', "not a shape"),
        (json, b'{"items": [' + b",".join([b'{"content": "word"}'] * 30) + b"]}", "one by one"),
        (textgrid, TIER + b'2\n1\n2\n"x"\n0\n1\n"y"\n', "line 15: the times run backwards"),
        (textgrid, TIER + b'9\n0\n1\n"x"\n', "cut short"),
        (cha, b"@UTF8\n@Begin\n@Participants:\tP02 Participant\n*P02:\tyes .\n", "@Begin or @End is missing"),
        (cha, CHAT + b"*P03:\tyes .\n@End\n", "line 3: this speaker is not among"),
        (cha, CHAT + b"%mor:\tx\n*P02:\tyes .\n@End\n", "line 3: this tier stands before"),
        (cha, CHAT + b"*P02:\tyes . \x159_5\x15\n@End\n", "line 3: a time mark ends"),
        (cha, CHAT + b"*P02:\tyes . \x159_\n@End\n", "line 3: a time mark is broken"),
        (pdf, b"%PDF-1.7\nnothing", "damaged or cut short"),
        (rtf, b"{\\rtf1 Robin", "cut short"),
        (rtf, b"{\\rtf1 Robin}}\n x", "line 1: the groups"),
        (rtf, b"{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE x}}}", "refers to other files"),
        (rtf, b"Robin", "not rich text"),
    ],
)  # fmt: skip
def test_the_place_is_named(module: ModuleType, data: bytes, message: str) -> None:
    assert message in str(refused(module, data))


def test_broken_times_and_lost_tiers_of_an_eaf_are_refused_by_line() -> None:
    data = sample("talk.eaf")
    assert "line 12: a time is broken" in str(refused(eaf, data.replace(b'"1800"', b'"soon"')))
    assert "ends before it begins" in str(refused(eaf, data.replace(b'"1800"', b'"9800"')))
    assert "a time that is not there" in str(refused(eaf, data.replace(b'REF2="ts4"', b'REF2="ts9"')))
    assert "refers to one that is not there" in str(
        refused(eaf, data.replace(b'PARENT_REF="Canary"', b'PARENT_REF="c"'))
    )


def test_a_sheet_of_200_000_rows_is_refused_by_number() -> None:
    rows = b"<row><c><v>1</v></c></row>" * 200_000
    with zipfile.ZipFile(io.BytesIO(sample("planted.xlsx"))) as container:
        part = container.read("xl/worksheets/sheet1.xml")
    part = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", part)
    error = refused(xlsx, repacked(sample("planted.xlsx"), {"xl/worksheets/sheet1.xml": part}))
    assert str(error).startswith("sheet 1: the table has more than")


def test_a_cell_that_points_nowhere_is_named() -> None:
    with zipfile.ZipFile(io.BytesIO(sample("planted.xlsx"))) as container:
        part = container.read("xl/worksheets/sheet1.xml").replace(b"<v>2</v>", b"<v>77</v>")
    assert "sheet 1, A2" in str(refused(xlsx, repacked(sample("planted.xlsx"), {"xl/worksheets/sheet1.xml": part})))


def test_a_scan_is_refused_with_advice() -> None:
    data = sample("planted.pdf")
    found = re.search(rb"/Length (\d+) >>\nstream\n", data)
    assert found
    blank = data.replace(data[found.end() : found.end() + int(found[1])], b" " * int(found[1]))
    error = refused(pdf, blank.replace(b"/Filter /FlateDecode ", b""))
    assert "scan" in str(error)
    assert "OCR" in error.hint


def test_a_text_that_is_missing_from_a_project_is_named_by_number() -> None:
    with zipfile.ZipFile(io.BytesIO(sample("planted.qdpx"))) as container:
        part = container.read("project.qde").replace(b"Canary.txt", b"other.txt")
    assert "TextSource 2: a text of the project" in str(
        refused(qdpx, repacked(sample("planted.qdpx"), {"project.qde": part}))
    )


def test_an_encrypted_odt_is_refused() -> None:
    data = repacked(sample("planted.odt"), {"META-INF/manifest.xml": b"<m><encryption-data/></m>"})
    assert "encrypted" in str(refused(odt, data))


def test_rich_text_without_libreoffice_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "libreoffice", lambda: None)
    error = refused(rtf, b"{\\rtf1 INT: yes\\par}")
    assert "LibreOffice" in str(error)
    assert "Word" in error.hint


def test_a_replacement_that_would_run_as_a_formula_is_refused() -> None:
    from deid.model import Replacement, Span

    with pytest.raises(FormatError, match="formula"):
        csv.write(b"a,b\nRobin,x\n", (Replacement(Span(2, 0, 5), "=1+1", "x"),), FORMATS)


def test_a_made_document_reads_as_its_paragraphs() -> None:
    from deid.formats import docx

    segments = docx.read(new_docx(["[page 1]", "INT: one\nP02: two"]), FORMATS)
    assert [(one.kind, one.text) for one in segments if one.kind != "heading"] == [
        ("speaker", "INT"), ("speech", "one"), ("speaker", "P02"), ("speech", "two"),
    ]  # fmt: skip
