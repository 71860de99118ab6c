"""`deid selftest`: an invented surname in every place of every format, replaced, and looked for in all that is written.

The names are passed as known, so no model is needed: what is tested is that every place is read, replaced or dropped,
and that nothing is left in any part of the output.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from urllib.parse import unquote

from deid.config import Formats
from deid.formats import choose, rtf
from deid.model import Replacement, Segment, Span
from deid.study.evaluate.planting import BUILDERS
from deid.study.outputs import draft_name

Random = Callable[[int], bytes]

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_SYLLABLES = 4
_PLACES_A_FORMAT = len(_CONSONANTS) * len(_VOWELS) ** 2


@dataclass(frozen=True, slots=True)
class FormatResult:
    """One format: the places that a name was planted in, and those where it was found again."""

    format: str
    places: tuple[str, ...]
    survivors: tuple[str, ...]
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class _Planted:
    """A sample and the word that was planted in each of its places."""

    data: bytes = field(repr=False)
    words: dict[str, str] = field(repr=False)


def run_all(random: Random, settings: Formats) -> tuple[FormatResult, ...]:
    """Every format, in the order of their names. Raises FormatError if a sample cannot be read or written."""
    surname = _surname(random)
    return tuple(_test(name, surname, settings) for name in sorted(BUILDERS))


def _test(name: str, surname: str, settings: Formats) -> FormatResult:
    planted = _plant(name, surname)
    module = choose.choose(f"{surname}{choose.load(name).SUFFIXES[0]}", planted.data)
    if name == "rtf" and rtf.libreoffice() is None:
        return FormatResult(name, (), (), left_out="LibreOffice is not installed")
    segments = module.read(planted.data, settings)
    output = module.write(planted.data, tuple(_replacements(segments, surname)), settings)
    written = tuple(_written(module, output))
    survivors = [place for place, word in planted.words.items() if any(word.casefold() in text for text in written)]
    return FormatResult(name, tuple(planted.words), tuple(survivors))


def _plant(name: str, surname: str) -> _Planted:
    """The sample, with a word for each place: all begin with the surname, so that one pattern finds them."""
    words: dict[str, str] = {}

    def at(place: str) -> str:
        return words.setdefault(place, surname + _ending(len(words)))

    return _Planted(BUILDERS[name](at), words)


def _ending(number: int) -> str:
    """Three letters that tell the places of one format apart: bae, bai ..."""
    if number >= _PLACES_A_FORMAT:
        raise ValueError("a format has more places than there are endings")
    first, rest = divmod(number, len(_VOWELS) ** 2)
    second, third = divmod(rest, len(_VOWELS))
    return _CONSONANTS[first] + _VOWELS[second] + _VOWELS[third]


def _surname(random: Random) -> str:
    """A fresh word that looks like a name and is nobody's: Zufimobe."""
    drawn = random(2 * _SYLLABLES)
    letters = [
        _CONSONANTS[drawn[2 * number] % len(_CONSONANTS)] + _VOWELS[drawn[2 * number + 1] % len(_VOWELS)]
        for number in range(_SYLLABLES)
    ]
    return "".join(letters).capitalize()


def _replacements(segments: Sequence[Segment], surname: str) -> Iterator[Replacement]:
    """Each planted word as a token. Brackets never nest: inside existing ones the token stands without its own."""
    pattern = re.compile(rf"{surname}\w{{3}}", re.IGNORECASE)
    for index, segment in enumerate(segments):
        for number, found in enumerate(pattern.finditer(segment.text), 1):
            before = segment.text[: found.start()]
            is_inside = before.rfind("[") > before.rfind("]")
            token = f"Person {number}" if is_inside else f"[Person {number}]"
            yield Replacement(Span(index, *found.span()), token, "pseudonymisation")


def _written(module: ModuleType, output: bytes) -> Iterator[str]:
    """Everything that is written, in each spelling that a program would undo, and the name that it gets."""
    suffix = getattr(module, "OUTPUT_SUFFIX", module.SUFFIXES[0])
    yield draft_name("T01-1", suffix).casefold()
    yield output.decode("latin-1").casefold()
    for _, text in module.parts(output):
        for spelling in (text, html.unescape(text), unquote(text)):
            yield spelling.casefold()
