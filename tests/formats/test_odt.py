"""OpenDocument texts: what is read in which order, what a reader of the file would not see, and what stays."""

import io
import json
import os
import re
import zipfile
from pathlib import Path

import pytest

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import docx, odt
from deid.formats._lens import apply
from deid.model import Replacement, Segment, Span
from deid.study.evaluate.planting import BUILDERS
from tests.formats.samples import token_at

FORMATS = Formats()
SHARED = Path(os.environ.get("DEID_SAMPLES", Path(__file__).parents[3] / "shared")) / "examples"


def document(body: str) -> bytes:
    """The planted document with another body."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BUILDERS["odt"](lambda place: "x"))) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "content.xml":
                part = re.sub(
                    rb"<office:text>.*</office:text>", f"<office:text>{body}</office:text>".encode(), part, flags=re.S
                )
            new.writestr(name, part)
    return output.getvalue()


def read(body: str) -> list[tuple[str, str]]:
    kinds = {"header", "footer"}
    return [(one.kind, one.text) for one in odt.read(document(body), FORMATS) if one.kind not in kinds]


def test_spaces_tabs_and_line_ends_are_read_as_a_reader_sees_them() -> None:
    body = "<text:p>INT:<text:s text:c='2'/>one\n   two<text:tab/>three<text:line-break/>P02: four</text:p>"
    assert read(body) == [("speaker", "INT"), ("speech", "one two\tthree"), ("speaker", "P02"), ("speech", "four")]


def test_a_name_over_spans_and_a_tab_is_replaced_in_one_piece() -> None:
    data = document("<text:p>I saw <text:span>Ro</text:span>bin<text:tab/><text:span>Vale</text:span> go</text:p>")
    segments = odt.read(data, FORMATS)
    index = next(number for number, one in enumerate(segments) if "saw" in one.text)
    found = re.search("Robin\tVale", segments[index].text)
    assert found
    wanted = (Replacement(Span(index, *found.span()), "[Person 4]", "x"),)
    output = odt.write(data, wanted, FORMATS)
    assert odt.read(output, FORMATS) == apply(segments, wanted)
    assert "<text:span>[Person 4]</text:span>" in dict(odt.parts(output))["content.xml"]


def test_tracked_changes_by_policy() -> None:
    data = BUILDERS["odt"](lambda place: place.replace(" ", ""))
    assert not any("trackeddeletion" in text for _, text in odt.parts(odt.write(data, (), FORMATS)))
    with pytest.raises(FormatError, match="1 tracked changes"):
        odt.read(data, Formats(tracked_changes="refuse"))


def test_a_table_of_speaker_and_words_is_read_as_turns() -> None:
    rows = [("Speaker", "Text"), ("INT", "one"), ("P02", "two")]
    cells = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>" for row in rows
    )  # fmt: skip
    found = read(f"<table:table>{cells}</table:table>")
    assert [one for one in found if one[0] in {"speaker", "speech"}] == [
        ("speaker", "INT"), ("speech", "one"), ("speaker", "P02"), ("speech", "two"),
    ]  # fmt: skip


@pytest.mark.skipif(not (SHARED / "variants.jsonl").is_file(), reason="the larger examples are not here")
def test_the_example_saved_as_odt_reads_as_its_docx_and_hides_nothing() -> None:
    variant = json.loads((SHARED / "variants.jsonl").read_text(encoding="utf-8").splitlines()[0])
    gold = {one["id"]: one for one in map(json.loads, (SHARED / "gold.jsonl").read_text(encoding="utf-8").splitlines())}
    data = (SHARED / variant["file"]).read_bytes()
    segments = odt.read(data, FORMATS)
    twin = docx.read((SHARED / "files/p06.docx").read_bytes(), FORMATS)
    assert told(segments) == told(twin)

    hidden = {one["text"] for one in variant["hidden"]}
    names = {span["text"] for span in gold[variant["of"]]["spans"]} | hidden
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    output = odt.write(
        data,
        tuple(
            Replacement(Span(index, *found.span()), token_at(one.text, found.start(), "[Person 7]"), "x")
            for index, one in enumerate(segments)
            for found in pattern.finditer(one.text)
        ),
        FORMATS,
    )
    parts = dict(odt.parts(output))
    assert not any(text in part for text in hidden for part in parts.values())
    assert not any(name.startswith(("Thumbnails", "Pictures", "meta", "settings")) for name in parts)


def told(segments: tuple[Segment, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.text, one.timecode) for one in segments if one.kind in {"speech", "speaker", "heading"}]
