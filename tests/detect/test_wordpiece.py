"""WordPiece as Rampart learned it, on a vocabulary of a dozen pieces."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from deid.detect.wordpiece import make_tokenizer, read_vocabulary

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "tess", "##s", "quill", "##feather", "o", "'", "-", "zoe", "i", ".", "a")
tokenize = make_tokenizer({piece: number for number, piece in enumerate(PIECES)})


def read(text: str) -> list[tuple[str, str]]:
    return [(PIECES[piece.id], text[piece.start : piece.end]) for piece in tokenize(text)]


def test_the_longest_piece_is_taken_first() -> None:
    assert read("Quillfeather tess") == [("quill", "Quill"), ("##feather", "feather"), ("tess", "tess")]


def test_punctuation_stands_alone_and_accents_fall_away() -> None:
    assert read("O'Zoë.") == [("o", "O"), ("'", "'"), ("zoe", "Zoë"), (".", ".")]


def test_an_accent_of_its_own_belongs_to_the_letter_before() -> None:
    assert read("Zoe\u0308 o") == [("zoe", "Zoe"), ("o", "o")]


def test_a_word_that_cannot_be_split_is_one_unknown_piece() -> None:
    assert read("tessx i") == [("[UNK]", "tessx"), ("i", "i")]
    assert read("a" * 101) == [("[UNK]", "a" * 101)]


def test_characters_of_no_width_hide_nothing() -> None:
    assert [piece for piece, _ in read("te\u200bss")] == ["tess"]


def test_the_vocabulary_is_numbered_by_line(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_bytes("[PAD]\nтест\n##é\u2028\n".encode())
    assert read_vocabulary(tmp_path / "vocab.txt") == {"[PAD]": 0, "тест": 1, "##é\u2028": 2}


@given(st.text())
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    found = tokenize(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in found)
    assert [piece.start for piece in found] == sorted(piece.start for piece in found)
