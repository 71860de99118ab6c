import pytest

from deid.config import Formats
from deid.formats import md
from deid.model import Replacement, Span

FORMATS = Formats()


def read(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in md.read(text.encode(), FORMATS)]


def replaced(text: str, old: str, new: str) -> str:
    found = tuple(
        Replacement(Span(index, segment.text.index(old), segment.text.index(old) + len(old)), new, "pseudonymisation")
        for index, segment in enumerate(md.read(text.encode(), FORMATS))
        if old in segment.text
    )
    return md.write(text.encode(), found, FORMATS).decode()


@pytest.mark.parametrize("label", ["**INT:**", "**INT**:", "__INT:__", "INT:", "> **INT:**", "- INT:", "* **INT:**"])
def test_labels_may_be_bold_quoted_or_in_a_list(label: str) -> None:
    assert read(f"{label} So tell me.\n") == [("speaker", "INT"), ("speech", "So tell me.")]


def test_headings_of_both_kinds_lose_their_marks() -> None:
    assert read("# Part 1: Corwen #\n\nPart two\n========\n\n---\n\nINT: Yes.\n")[:2] == [
        ("heading", "Part 1: Corwen"), ("heading", "Part two"),
    ]  # fmt: skip


def test_a_comment_in_a_sentence_does_not_split_it() -> None:
    assert read("P02: I saw Cor<!-- sp? -->wen.\n") == [
        ("speaker", "P02"), ("speech", "I saw Corwen."), ("comment", "sp?"),
    ]  # fmt: skip
    assert (
        replaced("P02: I saw Cor<!-- sp? -->wen.\n", "Corwen", "[Person 1]") == "P02: I saw [Person 1]<!-- sp? -->.\n"
    )


def test_link_targets_are_read_without_their_escapes_and_written_with_them() -> None:
    source = "P02: see [it](https://wren.example/Jo%20Sm%C3%ADth/page) now\n"
    assert ("link", "https://wren.example/Jo Smíth/page") in read(source)
    assert "(https://wren.example/%5BPerson%201%5D/page)" in replaced(source, "Jo Smíth", "[Person 1]")


def test_a_picture_keeps_its_brackets_in_order() -> None:
    output = replaced("![Corwen at home](corwen.png)\n", "Corwen", "[Person 1]")
    assert output == "![\\[Person 1\\] at home](corwen.png)\n"
    assert ("alt_text", "[Person 1] at home") in read(output)


def test_a_one_word_answer_is_no_link() -> None:
    assert read("[Person 12]: Right.\n\n[x]: https://wren.example/\n") == [
        ("speaker", "[Person 12]"), ("speech", "Right."), ("alt_text", "x"), ("link", "https://wren.example/"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("author: Corwen", 'author: "[Person 1]"'),
        ('author: "Corwen"', 'author: "[Person 1]"'),
        ("title: On Corwen", "title: On [Person 1]"),
        ("- Corwen", '- "[Person 1]"'),
    ],
)
def test_front_matter_stays_valid(before: str, after: str) -> None:
    assert replaced(f"---\n{before}\n---\nINT: Yes.\n", "Corwen", "[Person 1]") == f"---\n{after}\n---\nINT: Yes.\n"
