import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import txt
from deid.model import Replacement, Segment, Span

FORMATS = Formats()


def read(text: str) -> list[tuple[str, int, str]]:
    return [(one.kind, one.turn, one.text) for one, _ in txt.layout(text)]


def replaced(source: bytes, old: str, new: str) -> bytes:
    segments = txt.read(source, FORMATS)
    found = tuple(
        Replacement(Span(index, *one.span()), new, "pseudonymisation")
        for index, segment in enumerate(segments)
        for one in re.finditer(old, segment.text)
    )
    return txt.write(source, found, FORMATS)


@pytest.mark.parametrize(
    "label",
    [
        "INT",
        "P02",
        "GURDEV",
        "Dr Oduya",
        "Corwen Allardyce",
        "Speaker 1",
        "Q",
        "A",
        "I",
        "[joanne]",
        "(joanne)",
        "joanne de la Mare",
    ],
)
def test_a_name_and_a_colon_is_a_label(label: str) -> None:
    talk = f"{label}: So tell me.\nINT: Yes.\n{label}: And then."
    assert read(talk)[:2] == [("speaker", 1, label), ("speech", 1, "So tell me.")]


@pytest.mark.parametrize(
    "line",
    [
        "And so I said: stop.",
        "It was 10:30 then.",
        "see https://wren.example",
        "Note: he left.",
        "Post: team manager",
        "Oxmoor, Ashby, Wick: all of it.",
    ],
)
def test_a_colon_alone_makes_no_label(line: str) -> None:
    assert read(f"INT: Go on.\nP02: Well.\n\n{line}")[-1] == ("speech", 3, line)


@pytest.mark.parametrize("number", ["[{}]", "({})", "[00{}]"])
def test_the_number_of_a_turn_in_brackets_is_no_part_of_its_label(number: str) -> None:
    turns = [("HV", "Yes?"), ("RD", "No."), ("HV", "Why?"), ("RD", "Well.")]
    talk = "\n".join(f"{number.format(n)} {label}: {said}" for n, (label, said) in enumerate(turns, 1))
    assert read(talk)[:3] == [("speaker", 1, "HV"), ("speech", 1, "Yes?"), ("speaker", 2, "RD")]


def test_a_numbered_point_is_no_turn() -> None:
    assert read("INT: Go on.\nP02: Well.\n\n(1) Staffing: more of it.")[-1][2] == "(1) Staffing: more of it."


def test_a_lower_case_word_is_a_label_where_it_comes_back() -> None:
    assert read("joy: yeah\ntunde: no\njoy: yes\ntunde: ok")[4] == ("speaker", 3, "joy")
    assert read("well: yeah that is it") == [("speech", 1, "well: yeah that is it")]


SAID = (
    "yeah so i look after the panel|who chairs it|I do|db said you did|well some weeks|and the other weeks|"
    "2 of us take it in turns|right|on the whole it works|thank you|that is fine|bye"
).split("|")
LETTERS = ("cl", "db")


def bare(labels: tuple[str, str], *, timed: bool = True, times: int = 1) -> str:
    lines = [f"{labels[n % 2]} {' '.join(one.split())}" for n, one in enumerate(SAID * times)]
    return "\n".join(f"[0:{n:02}] {line}" if timed else line for n, line in enumerate(lines))


@pytest.mark.parametrize("timed", [True, False])
@pytest.mark.parametrize(
    ("labels", "times"),
    [
        (LETTERS, 1),
        (("CL", "DB"), 1),
        (("s 1", "s 2"), 1),
        (("q", "a"), 1),
        (("C.L.", "A.D."), 1),
        (("marta", "dean"), 2),
    ],
)
def test_words_that_open_nearly_every_line_in_turns_are_labels(
    labels: tuple[str, str], times: int, timed: bool
) -> None:
    found = read(f"Interview 4\nDate: 4 May\n\n{bare(labels, timed=timed, times=times)}")
    assert found[:4] == [
        ("heading", 0, "Interview 4"), ("field", 0, "Date: 4 May"),
        ("speaker", 1, labels[0]), ("speech", 1, "yeah so i look after the panel"),
    ]  # fmt: skip
    assert [text for kind, _, text in found if kind == "speaker"] == [*labels] * (6 * times)
    assert ("speech", 4, "db said you did") in found


@pytest.mark.parametrize(
    "text",
    [
        bare(("marta", "dean")),  # a dozen lines may be notes: "called the school", "visit to mum"
        bare(LETTERS).replace("cl ", "").replace("db ", ""),
        "\n".join(f"{word} it was us" for word in ("so", "and") * 12),
        "\n".join(f"{word} went there" for word in ("visit", "called", "called", "called") * 12),
        "INT: Go on.\nAO: Well.\n\n" + bare(LETTERS),
    ],
)
def test_words_that_open_lines_otherwise_are_no_labels(text: str) -> None:
    assert not [kind for kind, _, word in read(text) if kind == "speaker" and word not in {"INT", "AO"}]


@pytest.mark.parametrize("new", ["[Person 3]", "##Person_3##", '<seg type="deid">Person 3</seg>', "Rowan Birch"])
@pytest.mark.parametrize("old", ["^db$", "^(?:cl|db)$"])
def test_a_label_with_nothing_behind_it_is_replaced(old: str, new: str) -> None:
    text = f"Interview 4\nDate: 4 May\n\n{bare(LETTERS)}"
    output = replaced(text.encode(), old, new).decode()
    assert output == re.sub(r"(?m)^(\[.{4}\]) " + old.strip("^$") + "(?= )", rf"\1 {new}", text)


def test_lines_above_the_talk_are_headings_and_fields() -> None:
    talk = "TRANSCRIPT 4\nDate: 4 May\nParticipant: Corwen Allardyce\nCC: chair\n\nCC: Yes.\nIO: No.\nCC: Right."
    kinds = [(kind, turn) for kind, turn, _ in read(talk)]
    assert kinds[:3] == [("heading", 0), ("field", 0), ("field", 0)]
    assert kinds.count(("speaker", 1)) == 1


def test_names_in_bare_brackets_are_labels_only_where_no_other_style_is_used() -> None:
    turns = [(kind, turn) for kind, turn, _ in read("[ann] hello\n[bob] hi there\n[laughs] no\n[ann] yes")]
    assert turns == [
        ("speaker", 1),
        ("speech", 1),
        ("speaker", 2),
        ("speech", 2),
        ("speech", 2),
        ("speaker", 3),
        ("speech", 3),
    ]
    talk = "INT: So who came\nin the end?\nP02: It was\n[Person 4] and then\n[Person 9] as well.\nINT: Yes."
    assert [text for kind, _, text in read(talk) if kind == "speaker"] == ["INT", "P02", "INT"]


def test_otter_lines_give_a_time_to_what_follows() -> None:
    segments = [one for one, _ in txt.layout("Joanne Wren  0:03\nHello.\n\nUnknown Speaker  1:02:03\nHi.\n")]
    assert [(one.text, one.turn, one.timecode) for one in segments] == [
        ("Joanne Wren", 1, "0:03"), ("Hello.", 1, "0:03"), ("Unknown Speaker", 2, "1:02:03"), ("Hi.", 2, "1:02:03"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lead", ["[00:01:23] INT: ", "(1:23) INT: ", "00:01:23 INT: ", "INT [00:01:23]: ", "INT (01:23): "]
)
def test_a_time_beside_a_label_is_its_time_code(lead: str) -> None:
    first, second = (one for one, _ in txt.layout(f"{lead}So tell me."))
    assert (first.text, second.text) == ("INT", "So tell me.")
    assert second.timecode in {"00:01:23", "1:23", "01:23"}


def test_a_label_on_a_line_of_its_own_speaks_the_next_paragraph() -> None:
    assert read("INT:\n\nSo tell me.\n\nAnd then?") == [
        ("speaker", 1, "INT"), ("speech", 1, "So tell me."), ("speech", 2, "And then?"),
    ]  # fmt: skip


def test_hard_wrapped_lines_stay_in_one_segment_and_long_lines_do_not() -> None:
    assert read("P02: I saw Corwen\nAllardyce there.")[1][2] == "I saw Corwen\nAllardyce there."
    assert [turn for _, turn, _ in read(("word " * 50 + "\n") * 3)] == [1, 2, 3]


def test_offsets_are_of_the_text() -> None:
    text = "INT: So?\n\n  P02: I saw\nCorwen.\n\nLater that day.\n"
    assert all(text[start : start + len(one.text)] == one.text for one, start in txt.layout(text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_are_kept(encoding: str, line_end: str) -> None:
    text = line_end.join(("INT: Who’s that?", "P02: Zoë – and", "Corwen Allardyce.", ""))
    source = text.encode(encoding)
    assert txt.write(source, (), FORMATS) == source
    assert replaced(source, "Zoë", "[Person 1]") == text.replace("Zoë", "[Person 1]").encode(encoding)


def test_a_replaced_line_break_goes_with_its_name_and_mixed_line_ends_stay() -> None:
    source = b"INT: a\r\nP02: I saw Corwen\nAllardyce.\rINT: b\n"
    assert replaced(source, "Corwen\nAllardyce", "[Person 1]") == b"INT: a\r\nP02: I saw [Person 1].\rINT: b\n"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"\x00\x01\x02binary", "not a text file"),
        (b"INT: hello\x07\n", "not a text file"),
        ("INT: café\n".encode() + "P02: café\n".encode("cp1252"), "mixed"),
        (b"\xff\xfeI\x00N", "not valid utf-16"),
        (b"\xff\xfeI\x00N\x00T\x00:\xd8", "not valid utf-16"),
        (b"   \n\n", "no text"),
        (bytes(range(1, 256)) * 4, "encoding of this file is not known"),
    ],
)
def test_what_is_no_text_is_refused(source: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        txt.read(source, FORMATS)


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    with pytest.raises(FormatError, match="cp1252 cannot"):
        replaced("P02: Zoë came.\n".encode("cp1252"), "Zoë", "Bláthnaid Ł")


def test_overlapping_replacements_are_an_error_of_the_program() -> None:
    source = b"P02: Corwen came."
    with pytest.raises(ValueError, match="overlap"):
        txt.write(source, (Replacement(Span(1, 0, 6), "x", ""), Replacement(Span(1, 3, 8), "y", "")), FORMATS)
    with pytest.raises(ValueError, match="leave"):
        txt.write(source, (Replacement(Span(1, 0, 60), "x", ""),), FORMATS)


@given(st.text(alphabet="ab:[]() \n\tAB0", max_size=80))
def test_any_text_is_covered_by_segments_in_order(text: str) -> None:
    end = 0
    for segment, start in txt.layout(text):
        assert start >= end
        assert text[start : start + len(segment.text)] == segment.text
        assert not any(one.isalpha() for one in text[end:start])
        end = start + len(segment.text)
    assert not any(one.isalpha() for one in text[end:])


@pytest.mark.parametrize("unit", ["a", "[", " ", "A:", "a ", "[a] ", "(", "0:0", "A\t", "A 0:00"])
def test_a_line_of_a_million_characters_takes_linear_time(unit: str) -> None:
    source = (unit * (1_000_000 // len(unit))).encode() + b"x\nINT: yes\n"
    start = time.process_time()
    txt.read(source, FORMATS)
    assert time.process_time() - start < 2


def test_many_lines_take_linear_time() -> None:
    chance = random.Random(2)
    lines = [f"{chance.choice(('INT: ', 'P02: ', ''))}{'word ' * chance.randrange(12)}" for _ in range(50_000)]
    start = time.process_time()
    segments: tuple[Segment, ...] = txt.read("\n".join(lines).encode(), FORMATS)
    assert time.process_time() - start < 3
    assert max(len(segment.text) for segment in segments) < 10_000


@pytest.mark.parametrize(
    ("source", "after"),
    [
        (b"[ann] hello\n[bob] hi\nkezia came\n", b"[ann] hello\n[bob] hi\n [Person 4] came\n"),
        (b"[ann] hello\n\n[bob] hi\n\nkezia came\n", b"[ann] hello\n\n[bob] hi\n\n [Person 4] came\n"),
        (b"it was kezia\n\nkezia: she said\n", b"it was [Person 4]\n\n [Person 4]: she said\n"),
        (b"INT: kezia?\nP02: kezia\nkezia came\n", b"INT: [Person 4]?\nP02: [Person 4]\n[Person 4] came\n"),
    ],
)
def test_a_token_at_the_start_of_speech_is_not_taken_for_a_label(source: bytes, after: bytes) -> None:
    before = txt.read(source, FORMATS)
    output = replaced(source, "kezia", "[Person 4]")
    assert output == after
    assert [one.kind for one in txt.read(output, FORMATS)] == [one.kind for one in before]
