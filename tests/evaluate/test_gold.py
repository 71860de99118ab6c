import json
from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.evaluate.gold import Kept, Marked, read_gold
from deid.model import Category

TEXT = "Wilma Oakes lives in Deal"


def line(**changes: object) -> dict[str, object]:
    span = {"start": 0, "end": 11, "text": "Wilma Oakes", "category": "PERSON", "direct": True,
            "entity": "PERSON:oakes", "optional": False}  # fmt: skip
    keep = {"start": 12, "end": 17, "text": "lives"}
    return {"id": "a", "file": "", "text": TEXT, "spans": [span], "keep": [keep]} | changes


def span(**changes: object) -> dict[str, object]:
    return line()["spans"][0] | changes  # type: ignore[index]


def write(folder: Path, *lines: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    return path


def test_a_line_becomes_a_gold_text(tmp_path: Path) -> None:
    (gold,) = read_gold(write(tmp_path, line(hidden=[{"where": "core.xml", "text": "W Oakes"}])))
    assert (gold.id, gold.file, gold.text, gold.hidden) == ("a", "", TEXT, ("W Oakes",))
    assert gold.spans == (Marked(0, 11, Category.PERSON, True, "PERSON:oakes", False),)
    assert gold.keep == (Kept(12, 17),)


def test_blank_lines_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    path = write(tmp_path, line(), line(id="b"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert [gold.id for gold in read_gold(path)] == ["a", "b"]


FAULTS = {
    "no object": ([], "not an object"),
    "missing key": ({key: value for key, value in line().items() if key != "keep"}, "lacks keep"),
    "unknown key": (line(colour="red"), "does not know"),
    "wrong type": (line(text=7), "right type"),
    "empty id": (line(id=""), "id is empty"),
    "span is no object": (line(spans=[3]), "span 1 is not an object"),
    "span lacks a key": (line(spans=[{"start": 0, "end": 2}]), "span 1 lacks text"),
    "offsets outside": (line(spans=[span(end=99)]), "span 1 lie outside"),
    "offsets swapped": (line(spans=[span(start=11, end=0)]), "span 1 lie outside"),
    "offsets that cut out other text": (line(spans=[span(start=1, end=12)]), "span 1 do not cut out"),
    "true is no offset": (line(spans=[span(start=False)]), "start of span 1"),
    "unknown category": (line(spans=[span(category="HUMAN")]), "category of span 1"),
    "empty entity": (line(spans=[span(entity="")]), "entity of span 1"),
    "overlapping spans": (line(spans=[span(), span(start=6, text="Oakes")]), "overlap"),
    "a keep in a span": (line(keep=[{"start": 0, "end": 5, "text": "Wilma"}]), "overlap"),
    "keep with wrong text": (line(keep=[{"start": 0, "end": 5, "text": "lives"}]), "keep 1 do not cut out"),
    "half a surrogate": (line(id="\ud800"), "not JSON"),
    "hidden without text": (line(hidden=[{"where": "x"}]), "hidden part 1 lacks text"),
}


@pytest.mark.parametrize(("bad", "says"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_line_and_without_its_text(tmp_path: Path, bad: object, says: str) -> None:
    path = write(tmp_path, line(id="first"), bad)
    with pytest.raises(AskedWrongly) as raised:
        read_gold(path)
    assert says in raised.value.message
    assert raised.value.where == f"{path}:2"
    assert raised.value.exit_code == 2
    assert "Oakes" not in str(raised.value)


@pytest.mark.parametrize("bad", ["{", "NaN x", "[" * 100_000])
def test_what_is_not_json_is_named_with_its_line(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(bad, encoding="utf-8")
    with pytest.raises(AskedWrongly, match="not JSON") as raised:
        read_gold(path)
    assert raised.value.where.endswith(":1")


def test_an_id_may_stand_once(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="same id") as raised:
        read_gold(write(tmp_path, line(), line(id="b"), line()))
    assert raised.value.where.endswith(":3")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b'{"id": "caf\xe9"}')
    (tmp_path / "empty").write_bytes(b"\n\n")
    for name, says in (("absent", "cannot be read"), ("latin", "not UTF-8"), ("empty", "holds no text")):
        with pytest.raises(AskedWrongly, match=says):
            read_gold(tmp_path / name)


def test_no_text_shows_in_a_traceback(tmp_path: Path) -> None:
    assert "Oakes" not in repr(read_gold(write(tmp_path, line())))
