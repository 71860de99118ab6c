"""The paragraphs of a paper, thesis or slide deck: what `deid quotes` reads. Nothing of it is written anywhere."""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

from deid.config import Formats
from deid.errors import DeidError, FormatError, SourceError
from deid.formats import choose

_TEXT = frozenset({"speech", "note", "comment", "heading", "cell", "title", "speaker", "alt_text"})
_SLIDE = re.compile(r"ppt/(?:slides|notesSlides)/(?:slide|notesSlide)(\d+)\.xml")
# <a:p ...> ... </a:p> is a paragraph of a slide, <a:t>Hello</a:t> a run of its text
_PARAGRAPH = re.compile(r"<a:p[ >].*?</a:p>", re.DOTALL)
_RUN = re.compile(r"<a:t(?: [^>]*)?>([^<]*)</a:t>|<a:br\b")
_LARGEST_SLIDE = 20 * 1024 * 1024
_LARGEST_PART = 200 * 1024 * 1024
_WORD = re.compile(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml")
# <w:p ...> ... </w:p>, and in it <w:delText xml:space="preserve">Hello</w:delText>
_WORD_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_DELETED = re.compile(r"<w:delText(?: [^>]*)?>([^<]*)</w:delText>")


def paragraphs(path: Path, settings: Formats) -> tuple[str, ...]:
    """Raises SourceError or FormatError naming the file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError("the paper cannot be read", where=str(path)) from error
    suffix = path.suffix.lower()
    if suffix == ".pptx":
        return tuple(_slides(path, data))
    if suffix in (".txt", ".md"):
        return tuple(_plain(_decoded(data), is_markdown=suffix == ".md"))
    if suffix != ".docx":
        raise FormatError(
            f"{suffix or 'this file'} is not a paper deid reads", where=path.name, hint="save it as .docx"
        )
    try:
        chosen = choose.choose(path.name, data)
        segments = chosen.read(data, settings)
    except DeidError as error:
        error.where = error.where or path.name
        raise
    # A label such as "P03:" that stands before a block quotation was read as a speaker and the quotation as speech.
    return tuple(segment.text for segment in segments if segment.kind in _TEXT)


def deletions(path: Path) -> tuple[str, ...]:
    """What tracked changes of a Word file have deleted: gone from the page, and still in the file."""
    if path.suffix.lower() != ".docx":
        return ()
    try:
        with zipfile.ZipFile(path) as package:
            parts = [info for info in package.infolist() if _WORD.fullmatch(info.filename)]
            texts = [package.read(info).decode("utf-8", "replace") for info in parts if info.file_size <= _LARGEST_PART]
    except (OSError, zipfile.BadZipFile, RuntimeError, EOFError) as error:
        raise FormatError("this file is damaged or encrypted", where=path.name, hint="save it again") from error
    blocks = (_WORD_PARAGRAPH.findall(text) for text in texts)
    joined = (unescape("".join(_DELETED.findall(block))) for own in blocks for block in own)
    return tuple(text for text in joined if text.strip())


def _plain(text: str, *, is_markdown: bool) -> Iterator[str]:
    """Paragraphs end at an empty line; lines inside one are joined, as writers wrap them."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        if block.strip():
            quoted = is_markdown and block.lstrip().startswith(">")
            plain = re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", block) if is_markdown else block
            yield plain if quoted else " ".join(plain.split())


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _slides(path: Path, data: bytes) -> Iterator[str]:
    """Slides and their notes in order. Read by shape, so that no XML reader can be led astray."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = [info for info in package.infolist() if _SLIDE.fullmatch(info.filename)]
            for info in sorted(names, key=_order):
                if info.file_size > _LARGEST_SLIDE:
                    raise FormatError("a slide of this deck is too large", where=path.name)
                xml = package.read(info).decode("utf-8", "replace")
                for paragraph in _PARAGRAPH.finditer(xml):
                    text = "".join(
                        unescape(run[1]) if run[1] is not None else " " for run in _RUN.finditer(paragraph[0])
                    )
                    if text.strip():
                        yield text
    except (zipfile.BadZipFile, RuntimeError, EOFError) as error:
        raise FormatError("this slide deck is damaged or encrypted", where=path.name, hint="save it again") from error


def _order(info: zipfile.ZipInfo) -> tuple[int, str]:
    match = _SLIDE.fullmatch(info.filename)
    return (int(match[1]) if match else 0, info.filename)
