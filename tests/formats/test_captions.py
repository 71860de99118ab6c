"""WebVTT and SubRip, with webvtt-py as an independent reader."""

import html
import io
from types import ModuleType

import pytest
import webvtt

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import srt, vtt
from deid.model import Replacement, Span
from tests.formats.samples import FOLDER

FORMATS = Formats()
HEAD = "WEBVTT\n\n"
TIME = "00:00:01.000 --> 00:00:04.000\n"


def read(module: ModuleType, text: str) -> list[tuple[str, int, str]]:
    return [(one.kind, one.turn, one.text) for one in module.read(text.encode(), FORMATS)]


def replaced(module: ModuleType, text: str, old: str, new: str) -> str:
    found = tuple(
        Replacement(Span(index, segment.text.index(old), segment.text.index(old) + len(old)), new, "pseudonymisation")
        for index, segment in enumerate(module.read(text.encode(), FORMATS))
        if old in segment.text
    )
    assert found
    return module.write(text.encode(), found, FORMATS).decode()


def test_cues_of_one_speaker_are_one_turn() -> None:
    cues = "".join(f"{TIME}<v {name}>Hello {number}</v>\n\n" for number, name in enumerate(["Jo", "Jo", "Al", "Jo"]))
    assert [turn for kind, turn, _ in read(vtt, HEAD + cues) if kind == "speech"] == [1, 1, 2, 3]


def test_cues_without_a_label_go_on_and_never_for_ever() -> None:
    assert [turn for kind, turn, _ in read(srt, "1\n" + TIME + "[jo] a\n\n2\n" + TIME + "b\n\n3\n" + TIME + "[jo] c\n")
            if kind == "speech"] == [1, 1, 1]  # fmt: skip
    long = HEAD + (TIME + "words\n\n") * 200
    assert max(turn for _, turn, _ in read(vtt, long)) > 2


@pytest.mark.parametrize(
    ("payload", "segments"),
    [
        ("<v Jo Wren>Hi</v>", [("speaker", "Jo Wren"), ("speech", "Hi")]),
        ("<v.loud Jo Wren>Hi", [("speaker", "Jo Wren"), ("speech", "Hi")]),
        ("Jo Wren: Hi\nthere", [("speaker", "Jo Wren"), ("speech", "Hi\nthere")]),
        ("<v Jo>Hi</v> <v Al>Ho</v>", [("speaker", "Jo"), ("speech", "Hi"), ("speaker", "Al"), ("speech", "Ho")]),
        ("- JO: Hi\n- AL: Ho", [("speaker", "JO"), ("speech", "Hi"), ("speaker", "AL"), ("speech", "Ho")]),
        ("so<00:00:01.500><c> I</c> met <i>Jo</i>anne", [("speech", "so I met Joanne")]),
        ("Tom &amp; Jerry &lt;3 R&B", [("speech", "Tom & Jerry <3 R&B")]),
        ("<Jo laughs> yes", [("speech", "<Jo laughs> yes")]),
    ],
)
def test_voices_tags_and_escapes(payload: str, segments: list[tuple[str, str]]) -> None:
    assert [(kind, text) for kind, _, text in read(vtt, HEAD + TIME + payload + "\n")] == segments


def test_a_name_over_tags_and_lines_is_replaced_once() -> None:
    source = HEAD + TIME + "I met <i>Jo</i>anne\nWren &amp; co\n"
    assert replaced(vtt, source, "Joanne\nWren", "[Person 1]") == HEAD + TIME + "I met <i>[Person 1]</i> &amp; co\n"


def test_new_words_are_escaped() -> None:
    assert replaced(vtt, HEAD + TIME + "<v Jo>a</v>\n", "Jo", "A & <B>") == HEAD + TIME + "<v A &amp; &lt;B&gt;>a</v>\n"


@pytest.mark.parametrize("words", ["a\n\nb", "00:01 --> 00:02\nx"])
def test_words_that_would_break_a_caption_are_refused(words: str) -> None:
    with pytest.raises(FormatError):
        replaced(srt, "1\n" + TIME + "I met Jo\n", "Jo", words)


@pytest.mark.parametrize(
    ("module", "text", "line"),
    [
        (vtt, HEAD + "00:00:04.000 --> 00:00:01.000\na\n", "line 3"),
        (vtt, HEAD + "00:00:04.000 --> then\na\n", "line 3"),
        (vtt, HEAD + TIME + "a\n2\n" + TIME + "b\n", "line 6"),
        (vtt, "WEBVTT\n" + TIME + "a\n", "line 2"),
        (vtt, "1\n" + TIME + "a\n", "line 1"),
        (srt, "1\n00:00:01,000 -> 00:00:02,000\na\n", "line 2"),
        (srt, "1\n" + TIME + "a\n\n2\n00:00:aa --> 00:00:02,000\na\n", "line 6"),
        (srt, "1\n" + TIME + "a\n2\n" + TIME + "b\n", "line 5"),
    ],
)
def test_broken_times_are_refused_with_their_line(module: ModuleType, text: str, line: str) -> None:
    with pytest.raises(FormatError) as caught:
        module.read(text.encode(), FORMATS)
    assert caught.value.where == line


def test_words_without_any_cue_are_no_captions() -> None:
    with pytest.raises(FormatError, match="no cues"):
        vtt.read(b"WEBVTT\n\nNOTE nothing\n", FORMATS)
    with pytest.raises(FormatError, match="no cues"):
        srt.read(b"just words\n", FORMATS)


def test_the_meeting_is_not_named() -> None:
    source = (FOLDER / "teams.vtt").read_bytes()
    output = vtt.write(source, (), FORMATS).decode()
    assert vtt.dropped(source, FORMATS) == ("meeting numbers in the names of cues (3)",)
    assert "00000000-0000-0000-0000-000000000000/12-0\r\n" in output


@pytest.mark.parametrize("name", ["teams.vtt", "zoom.vtt", "youtube.vtt"])
def test_another_reader_finds_the_same_times_voices_and_styles(name: str) -> None:
    source = (FOLDER / name).read_bytes()
    segments = vtt.read(source, FORMATS)
    replacements = tuple(Replacement(Span(index, 0, 1), "X", "") for index in range(len(segments)))
    before, after = (
        list(webvtt.from_buffer(io.BytesIO(data))) for data in (source, vtt.write(source, replacements, FORMATS))
    )
    assert [(cue.start, cue.end) for cue in after] == [(cue.start, cue.end) for cue in before]
    assert [len(cue.lines) for cue in after] == [len(cue.lines) for cue in before]
    voices = [segment.text for segment in segments if segment.kind == "speaker" and segment.turn]
    if name == "teams.vtt":
        assert [html.unescape(cue.voice) for cue in after] == ["X" + voice[1:] for voice in voices[:3]]


def test_a_token_at_the_start_of_a_cue_is_not_taken_for_a_label() -> None:
    cues = ["[imani] who came", "[corwen] my sister", "kezia came too", "[imani] and then"]
    source = "\n\n".join(f"{number}\n00:00:0{number},000 --> 00:00:09,000\n{cue}" for number, cue in enumerate(cues, 1))
    output = replaced(srt, source, "kezia", "[Person 4]")
    assert output.endswith("\n [Person 4] came too\n\n4\n00:00:04,000 --> 00:00:09,000\n[imani] and then")
    assert read(srt, output)[4] == ("speech", 2, "[Person 4] came too")
