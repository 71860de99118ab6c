"""References of cases, incidents, courts and services, in the shapes that the region pack's references.toml gives."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import Caseless, caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.spoken import BEGINS, said_numbers
from deid.detect.triggers import DIGIT
from deid.detect.words import has_digit, word_forms
from deid.errors import SettingsError
from deid.fold import fold
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "Crime reference, ⟦46/998877/21⟧, I can say it in my sleep.",
    "the crime ref was ⟦forty six stroke nine nine eight eight seven seven stroke twenty one⟧",
    "I phoned 101, I got ⟦CAD 29-0998⟧ and heard nothing.",
    "It's ⟦CAD 1988 of 21 March⟧ on the log.",
    "Custody record ⟦46QX/9988/21⟧.",
    "He went to the Crown Court, ⟦T20219988⟧, URN ⟦46QX0998821⟧.",
    "the family court one, ⟦QX21C99887⟧",
    "reported as ⟦[2021] EWFC 99 (B)⟧",
    "our Mosaic number ⟦9988776⟧",
    "the liquid logic id is ⟦998877⟧ and that never changes",
    "her mosaic number's ⟦nine nine eight eight seven seven⟧",
    "A badge, ⟦PHV 9988⟧, on the dashboard.",
    "the number i had was ⟦cad zero nine oh four one two⟧",
    "The CAD was slow in 2019, and we had 46 of them.",
    "It was 12-14 hours, 2 of 3 nights, 24/7.",
    "The crime figures went from 2018 to 2019, up 46 per cent.",
    "Court was at 10.30 on the 4th.",
    "I read Working Together 2018 and section 20, 47 and 17.",
    "We get 300 contacts a week on Mosaic.",
)

# Only figures, perhaps with spaces: then the cue must lead straight to the number.
_PLAIN_DIGITS = re.compile(r"[\d\s]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# "number is", ", um, it's": what may stand between a cue and its number.
_STRAIGHT = (
    r"(?:\W{1,3}(?:number|no|ref|reference|id|record|is|was|it|s|of|the|for|him|her|one|um|uh|er)\b){0,5}\W{1,4}$"
)
_SENTENCE = re.compile(r"[.?!](?=\s)")
_WINDOW = 90
_DIGITS = re.compile(r"\d+")
_MARGIN = 30  # the longest stretch of a reference without a digit ("of the 14th September", " forward slash ")

_BY_SHAPE = "a reference by its shape"
_BY_CUE = "a reference by its shape and the words beside it"
_SAID = "a reference that is said digit by digit"


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: str
    category: Category
    needs_cue: bool
    pattern: Caseless = field(repr=False)
    cue: Caseless = field(repr=False)
    lead: Caseless = field(repr=False)
    cue_words: frozenset[str] = field(repr=False)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("case_references", finder(region), BEGINS | {DIGIT})


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over the shapes of this region's references."""
    shapes = _shapes(region)
    uncued = _any_of(shape.pattern for shape in shapes if not shape.needs_cue)

    def find(passage: Passage) -> Iterator[Claim]:
        best: dict[tuple[int, int], Claim] = {}
        for claim in (*_written(passage, shapes, uncued), *_said(passage.text, shapes)):
            standing = best.get((claim.start, claim.end))
            if standing is None or claim.confidence > standing.confidence:
                best[claim.start, claim.end] = claim
        yield from best.values()

    return find


def _written(passage: Passage, shapes: tuple[_Shape, ...], uncued: Caseless | None) -> Iterator[Claim]:
    text = passage.text
    if not has_digit(text):
        return
    forms = word_forms(text)
    has_uncued = uncued is None or uncued.search(text) is not None
    for shape in shapes:
        if shape.needs_cue and shape.cue_words and shape.cue_words.isdisjoint(forms):
            continue
        if not shape.needs_cue and not has_uncued:
            continue
        for match in _matches(text, shape.pattern):
            confidence = _judge(passage, shape, match)
            if confidence:
                start = _label_start(text, match.start()) if shape.kind == "incident_number" else match.start()
                why = _BY_CUE if shape.needs_cue else _BY_SHAPE
                yield Claim(start, match.end(), shape.category, shape.kind, confidence, why)


def _matches(text: str, pattern: Caseless) -> Iterator[re.Match[str]]:
    """Matches of a pattern, looked for only around digits: there are many shapes, and few digits in speech."""
    for start, end in _around_digits(text):
        yield from pattern.finditer(text, start, end)


@lru_cache(maxsize=4)
def _around_digits(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for digits in _DIGITS.finditer(text):
        start, end = max(0, digits.start() - _MARGIN), min(len(text), digits.end() + _MARGIN)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return tuple(found)


def _judge(passage: Passage, shape: _Shape, match: re.Match[str]) -> float:
    value = match[0].strip()
    leads = bool(shape.lead.search(passage.text, max(0, match.start() - _WINDOW), match.start()))
    if _PLAIN_DIGITS.fullmatch(value):
        return 0.85 if leads and not _YEAR.fullmatch(value) else 0.0
    is_cued = leads or bool(shape.cue.search(_sentence_around(passage.text, match)))
    if shape.needs_cue:
        return 0.85 if is_cued else 0.0
    is_as_written = value == value.upper() and not passage.is_lower
    digits = sum(map(str.isdigit, value))
    if is_cued:
        return 0.95
    return 0.85 if is_as_written or digits >= 6 else 0.0


def _said(text: str, shapes: tuple[_Shape, ...]) -> Iterator[Claim]:
    for number in said_numbers(text):
        for shape in shapes:
            is_shape = bool(shape.pattern.fullmatch(number.digits)) and number.count >= 4
            leads = bool(shape.lead.search(text, max(0, number.start - _WINDOW), number.start))
            if is_shape and (leads or not (shape.needs_cue or number.digits.isdigit())):
                start = _label_start(text, number.start) if shape.kind == "incident_number" else number.start
                yield Claim(start, number.end, shape.category, shape.kind, 0.85, _SAID)
                break


def _sentence_around(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    behind = text[match.end() : match.end() + 40]
    ends = [end.end() for end in _SENTENCE.finditer(before)]
    stop = _SENTENCE.search(behind)
    return f"{before[ends[-1] if ends else 0 :]} | {behind[: stop.start() if stop else len(behind)]}"


def _label_start(text: str, start: int) -> int:
    """ "CAD 29-0998" goes as a whole: its bare number means little."""
    return start - 4 if text[max(0, start - 4) : start].lower() == "cad " else start


def _shapes(region: Region) -> tuple[_Shape, ...]:
    rows = region.references.get("reference", ())
    if not isinstance(rows, list):
        raise SettingsError("reference is a list of tables", where="references.toml")
    return tuple(_shape(row) for row in rows)


def _any_of(patterns: Iterable[Caseless]) -> Caseless | None:
    """Finds something wherever one of them does; None where they cannot be joined, because groups have numbers."""
    sources = [pattern.pattern for pattern in patterns]
    if not sources or any(re.compile(source).groups for source in sources):
        return None
    return caseless("|".join(sources))


def _first_words(cues: list[object]) -> frozenset[str]:
    """The words of which a text holds one if it holds a cue; none where a cue has no words."""
    words = frozenset(fold(str(cue)).partition(" ")[0] for cue in cues)
    return frozenset() if "" in words else words


def _shape(row: dict[str, object]) -> _Shape:
    where = f"references.toml, {row.get('name', '?')}"
    cues = row.get("cues")
    if not isinstance(cues, list):
        raise SettingsError("a reference lists its cues", where=where)
    cue = rf"\b(?:{'|'.join(re.escape(str(each)) for each in sorted(cues, key=len, reverse=True))})\b"
    try:
        return _Shape(
            kind=str(row["kind"]),
            category=Category(str(row["category"])),
            needs_cue=bool(row["needs_cue"]),
            pattern=caseless(rf"(?<![\w/])(?:{row['regex']})(?![\w])"),
            cue=caseless(cue),
            lead=caseless(cue + _STRAIGHT),
            cue_words=_first_words(cues),
        )
    except (KeyError, ValueError, re.error) as error:
        raise SettingsError("a reference needs kind, category, needs_cue and a regex", where=where) from error
