"""The example interviews: what is read is what their authors marked, and nothing that they hid survives."""

import json
import re
from pathlib import Path

import pytest

from deid.config import Formats
from deid.formats import choose
from deid.formats._lens import apply
from deid.model import Replacement, Segment, Span
from tests.formats.samples import token_at

EXAMPLES = Path(__file__).parents[2] / "examples"
FORMATS = Formats()
GOLD = [json.loads(line) for line in (EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
VISIBLE = {"speech", "speaker", "heading", "field", "cell"}


def source(gold: dict) -> bytes:
    return (EXAMPLES / gold["file"]).read_bytes()


def places(gold: dict, segments: tuple[Segment, ...]) -> dict[int, int]:
    """Where each visible segment stands in the gold text; between two of them there is nothing but punctuation."""
    found, at = {}, 0
    for index, segment in enumerate(segments):
        if segment.kind in VISIBLE:
            start = gold["text"].index(segment.text, at)
            assert re.fullmatch(r"[\s:]*(?:\d+:\d\d)?\s*", gold["text"][at:start])
            found[index], at = start, start + len(segment.text)
    assert not gold["text"][at:].strip()
    return found


def marked(gold: dict, segments: tuple[Segment, ...]) -> tuple[Replacement, ...]:
    """Every gold span, and every hidden string where it can be read, as a replacement; one token an entity."""
    tokens: dict[str, str] = {}
    spans: dict[int, dict[tuple[int, int], str]] = {}
    for index, offset in places(gold, segments).items():
        end = offset + len(segments[index].text)
        for span in gold["spans"]:
            if span["start"] < end and offset < span["end"]:
                place = (max(span["start"], offset) - offset, min(span["end"], end) - offset)
                spans.setdefault(index, {})[place] = span["entity"]
    for index, segment in enumerate(segments):
        for hidden in gold["hidden"] if segment.kind not in VISIBLE else ():
            for found in re.finditer(re.escape(hidden["text"]), segment.text):
                spans.setdefault(index, {})[found.span()] = hidden["text"]
    return tuple(
        Replacement(Span(index, start, end), token_at(segments[index].text, start, token), "pseudonymisation")
        for index, found in spans.items()
        for start, end in outermost(set(found))
        for token in [tokens.setdefault(found[start, end], f"[Person {len(tokens) + 1}]")]
    )


def outermost(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_the_reading_is_the_gold_text(gold: dict) -> None:
    segments = choose.choose(gold["file"], source(gold)).read(source(gold), FORMATS)
    covered = places(gold, segments)
    for span in gold["spans"]:
        assert any(offset <= span["start"] < offset + len(segments[index].text) for index, offset in covered.items())


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_nothing_marked_and_nothing_hidden_survives(gold: dict) -> None:
    module = choose.choose(gold["file"], source(gold))
    segments = module.read(source(gold), FORMATS)
    replacements = marked(gold, segments)
    output = module.write(source(gold), replacements, FORMATS)
    texts = [text for _, text in module.parts(output)]
    for hidden in gold["hidden"]:
        if hidden["where"] != "file name":
            assert not any(hidden["text"] in text for text in texts), f"something of {hidden['where']} survives"
    for span in gold["spans"]:
        if span["direct"] and gold["text"].count(span["text"]) == sum(
            span["text"] in one["text"] for one in gold["spans"]
        ):
            assert not any(re.search(rf"\b{re.escape(span['text'])}\b", text) for text in texts)
    assert module.read(output, FORMATS) == apply(segments, replacements)


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_turns_follow_the_speakers(gold: dict) -> None:
    segments = choose.choose(gold["file"], source(gold)).read(source(gold), FORMATS)
    speakers: dict[int, set[str]] = {}
    for segment in segments:
        if segment.kind == "speaker":
            speakers.setdefault(segment.turn, set()).add(segment.text)
    assert all(len(names) == 1 for names in speakers.values())
    assert 2 <= len({name for names in speakers.values() for name in names}) <= 3
    # What stands after the talk ("End of recording") is a turn of its own.
    assert {segment.turn for segment in segments if segment.kind == "speech"} - set(speakers) <= {len(speakers) + 1}
