"""The words of a PDF, page by page, for the CI check: pdfminer alone, so no picture library has to be installed."""

import io
from collections.abc import Iterator

from deid.errors import FormatError


def pages(source: bytes) -> Iterator[tuple[str, str]]:
    """(page 3, its words). Raises FormatError for what is encrypted or damaged, and for a page that is a picture."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    found = False
    try:
        for number, page in enumerate(extract_pages(io.BytesIO(source)), 1):
            found = True
            yield f"page {number}", "".join(each.get_text() for each in page if isinstance(each, LTTextContainer))
    except FormatError:
        raise
    except Exception:  # noqa: BLE001  (pdfminer raises what it likes, and its messages quote the file)
        raise FormatError("the PDF is damaged or encrypted", hint="export it again, without a password") from None
    if not found:
        raise FormatError("the PDF has no page that can be read", hint="export it again")
