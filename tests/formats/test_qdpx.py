"""Codings are positions: after a replacement each covers the same words, replaced."""

import io
import os
import random
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import qdpx
from deid.formats._qdpx_text import Counting, moved
from deid.model import Replacement, Span

FORMATS = Formats()
SPACE = "{urn:QDA-XML:project:1.0}"
GUID = "00000001-0000-4000-8000-000000000000"
TEXT = "INT: Did Robin Vale go?\r\nP02: Robin went \U0001f600 with Robin Vale.\r\nINT: And then?\r\n"
NAME = re.compile(r"Robin(?: Vale)?")


def project(codings: list[tuple[int, int, str]], text: bytes, extra: str = "") -> bytes:
    selections = "".join(
        f'<PlainTextSelection guid="{GUID}" startPosition="{start}" endPosition="{end}" name="{name}"/>'
        for start, end, name in codings
    )
    data = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Sources><TextSource guid="{GUID}" name="x"'
        f' plainTextPath="internal://{GUID}.txt">{selections}</TextSource></Sources>{extra}</Project>'
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as container:
        container.writestr("project.qde", data)
        container.writestr(f"Sources/{GUID}.txt", text)
    return output.getvalue()


def replacements(data: bytes) -> tuple[Replacement, ...]:
    return tuple(
        Replacement(Span(index, *found.span()), "[Person 4]", "x")
        for index, segment in enumerate(qdpx.read(data, FORMATS))
        for found in NAME.finditer(segment.text)
    )


def inside(data: bytes) -> tuple[etree._Element, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return etree.fromstring(container.read("project.qde")), container.read(f"Sources/{GUID}.txt")


WAYS = {
    "code points": (Counting(), TEXT.encode()),
    "one for a line end": (Counting(pairs_are_two=False), TEXT.encode()),
    "with the mark": (Counting(counts_mark=True), b"\xef\xbb\xbf" + TEXT.encode()),
    "halves": (Counting(in_halves=True), TEXT.encode("utf-16")),
}


@pytest.mark.parametrize("way", WAYS)
def test_codings_keep_to_their_words_however_positions_are_counted(way: str) -> None:
    how, encoded = WAYS[way]
    base = base_of(how, TEXT)
    words = ["Did", "went", "with", "And then?", "go?"]
    codings = [(base.index(word), base.index(word) + len(word), word) for word in words]
    output = qdpx.write(project(codings, encoded), replacements(project(codings, encoded)), FORMATS)
    root, text = inside(output)
    after = base_of(how, text.decode("utf-16" if way == "halves" else "utf-8-sig"))
    found = [
        after[int(one.get("startPosition")) : int(one.get("endPosition"))]
        for one in root.iter(f"{SPACE}PlainTextSelection")
    ]
    assert found == words
    assert text.count(b"\r") == encoded.count(b"\r")
    assert text.startswith(encoded[:2])


def base_of(how: Counting, text: str) -> str:
    from deid.formats._text import decode

    return how.base(decode(text.encode(), FORMATS))


def test_a_coding_inside_a_name_snaps_outwards_and_its_quotation_follows() -> None:
    start = TEXT.index("Vale")
    data = project([(start, start + 8, TEXT[start : start + 8]), (start, start + 8, "about Robin")], TEXT.encode())
    root, text = inside(qdpx.write(data, replacements(data), FORMATS))
    first, second = root.iter(f"{SPACE}PlainTextSelection")
    words = text.decode()[int(first.get("startPosition")) : int(first.get("endPosition"))]
    assert words == "[Person 4] go?"
    assert first.get("name") == words
    assert second.get("name") == "about [Person 4]"


def test_random_codings_cover_the_same_words_replaced() -> None:
    chance = random.Random(11)
    text = TEXT * 4
    codings = []
    while len(codings) < 60:
        start, end = sorted(chance.sample(range(len(text)), 2))
        if not any(found.start() < at < found.end() for found in NAME.finditer(text) for at in (start, end)):
            codings.append((start, end, ""))
    data = project(codings, text.encode())
    root, after = inside(qdpx.write(data, replacements(data), FORMATS))
    for (start, end, _), one in zip(codings, root.iter(f"{SPACE}PlainTextSelection"), strict=True):
        found = after.decode()[int(one.get("startPosition")) : int(one.get("endPosition"))]
        assert found == NAME.sub("[Person 4]", text[start:end])


def test_a_position_moves_by_the_edits_before_it() -> None:
    edits = [(2, 6, 10), (8, 9, 0)]
    assert [moved(at, edits, is_end=False) for at in (0, 2, 3, 6, 8, 9, 12)] == [0, 2, 2, 12, 14, 14, 17]
    assert [moved(at, edits, is_end=True) for at in (0, 2, 3, 6)] == [0, 2, 12, 12]


@pytest.mark.parametrize("coding", [(5, 9_999, ""), (9, 5, "")])
def test_a_coding_outside_its_text_is_refused_by_number(coding: tuple[int, int, str]) -> None:
    with pytest.raises(FormatError, match="text 1: a coding lies outside"):
        qdpx.read(project([coding], TEXT.encode()), FORMATS)


def test_a_date_that_becomes_a_token_makes_its_variable_a_text() -> None:
    value = '<VariableValue><VariableRef targetGUID="{0}"/><DateValue>{1}</DateValue></VariableValue>'
    extra = (
        f'<Cases><Case guid="{GUID}" name="c1">{value.format(GUID, "2012-03-14")}</Case><Case guid="{GUID}" name="c2">'
        f"{value.format(GUID, '2011-01-01')}</Case></Cases><Variables>"
        f'<Variable guid="{GUID}" name="born" typeOfVariable="Date"/></Variables>'
    )
    data = project([], TEXT.encode(), extra)
    segments = qdpx.read(data, FORMATS)
    index = next(number for number, one in enumerate(segments) if one.text == "2012-03-14")
    root, _ = inside(qdpx.write(data, (Replacement(Span(index, 0, 10), "[Date 1]", "x"),), FORMATS))
    assert [one.text for one in root.iter(f"{SPACE}TextValue")] == ["[Date 1]", "2011-01-01"]
    assert next(root.iter(f"{SPACE}Variable")).get("typeOfVariable") == "Text"


REAL = Path(os.environ.get("DEID_SAMPLES", Path(__file__).parents[3] / "shared")) / "formats" / "qualitative-coding"


@pytest.mark.skipif(not REAL.is_dir(), reason="the projects of others are not here (they may not be passed on)")
@pytest.mark.parametrize("name", ["demo.qdpx", "nvivo_project.qdpx"])
def test_real_projects_keep_every_coding_on_its_words(name: str) -> None:
    data = (REAL / name).read_bytes()
    pattern = re.compile("district|students?")
    found = tuple(
        Replacement(Span(index, *match.span()), "[Thing 12]", "x")
        for index, segment in enumerate(qdpx.read(data, FORMATS))
        if segment.kind == "speech"
        for match in pattern.finditer(segment.text)
    )
    before, after = coded(data), coded(qdpx.write(data, found, FORMATS))
    assert after == [pattern.sub("[Thing 12]", words) for words in before]


def coded(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        root = etree.fromstring(container.read("project.qde"))
        files = {Path(name).name: name for name in container.namelist()}
        return [
            container.read(files[one.get("plainTextPath").rpartition("/")[2]]).decode()[
                int(selection.get("startPosition")) : int(selection.get("endPosition"))
            ]
            for one in root.iter(f"{SPACE}TextSource")
            for selection in one.iter(f"{SPACE}PlainTextSelection")
        ]
