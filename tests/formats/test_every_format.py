"""What every format promises, on every sample. A new format needs one sample in `samples/` and nothing here.

Each place of a sample that can hold a name holds a word with "canary" in it.
"""

import html
import os
import random
import re
from types import ModuleType
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import choose, rtf
from deid.formats._lens import apply
from deid.model import Replacement, Segment, Span
from tests.formats.samples import samples, token_at

FORMATS = Formats()
SAMPLES = [pytest.param(choose.load(name), data, id=file) for name, file, data in samples()]
CANARY = re.compile(r"[\w.@'’%-]*canary[\w.@'’%-]*(?:\s+row)?|can\s*ary", re.IGNORECASE)
# What the archive policy writes, and what it never would: words that every format can hold.
TOKENS = st.from_regex(
    r"\[[A-Z][a-z]{2,8} \d{1,3}(, East Kent)?\]|[A-Za-z][a-z0-9é]{0,9}( [a-z]{1,4})?", fullmatch=True
)
# DEID_FUZZ=5000 is the long sweep of a release. Rich text starts LibreOffice each time.
MUTATIONS = int(os.environ.get("DEID_FUZZ", "60"))
SLOW = {"rtf": 30}


def reader(module: ModuleType) -> ModuleType:
    """What reads the format's output: of formats that are only read, another one."""
    return choose.load(module.OUTPUT_FORMAT) if hasattr(module, "OUTPUT_FORMAT") else module


def every_word(segments: tuple[Segment, ...], pattern: re.Pattern[str], text: str) -> tuple[Replacement, ...]:
    return tuple(
        Replacement(Span(index, *found.span()), token_at(segment.text, found.start(), text), "pseudonymisation")
        for index, segment in enumerate(segments)
        for found in pattern.finditer(segment.text)
    )


def test_every_format_has_a_sample_and_says_what_it_is() -> None:
    assert {name for name, _, _ in samples()} == set(choose.names()) - ({"rtf"} if rtf.libreoffice() is None else set())
    for name in choose.names():
        module = choose.load(name)
        assert module.SUMMARY
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in module.SUFFIXES)


@pytest.mark.parametrize(("module", "data"), SAMPLES)
def test_a_sample_reads_as_talk_and_other_segments(module: ModuleType, data: bytes) -> None:
    segments = module.read(data, FORMATS)
    assert any(segment.kind == "speech" for segment in segments)
    assert all(segment.text.strip() for segment in segments)
    turns = [segment.turn for segment in segments if segment.turn]
    assert turns == sorted(turns)
    assert set(turns) == set(range(1, max(turns) + 1))


@pytest.mark.parametrize(("module", "data"), SAMPLES)
def test_nothing_to_replace_changes_nothing_but_what_a_rule_drops(module: ModuleType, data: bytes) -> None:
    once = module.write(data, (), FORMATS)
    if not module.dropped(data, FORMATS) and not data.startswith(b"PK"):
        assert once == data
    assert reader(module).read(once, FORMATS) == module.read(data, FORMATS)
    assert reader(module).dropped(once, FORMATS) == ()
    assert reader(module).write(once, (), FORMATS) == once


@pytest.mark.parametrize("token", ["[Person 7]", "##Person_7##", "Somebody"])
@pytest.mark.parametrize(("module", "data"), SAMPLES)
def test_no_canary_survives_in_any_part(module: ModuleType, data: bytes, token: str) -> None:
    segments = module.read(data, FORMATS)
    replacements = every_word(segments, CANARY, token)
    output = module.write(data, replacements, FORMATS)
    for name, text in module.parts(output):
        for spelling in (text, html.unescape(text), unquote(text)):
            assert not re.search("canary", spelling, re.IGNORECASE), f"a canary survives in {name}"
    found = reader(module).read(output, FORMATS)
    assert not any(CANARY.search(segment.text) for segment in found)
    assert module.write(data, replacements, FORMATS) == output
    assert found == apply(segments, replacements)


@pytest.mark.parametrize(("module", "data"), SAMPLES)
def test_a_token_in_tags_is_read_back_whole_or_told(module: ModuleType, data: bytes) -> None:
    """Quotes and angles do not fit a sheet's name, a link's title in Markdown or a style of WebVTT: nothing is written.

    What reads back as something else is held back by the gate.
    """
    segments = module.read(data, FORMATS)
    replacements = every_word(segments, CANARY, '<seg type="deid">Person 7</seg>')
    try:
        output = module.write(data, replacements, FORMATS)
    except FormatError:
        assert module.__name__.rpartition(".")[2] in {"xlsx", "md", "vtt"}
        return
    found = [segment.text for segment in reader(module).read(output, FORMATS)]
    assert found == [segment.text for segment in apply(segments, replacements)]


@pytest.mark.parametrize(("module", "data"), SAMPLES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=st.data())
def test_what_is_read_back_is_what_was_written(module: ModuleType, data: bytes, choice: st.DataObject) -> None:
    segments = module.read(data, FORMATS)
    replacements = []
    for index in choice.draw(st.sets(st.integers(0, len(segments) - 1), max_size=6)):
        end = 0
        for _ in range(choice.draw(st.integers(1, 3))):
            if end + 1 >= len(segments[index].text):
                break
            start = choice.draw(st.integers(end, len(segments[index].text) - 1))
            end = choice.draw(st.integers(start + 1, len(segments[index].text)))
            replacements.append(Replacement(Span(index, start, end), choice.draw(TOKENS), "pseudonymisation"))
    wanted = apply(segments, replacements)
    try:
        output = module.write(data, tuple(replacements), FORMATS)
    except FormatError:
        return
    assert letters(reader(module).read(output, FORMATS)) == letters(wanted)


def letters(segments: tuple[Segment, ...]) -> str:
    return re.sub(r"[\W\d_]", "", "".join(segment.text for segment in segments))


@pytest.mark.parametrize(("module", "data"), SAMPLES)
def test_damaged_files_are_refused_and_never_crash(module: ModuleType, data: bytes) -> None:
    chance = random.Random(4)
    for _ in range(MUTATIONS // SLOW.get(module.__name__.rpartition(".")[2], 1)):
        damaged = damage(data, chance)
        try:
            segments = module.read(damaged, FORMATS)
            module.write(damaged, every_word(segments, CANARY, "[Person 7]"), FORMATS)
        except FormatError as error:
            assert "canary" not in f"{error} {error.hint}".lower()


def damage(data: bytes, chance: random.Random) -> bytes:
    """Cut short, flip, remove, double or overwrite a stretch."""
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.choice((1, 1, 4, 64)))
    match chance.randrange(5):
        case 0:
            return data[:start]
        case 1:
            return data[:start] + bytes(byte ^ (1 << chance.randrange(8)) for byte in data[start:end]) + data[end:]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:end] + data[start:end] + data[end:]
        case _:
            return data[:start] + chance.randbytes(end - start) + data[end:]


@pytest.mark.parametrize(("module", "data"), SAMPLES)
def test_too_large_and_empty_are_refused(module: ModuleType, data: bytes) -> None:
    with pytest.raises(FormatError, match="empty"):
        module.read(b"", FORMATS)
    with pytest.raises(FormatError, match="larger"):
        module.read(data + b" " * (1024 * 1024), Formats(largest_file_mib=1))
