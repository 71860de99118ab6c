"""All samples of all formats: the files in `samples/` and those that are made here."""

from functools import cache
from pathlib import Path

from deid.formats import choose
from tests.formats import made_docx

FOLDER = Path(__file__).parent / "samples"


def token_at(text: str, start: int, token: str) -> str:
    """As `rewrite` puts it: inside existing brackets a token stands without its own."""
    return token.strip("[]") if text.rfind("[", 0, start) > text.rfind("]", 0, start) else token


@cache
def samples() -> tuple[tuple[str, str, bytes], ...]:
    """(format, name, bytes) of every sample."""
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if not path.name.startswith(".")}
    formats = choose.suffixes()
    return tuple((formats[Path(name).suffix], name, data) for name, data in (files | made_docx.made()).items())
