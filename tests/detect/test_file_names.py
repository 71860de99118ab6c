"""Who is named in the name of a file."""

import pytest

from deid.detect.file_names import people_in_file_names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("File: Quillbox_B_15-02-23.m4a", ["Quillbox_B"]),
        ("Audio: 2023-02-15_Quillbox.MP3, 44 minutes", ["Quillbox"]),
        ("Marsh_B_2.docx", ["Marsh_B"]),
        ("Marsh_2.docx", []),
        ("Interview_A_March_final.docx", []),
        ("Quillbox said that it was on file.", []),
    ],
)
def test_what_is_no_english_word_or_has_an_initial_names_somebody(text: str, named: list[str]) -> None:
    assert [text[start:end] for start, end in people_in_file_names(text)] == named
