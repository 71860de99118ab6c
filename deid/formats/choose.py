"""Which format a file is in, by its name and its first bytes. What cannot be read safely is refused with advice."""

import csv
import io
import re
from pathlib import PurePath
from types import ModuleType

import deid.formats
from deid import plugins
from deid.errors import FormatError


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEAD = 4096
# Files of this folder that others import by name, and that read no transcripts.
_NO_FORMATS = frozenset({"choose", "sheets"})
_WORD = "save it as .docx in Word (File, Save As, Word Document)"
_ADVICE = {
    ".doc": _WORD,
    ".dot": _WORD,
    ".docm": "this file can hold macros: save it as .docx in Word (File, Save As, Word Document)",
    ".dotm": "this file can hold macros: save it as .docx in Word (File, Save As, Word Document)",
    ".wpd": _WORD,
    ".wps": _WORD,
    ".pages": "export it as Word from Pages (File, Export To, Word)",
    ".gdoc": "this is a link, not the text: download it from Google Docs as .docx",
    ".numbers": "export it as Excel from Numbers (File, Export To, Excel)",
    ".xls": "save it as .xlsx in Excel",
    ".xlsm": "this file can hold macros: save it as .xlsx in Excel",
    ".nvp": "export the project from NVivo as REFI-QDA (.qdpx), or its files as .docx",
    ".nvpx": "export the project from NVivo as REFI-QDA (.qdpx), or its files as .docx",
    ".atlproj": "export the project from ATLAS.ti as REFI-QDA (.qdpx)",
    ".atlproj22": "export the project from ATLAS.ti as REFI-QDA (.qdpx)",
    ".atlproj23": "export the project from ATLAS.ti as REFI-QDA (.qdpx)",
    ".hpr7": "export the project from ATLAS.ti as REFI-QDA (.qdpx)",
    ".eml": "save the transcript that it carries and run deid on that",
    ".msg": "save the transcript that it carries and run deid on that",
    ".html": "open it in a browser, copy the text and save it as .txt or .docx",
    ".htm": "open it in a browser, copy the text and save it as .txt or .docx",
    ".pptx": "save its text as .docx or .txt",
    ".ppt": "save its text as .docx or .txt",
    ".ass": "convert the captions to .srt or .vtt",
    ".ssa": "convert the captions to .srt or .vtt",
    ".sbv": "convert the captions to .srt or .vtt",
    ".7z": "unpack it first",
    ".rar": "unpack it first",
    ".gz": "unpack it first",
    ".tar": "unpack it first",
}
# .mx20 .mx24 .mx22bac .mex24 ...: projects and teamwork files of MAXQDA
_MAXQDA = re.compile(r"\.(?:mx\d{1,4}|mex\d{0,4}|mtr\d{0,4})[a-z]{0,4}")
_RECORDINGS = _set(
    """.mp3 .m4a .wav .wma .aac .flac .ogg .oga .opus .amr .aif .aiff .caf .dss .ds2 .3gp .mp4 .m4v .mov .avi .mkv .webm
    .wmv .mpg .mpeg .mts"""
)
_IMAGES = _set(".png .jpg .jpeg .gif .bmp .tif .tiff .heic .webp .svg")
_CLUTTER = re.compile(
    r"~\$.*|\._.*|\.~lock\..*#|\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r|\.localized|~WRL\d+\.tmp",
    re.IGNORECASE,
)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# First bytes that say what a file is, whatever its name; and the suffixes that go with them.
_SIGNS: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (_OLE, "an old or encrypted Office file", frozenset()),
    (_ZIP, "a zip container (Word, Excel, OpenDocument, an archive)", _set(".docx .xlsx .odt .qdpx .zip")),
    (b"%PDF-", "a PDF", frozenset({".pdf"})),
    (b"{\\rtf", "rich text (RTF)", frozenset({".rtf"})),
    (b"\x89PNG\r\n", "a picture", _IMAGES),
    (b"\xff\xd8\xff", "a picture", _IMAGES),
    (b"GIF8", "a picture", _IMAGES),
    (b"MZ", "a Windows program", frozenset()),
    (b"\x7fELF", "a program", frozenset()),
    (b"SQLite format 3\x00", "a database", frozenset()),
    (b"\x1f\x8b", "a packed file (gzip)", frozenset({".gz"})),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7-Zip)", frozenset({".7z"})),
    (b"Rar!", "a packed file (RAR)", frozenset({".rar"})),
)
_SOUNDS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"fLaC", b"OggS", b"\x1aE\xdf\xa3", b"#!AMR")
_ROSTER = frozenset({"code", "full_name"})


def names() -> tuple[str, ...]:
    """Names of all formats, sorted."""
    return tuple(name for name in plugins.names(deid.formats) if name not in _NO_FORMATS)


def load(name: str) -> ModuleType:
    """The format of that name."""
    return plugins.load(deid.formats, name)


def suffixes() -> dict[str, str]:
    """Every suffix that can be read, and the name of its format."""
    return {suffix: name for name in names() for suffix in load(name).SUFFIXES}


def choose(name: str, source: bytes) -> ModuleType:
    """The format of a file by its name and its first bytes. Raises FormatError with advice."""
    suffix, head = PurePath(name).suffix.lower(), source[:_HEAD]
    if not head:
        raise FormatError("the file is empty", hint="export the transcript again")
    if is_recording(name, head):
        raise FormatError(
            "this is a recording, not a transcript", hint="deid reads transcripts; keep the recording apart"
        )
    if suffix in _ADVICE or _MAXQDA.fullmatch(suffix):
        advice = _ADVICE.get(suffix, "export the project from MAXQDA as REFI-QDA (.qdpx)")
        raise FormatError(f"{suffix} files cannot be read safely", hint=advice)
    known = suffixes()
    if suffix not in known:
        raise FormatError(
            f"{suffix or 'a file without a suffix'} is not a format deid reads",
            hint=f"it reads {' '.join(sorted(known))}",
        )
    _refuse_mismatch(suffix, head)
    return load(known[suffix])


def _refuse_mismatch(suffix: str, head: bytes) -> None:
    """Raises FormatError where the first bytes say that the name is wrong."""
    if head.startswith(_OLE) and suffix in {".docx", ".xlsx"}:
        raise FormatError(
            "the file is encrypted or in an old Office format",
            hint=f"remove its password, or save it as {suffix} again",
        )
    for sign, what, fitting in _SIGNS:
        if head.startswith(sign) and suffix not in fitting:
            raise FormatError(
                f"it is named {suffix} but is {what}", hint="give it the right suffix, or export it again"
            )
        if suffix in fitting and suffix not in _IMAGES and sign != _OLE and not head.startswith(sign):
            raise FormatError(
                f"it is named {suffix} but is not {what}", hint="give it the right suffix, or export it again"
            )
    captions = head.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    if captions and suffix in {".txt", ".text", ".md", ".srt"}:
        raise FormatError(f"it is named {suffix} but holds WebVTT captions", hint="rename it to .vtt")


def skippable(name: str) -> bool:
    """Whether a file is clutter of an operating system or of an open Office program, to be passed over in silence."""
    return _CLUTTER.fullmatch(PurePath(name).name) is not None


def is_recording(name: str, head: bytes) -> bool:
    """Whether a file is sound or film, by its name or its first bytes."""
    is_riff = head.startswith(b"RIFF") and head[8:12] in {b"WAVE", b"AVI "}
    is_mp4 = head[4:8] == b"ftyp"
    return PurePath(name).suffix.lower() in _RECORDINGS or is_riff or is_mp4 or head.startswith(_SOUNDS)


def is_roster(head: bytes) -> bool:
    """Whether a file's first line is the header of a roster: `code,full_name,...`."""
    try:
        first = head.decode("utf-8-sig", "ignore").splitlines()[0]
        separator = max(",;\t", key=first.count)
        columns = next(csv.reader(io.StringIO(first), delimiter=separator))
    except (IndexError, StopIteration, csv.Error):
        return False
    return {column.strip().casefold().replace(" ", "_") for column in columns} >= _ROSTER
