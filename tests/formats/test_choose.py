import pytest

from deid.errors import FormatError
from deid.formats import choose
from tests.formats import made_docx

TEXT = b"INT: hello\n"


@pytest.mark.parametrize(
    ("name", "head", "format_name"),
    [
        ("a.txt", TEXT, "txt"),
        ("Folder.X/B.TXT", TEXT, "txt"),
        ("a.md", TEXT, "md"),
        ("a.vtt", b"WEBVTT\n", "vtt"),
        ("a.srt", b"1\n", "srt"),
        ("a.docx", made_docx.simple("INT: hello")[:4096], "docx"),
    ],
)
def test_suffix_and_content_choose_a_format(name: str, head: bytes, format_name: str) -> None:
    assert choose.choose(name, head).__name__ == f"deid.formats.{format_name}"


@pytest.mark.parametrize(
    ("name", "head", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx in Word"),
        ("a.docm", b"PK\x03\x04", "macros"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        ("a.docx", TEXT, "is not a zip container"),
        ("a.txt", b"PK\x03\x04", "is a zip container"),
        ("a.txt", b"%PDF-1.4", "is a PDF"),
        ("a.md", b"{\\rtf1", "rich text"),
        ("a.txt", b"WEBVTT\n", "rename it to .vtt"),
        ("a.txt", b"MZ\x90", "program"),
        ("a.pages", b"PK\x03\x04", "Export To, Word"),
        ("a.nvpx", b"x", "REFI-QDA"),
        ("a.atlproj", b"x", "REFI-QDA"),
        ("a.mx24", b"x", "MAXQDA"),
        ("a.mp3", b"ID3", "recording"),
        ("a.txt", b"\x00\x00\x00\x18ftypmp42", "recording"),
        ("a", TEXT, "without a suffix"),
        ("a.xyz", TEXT, "it reads"),
    ],
)
def test_everything_else_is_refused_with_advice(name: str, head: bytes, words: str) -> None:
    with pytest.raises(FormatError) as caught:
        choose.choose(name, head)
    assert words in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.hint


def test_nothing_of_a_name_but_its_suffix_is_repeated() -> None:
    with pytest.raises(FormatError) as caught:
        choose.choose("Corwen Allardyce.xyz", TEXT)
    assert "Corwen" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize(
    "name", ["~$p01.docx", "a/.DS_Store", "Thumbs.db", "desktop.ini", "._p01.txt", ".~lock.p01.docx#"]
)
def test_clutter_is_passed_over(name: str) -> None:
    assert choose.skippable(name)


@pytest.mark.parametrize("name", ["p01.docx", "a~$b.txt", ".hidden.txt", "DS_Store"])
def test_a_source_is_never_clutter(name: str) -> None:
    assert not choose.skippable(name)


@pytest.mark.parametrize(
    ("name", "head", "is_one"),
    [
        ("a.wav", b"RIFF\x00\x00\x00\x00WAVE", True),
        ("a.bin", b"RIFF\x00\x00\x00\x00WAVE", True),
        ("a.M4A", b"x", True),
        ("a.txt", b"RIFF is a word", False),
        ("a.txt", TEXT, False),
    ],
)
def test_recordings(name: str, head: bytes, is_one: bool) -> None:
    assert choose.is_recording(name, head) is is_one


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"code,full_name,aliases,role,agency,base\nP01,", True),
        (b"\xef\xbb\xbfCode;Full name;Role\r\n", True),
        (b'"code"\t"full_name"\n', True),
        (b"speaker,text\n", False),
        (b"code, said full_name once\n", False),
        (b"", False),
        (b"\x00\xff\xfe", False),
    ],
)
def test_a_roster_is_known_by_its_header(head: bytes, is_one: bool) -> None:
    assert choose.is_roster(head) is is_one
