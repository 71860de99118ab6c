"""Every text that a file holds: its own, and those of the parts of documents, workbooks, notebooks and archives.

Only the standard library, so that the check starts at once. A document's words are read from its XML with the runs of
a paragraph joined, for Word parts names between them; what a page shows is not asked.
"""

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from os.path import splitext

from deid.check.encoded import encoded
from deid.check.findings import Text, Unread
from deid.errors import FormatError

LARGEST = 200 * 1024 * 1024
MOST_DEPTH = 4
_MOST_PARTS = 20_000
_MOST_RATIO = 200
_FREE = 64 * 1024 * 1024
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, tarfile.TarError, OSError, EOFError, NotImplementedError,
    RuntimeError, ValueError, KeyError,
)  # fmt: skip
_DAMAGE = "the archive is damaged, encrypted or cut short"

_MARKS_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_MARKS = (b"\xff\xfe", b"\xfe\xff", *_MARKS_32)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
_ZIP_END = b"PK\x05\x06"
_GZIP_NAME = re.compile(rb"\x1f\x8b\x08[\x08\x18].{6}([^\x00]{1,500})\x00", re.S)  # what the file was called
_CONTAINERS = frozenset(".docx .docm .odt .ods .odp .xlsx .xlsm .pptx .qdpx .zip .epub".split())
_CLOSED = {b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!": "RAR", b"\xd0\xcf\x11\xe0": "old or encrypted Office"}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"wOF")
Readers = Mapping[bytes, Callable[[bytes], Iterable[tuple[str, str]]]]
_NO_READERS: Readers = {}
_PACKED_OUTPUTS = ("image/", "application/pdf")
_LFS = b"version https://git-lfs.github.com/spec/"
_MARKUP = frozenset(".xml .rels .qde .fodt .xhtml .vml".split())

# </w:p>, <w:br/>, </text:p>, </si>, </row>: where a reader sees a new line. </w:tc>, </c>: a new cell.
_BREAKS = re.compile(
    r"</(?:\w+:)?(?:p|h|si|row|comment|tr|table-row|Description|PlainText)>|<(?:\w+:)?(?:br|cr|line-break)\b[^<>]*>"
)
_CELLS = re.compile(
    r"</(?:\w+:)?(?:c|v|tc|td|table-cell|t-cell)>|<(?:\w+:)?tab\b[^<>]*/?>|<text:s\b[^<>]*>|</dc:\w+>|</(?:cp|vt):\w+>"
)
_TAG = re.compile(r"<[^<>]*>")
# w:author="...", descr="...", Target="mailto:...", name="...": where Office programs keep words outside the text.
_WORDS = re.compile(
    r"\b(?:\w+:)?(?:author|initials|descr|title|name|target|alt|user\w*|\w*path|creat\w*|modif\w*|display\w*|tooltip"
    r"|instr|string-value|value|href)=(?:\"([^\"<>]*)\"|'([^'<>]*)')",
    re.I,
)
_PRINTABLE = re.compile(rb"[\x20-\x7e\t\xc2-\xf4\x80-\xbf]{6,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00(?:\x00\x00)?){6,}")  # UTF-16 and UTF-32
_DECLARED = re.compile(rb"^<\?xml[^>]{0,80}encoding=[\"']([\w.-]{1,30})")


def texts(name: str, data: bytes, readers: Readers = _NO_READERS) -> Iterator[Text | Unread]:
    """Raises FormatError for what has to be readable and is not. `name` is a path; only its suffix matters here.

    readers: for kinds that the standard library cannot read, by their first bytes: (part, text) of each page.
    """
    signs = (*_ZIP, *_PACKED, *_PICTURES, *readers)
    for one in _texts(name, data, readers, 0):
        yield one
        if isinstance(one, Text) and not one.is_guess:
            for line, held in encoded(one.text, signs):
                yield from _inside(_joined(one.part, f"base64 in line {line}"), held, "", readers, 1)


def _texts(name: str, data: bytes, readers: Readers, depth: int) -> Iterator[Text | Unread]:
    suffix = splitext(name)[1].lower()  # noqa: PTH122  (for each file; a path object costs as much as its scan)
    if len(data) > LARGEST:
        raise FormatError(f"it is larger than {LARGEST >> 20} MiB", hint="split it, or keep it out of the repository")
    if not data:
        return
    if own := next((read for sign, read in readers.items() if data.startswith(sign)), None):
        yield from (Text(part, text, is_plain=False) for part, text in own(data))
    elif data.startswith(_ZIP) or suffix in _CONTAINERS:
        yield from _zipped(data, readers, depth)
    elif packed := next((opened for sign, opened in _PACKED.items() if data.startswith(sign)), None):
        if kept := _GZIP_NAME.match(data):
            yield Text("names", kept[1].decode("utf-8", "replace"), is_plain=False)
        yield from _inside("", _unpacked(packed, data), name.removesuffix(suffix), readers, depth)
    elif data.startswith(b"%PDF-"):
        raise FormatError("no reader of PDF is installed", hint="pip install pdfminer.six")
    elif closed := next((what for sign, what in _CLOSED.items() if data.startswith(sign)), ""):
        raise FormatError(f"nothing inside a file of the kind {closed} can be read", hint="save it in an open format")
    elif suffix == ".tar" or data[257:262] == b"ustar":
        yield from _tarred(data, readers, depth)
    elif data.startswith(_LFS):
        yield Unread("", "a pointer of git-lfs: its contents are not here")
    elif data.startswith(_PICTURES) or suffix in {".ttf", ".woff", ".woff2", ".ico", ".webp"}:
        yield from _guessed(data, "a picture or a font: only its printable stretches are read", readers, depth)
    elif is_binary(data):
        yield from _guessed(data, "no text: only its printable stretches are read", readers, depth)
    elif suffix == ".ipynb":
        yield from _notebook(decoded(data), readers, depth)
    elif suffix in _MARKUP or data[:100].lstrip().startswith(b"<?xml"):
        yield from _marked(decoded(data))
    else:
        yield Text("", decoded(data))
        if b"\x00" in data and not data.startswith(_MARKS):
            yield from _guessed(
                data, "no text from some place on: there only its printable stretches are read", readers, depth
            )


def _guessed(data: bytes, why: str, readers: Readers, depth: int) -> Iterator[Text | Unread]:
    """A binary of no known kind; many a one has an archive behind it, and opens as both."""
    yield Unread("", why)
    yield Text("", _printable(data), is_plain=False, is_guess=True)
    if _ZIP_END in data[-66_000:] and zipfile.is_zipfile(io.BytesIO(data)):
        yield from _zipped(data, readers, depth)


def decoded(data: bytes) -> str:
    """As UTF-8, UTF-16 or UTF-32 by its mark, or Windows-1252, where every byte is something."""
    if data.startswith(_MARKS):
        return data.decode("utf-32" if data.startswith(_MARKS_32) else "utf-16", "replace")
    if declared := _DECLARED.match(data):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        wide = _looks_wide(data)
        return data.decode(wide, "replace") if wide else data.decode("cp1252", "replace")


def is_binary(data: bytes) -> bool:
    """A zero byte among the first, and not UTF-16: the rule that git has."""
    return b"\x00" in data[:8000] and not data.startswith(_MARKS)


def _looks_wide(data: bytes) -> str:
    return "utf-16-le" if data[1:200:2].count(0) > 60 else ""


def _printable(data: bytes) -> str:
    narrow = b"\n".join(_PRINTABLE.findall(data)).decode("utf-8", "replace")
    return narrow + "\n" + b"\n".join(_WIDE.findall(data)).replace(b"\x00", b"").decode("latin-1")


def _inside(part: str, data: bytes, name: str, readers: Readers, depth: int) -> Iterator[Text | Unread]:
    """The texts of a part, under its name."""
    if depth >= MOST_DEPTH:
        raise FormatError("archives lie in archives more than four deep", hint="unpack it first")
    for one in _texts(name, data, readers, depth + 1):
        if isinstance(one, Unread):
            yield Unread(_joined(part, one.path), one.why)
        else:
            yield Text(_joined(part, one.part), one.text, is_plain=one.is_plain, is_guess=one.is_guess)


def _joined(part: str, inner: str) -> str:
    return f"{part}/{inner}" if part and inner else part or inner


def _zipped(data: bytes, readers: Readers, depth: int) -> Iterator[Text | Unread]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        total = sum(entry.file_size for entry in entries)
        if len(entries) > _MOST_PARTS or (total > _FREE and total > _MOST_RATIO * len(data)) or total > 8 * LARGEST:
            raise FormatError("it unpacks to far more than its size (a zip bomb)")
        names = (f"{entry.filename}\n{entry.comment.decode('utf-8', 'replace')}".strip() for entry in entries)
        yield Text("names", "\n".join(names), is_plain=False)
        for entry in entries:
            if entry.file_size > LARGEST:
                raise FormatError(f"a part is larger than {LARGEST >> 20} MiB")
            yield from _inside(entry.filename, archive.read(entry), entry.filename, readers, depth)
        comment = archive.comment.decode("utf-8", "replace")
        if comment:
            yield Text("comment", comment, is_plain=False)
    except FormatError:
        raise
    except _DAMAGED:
        raise FormatError(_DAMAGE, hint="save it again, without a password") from None


def _tarred(data: bytes, readers: Readers, depth: int) -> Iterator[Text | Unread]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            members = archive.getmembers()
            yield Text("names", "\n".join(f"{one.name} {one.linkname}" for one in members), is_plain=False)
            for member in members:
                stream = archive.extractfile(member) if member.isfile() else None
                if stream is not None:
                    yield from _inside(member.name, stream.read(LARGEST + 1), member.name, readers, depth)
    except FormatError:
        raise
    except _DAMAGED:
        raise FormatError(_DAMAGE, hint="pack it again") from None


def _unpacked(opened: object, data: bytes) -> bytes:
    try:
        with opened(io.BytesIO(data)) as stream:  # type: ignore[operator]
            unpacked: bytes = stream.read(LARGEST + 1)
    except _DAMAGED:
        raise FormatError(_DAMAGE, hint="pack it again") from None
    return unpacked


def _marked(markup: str) -> Iterator[Text]:
    """The words between the tags, a paragraph a line; and those that are kept in attributes."""
    broken = _CELLS.sub("\t", _BREAKS.sub("\n", markup.replace("\r", "").replace("\n", " ")))
    yield Text("", html.unescape(_TAG.sub("", broken)), is_plain=False)
    values = (double or single for double, single in _WORDS.findall(markup))
    kept = list(dict.fromkeys(html.unescape(value) for value in values if any(map(str.isalnum, value))))
    if kept:
        yield Text("attributes", "\n".join(kept), is_plain=False)


def _notebook(text: str, readers: Readers, depth: int) -> Iterator[Text | Unread]:
    """Cells and their outputs as a reader sees them; a notebook that is not JSON is read as it stands."""
    try:
        book = json.loads(text)
        cells = book["cells"]
        if not isinstance(cells, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Text("", text)
        return
    for number, cell in enumerate(cells, 1):
        for place, words in _strings(cell, ()):
            part = f"cell {number}{' output' if 'outputs' in place else ''}"
            if any(step.startswith(_PACKED_OUTPUTS) for step in place) and (packed := _unpacked_base64(words)):
                yield from _inside(part, packed, "", readers, depth)
            else:
                yield Text(part, words, is_plain=False)
    yield Text("metadata", json.dumps(book.get("metadata", {}), ensure_ascii=False), is_plain=False)


def _unpacked_base64(words: str) -> bytes:
    try:
        return base64.b64decode(words)
    except ValueError:
        return b""


def _strings(value: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in a cell; a list of lines is one text."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        yield place, "\n".join(map(str, value))
        for name, inner in value.items():
            yield from _strings(inner, (*place, str(name)))
    elif isinstance(value, list):
        if value and all(isinstance(one, str) for one in value):
            yield place, "".join(value)
        else:
            for inner in value:
                yield from _strings(inner, place)
