"""Zip containers (Word, OpenDocument, REFI-QDA, archives): opened with limits, written the same bytes every time."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from deid.errors import FormatError

# A 500-page Word file with pictures has a few hundred parts; a qdpx of a large study some thousands.
MOST_ENTRIES = 20_000
# XML packs 10 to 40 times, a page of repeated rows about 100 times. Above both limits a container is a bomb.
MOST_RATIO = 200
FREE_BYTES = 64 * 1024 * 1024
MOST_BYTES = 2 * 1024 * 1024 * 1024
# One part is read into memory: a document of 500 pages has about 15 MiB of XML.
MOST_PART = 256 * 1024 * 1024
# The earliest time that a zip can hold: entry times would tell when somebody worked on the interview.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16
_DRIVE = re.compile(r"[A-Za-z]:")
# word/header2.xml   xl/workbook.xml   content.xml   [Content_Types].xml
_PROGRAMS_NAME = re.compile(
    r"(?:word|docProps|xl(?:/worksheets)?)/[a-zA-Z]{1,24}\d{0,4}\.xml|(?:content|styles|meta|settings)\.xml|mimetype"
    r"|\[Content_Types\]\.xml|META-INF/manifest\.xml|(?:word/|xl/)?_rels/[a-z]{0,12}(?:\.xml)?\.rels|project\.qde"
)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def open_container(source: bytes) -> zipfile.ZipFile:
    """The container, checked before anything is unpacked. Raises FormatError for whatever is not plainly safe."""
    try:
        container = zipfile.ZipFile(io.BytesIO(source))
    except _UNREADABLE:
        raise FormatError(
            "the file is damaged or cut short", hint="open it where it was made and save it again"
        ) from None
    entries = container.infolist()
    if len(entries) > MOST_ENTRIES:
        raise FormatError(f"the container has more than {MOST_ENTRIES} parts")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES or (total > FREE_BYTES and total > MOST_RATIO * len(source)):
        raise FormatError("the container unpacks to far more than its size (a zip bomb)")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        _check_entry(entry, number)
        folded = entry.filename.casefold()
        if folded in seen:
            raise FormatError("two parts have the same name", where=f"part {number}", hint="save the file again")
        seen.add(folded)
    return container


def _check_entry(entry: zipfile.ZipInfo, number: int) -> None:
    where = f"part {number}"
    name = entry.orig_filename.replace("\\", "/")
    if entry.flag_bits & 0x1:
        raise FormatError("the container is encrypted", where=where, hint="remove its password and save it again")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\x00" in name or not name:
        raise FormatError("a part's name points outside the container", where=where)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FormatError("a part is a symbolic link", where=where)


def read_part(container: zipfile.ZipFile, name: str) -> bytes:
    """One part unpacked. Raises FormatError if it is damaged or too large."""
    if container.getinfo(name).file_size > MOST_PART:
        raise FormatError(f"a part is larger than {MOST_PART // 1024 // 1024} MiB", where=_shown(name))
    try:
        return container.read(name)
    except _UNREADABLE:
        raise FormatError("a part is damaged", where=_shown(name), hint="save the file again") from None


def write_container(parts: Mapping[str, bytes], *, stored: Iterable[str] = ()) -> bytes:
    """A container of these parts in this order. Names in `stored` are not packed. No times, no system, no comment."""
    plain = frozenset(stored)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as container:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.create_system = 0
            entry.external_attr = _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_STORED if name in plain else zipfile.ZIP_DEFLATED
            container.writestr(entry, data, compresslevel=6)
    return output.getvalue()


def text_parts(output: bytes) -> Iterator[tuple[str, str]]:
    """Every part of a container, and its names, as text: what a search for leftovers reads."""
    container = open_container(output)
    yield "names", "\n".join(container.namelist())
    for name in container.namelist():
        if not name.endswith("/"):
            yield name, read_part(container, name).decode("utf-8", "replace")


def _shown(name: str) -> str:
    """A part's name for a message, if it is one that a program gives and no person."""
    return name if _PROGRAMS_NAME.fullmatch(name) else "a part"
