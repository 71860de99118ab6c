"""All samples of all formats: the files in `samples/` and those that are made here.

A new format puts a file into `samples/`, or a module `made_<name>.py` with a function `made() -> dict[name, bytes]`
beside this one, with a word that holds "canary" in every place that can hold a name.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from deid.formats import choose

HERE = Path(__file__).parent
FOLDER = HERE / "samples"


def token_at(text: str, start: int, token: str) -> str:
    """As `rewrite` puts it: inside existing brackets a token stands without its own."""
    return token.strip("[]") if text.rfind("[", 0, start) > text.rfind("]", 0, start) else token


@cache
def samples() -> tuple[tuple[str, str, bytes], ...]:
    """(format, name, bytes) of every sample."""
    files = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if not path.name.startswith(".")}
    for module in sorted(HERE.glob("made_*.py")):
        files |= import_module(f"tests.formats.{module.stem}").made()
    formats = choose.suffixes()
    return tuple((formats[Path(name).suffix.lower()], name, data) for name, data in files.items())
