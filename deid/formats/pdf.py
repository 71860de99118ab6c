"""PDF, read only: its text becomes a Word document with marks for pages. A PDF is never written.

A black box over a name hides it from the eye and from nobody else: the text stays below. So the text is taken out, with
what lies under boxes, and replaced like any other. Layout, pictures, remarks and properties stay behind.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import docx
from deid.formats._new_docx import new_docx
from deid.formats._text import check_size
from deid.model import Replacement, Segment

SUFFIXES = (".pdf",)
SUMMARY = "PDF, read only: its text becomes a Word document with page marks; scans are refused"
OUTPUT_SUFFIX = ".docx"
OUTPUT_FORMAT = "docx"

_HINT = "find the document that the PDF was made from, and give that to deid"
_SCAN = "run text recognition (OCR) on it, read the result through, and save it as .docx"
_MOST_PAGES = 3_000
_MOST_CHARACTERS = 20_000_000
# A page of a scan has no more than a stamp or a number on it.
_FEWEST_CHARACTERS = 12
# PDFium's sign for a hyphen at the end of a line
_HYPHEN = re.compile("[\ufffe\u00ad\x02]\\s*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of the Word document that the PDF's text becomes. Raises FormatError for scans."""
    check_size(source, settings)
    return docx.read(_document(source), settings)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """A Word document of the PDF's text with the replacements made."""
    check_size(source, settings)
    return docx.write(_document(source), replacements, settings)


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Everything but the text."""
    check_size(source, settings)
    return (f"layout, pictures, remarks and properties of a PDF ({_count(source)} pages)",)


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """Every part of the Word document as text, and their names."""
    yield from docx.parts(output)


def _document(source: bytes) -> bytes:
    """Read and write ask for the same one, so the last is kept."""
    return new_docx(_paragraphs(_pages(source)))


@lru_cache(maxsize=1)
def _pages(source: bytes) -> tuple[str, ...]:
    import pypdfium2

    pages, characters = [], 0
    pictures = 0
    document = _open(source)
    try:
        for number in range(_size(document)):
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            text = _CONTROL.sub("", _HYPHEN.sub("-", text)).replace("\r\n", "\n").replace("\r", "\n")
            characters += len(text)
            if characters > _MOST_CHARACTERS:
                raise FormatError("the PDF holds far more text than an interview", hint=_HINT)
            pictures += len(text.strip()) < _FEWEST_CHARACTERS and next(
                page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2), None
            ) is not None  # fmt: skip
            pages.append(text)
    except pypdfium2.PdfiumError:
        raise FormatError("a page cannot be read", where=f"page {len(pages) + 1}", hint=_HINT) from None
    finally:
        document.close()
    if pictures * 2 > len(pages) or not "".join(pages).strip():
        raise FormatError("this PDF is a scan: its pages are pictures without text", hint=_SCAN)
    return tuple(pages)


def _open(source: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FormatError("the PDF is encrypted", hint="save a copy without its password") from None
        raise FormatError("the PDF is damaged or cut short", hint=_HINT) from None


def _size(document: Any) -> int:
    count = len(document)
    if not 0 < count <= _MOST_PAGES:
        raise FormatError(f"the PDF has no page, or more than {_MOST_PAGES:,}", hint=_HINT)
    return count


def _count(source: bytes) -> int:
    return len(_pages(source))


def _paragraphs(pages: tuple[str, ...]) -> list[str]:
    """Lines that follow each other stay together, so that a name over a line's end is found."""
    found = []
    for number, text in enumerate(pages, 1):
        if len(pages) > 1:
            found.append(f"[page {number}]")
        found += [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    return found
