"""Rich text, through LibreOffice: it becomes a Word document, which is then read and written like any other."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import docx
from deid.formats._text import check_size
from deid.model import Replacement, Segment

SUFFIXES = (".rtf",)
SUMMARY = "rich text, where LibreOffice is installed: becomes a Word document with its formatting; else refused"
OUTPUT_SUFFIX = ".docx"
OUTPUT_FORMAT = "docx"

_HINT = "open it in Word and save it as a Word Document (.docx)"
_WORD = "docx:MS Word 2007 XML"
_SECONDS = 120
_MOST_BYTES = 64 * 1024 * 1024
_MOST_GROUPS = 2_000
# What could make LibreOffice open another file or an address, or start a program.
_REACHES_OUT = re.compile(
    rb"INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|\bDDE\b|\bIMPORT\b|\\objdata|\\objclass|\\template|\\subdocument",
    re.IGNORECASE,
)
_BRACES = re.compile(rb"\\\\|\\[{}]|[{}]")
_PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of the Word document that the file becomes. Raises FormatError without LibreOffice."""
    return docx.read(_document(source, settings), settings)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """A Word document with the replacements made."""
    return docx.write(_document(source, settings), replacements, settings)


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """What the rules for Word documents drop, and the form of the file."""
    return (
        *docx.dropped(_document(source, settings), settings),
        "the form of rich text: it becomes a Word document (1)",
    )


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """Every part of the Word document as text, and their names."""
    yield from docx.parts(output)


def libreoffice() -> str | None:
    """Where LibreOffice is, if it is installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _document(source: bytes, settings: Formats) -> bytes:
    check_size(source, settings)
    _check(source)
    program = libreoffice()
    if program is None:
        raise FormatError("rich text is read through LibreOffice, which is not installed", hint=_HINT)
    return _converted(source, program)


def _check(source: bytes) -> None:
    """Raises FormatError before anything is started, for what is damaged or could reach out."""
    if not source.startswith(b"{\\rtf"):
        raise FormatError("this is not rich text", where="line 1", hint=_HINT)
    if len(source) > _MOST_BYTES:
        raise FormatError(f"the file is larger than {_MOST_BYTES // 2**20} MiB", hint=_HINT)
    if _REACHES_OUT.search(source):
        raise FormatError("the file refers to other files or holds objects", hint=_HINT)
    depth = 0
    for found in _BRACES.finditer(source):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if depth > _MOST_GROUPS or (depth <= 0 and source[found.end() :].strip(b"\r\n\t \x00")):
            line = source.count(b"\n", 0, found.start()) + 1
            raise FormatError("the groups of the file do not fit each other", where=f"line {line}", hint=_HINT)
    if depth:
        raise FormatError("the file is cut short", hint=_HINT)


@lru_cache(maxsize=1)
def _converted(source: bytes, program: str) -> bytes:
    """Read and write ask for the same document, so the last is kept. The profile is empty: no settings, no macros."""
    with tempfile.TemporaryDirectory(prefix="deid-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "in.rtf").write_bytes(source)
        profile = (folder / "profile").as_uri()
        options = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}"]
        command = [program, *options, "--convert-to", _WORD, "--outdir", str(folder), str(folder / "in.rtf")]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            return (folder / "in.docx").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise FormatError("LibreOffice cannot read this file", hint=_HINT) from None
