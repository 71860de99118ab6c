"""People that the language models name, trimmed to the name and weighed by lists and neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.names import has_case, is_owner, is_suffix, is_tied, looks_like_a_place_or_body
from deid.detect.neighbours import person_context
from deid.detect.passage import Claim, Passage
from deid.detect.person_words import (
    BY_NAME_OPENERS,
    PARTICLES,
    PEOPLES,
    RELATIONS,
    WORD_TITLES,
    WORDS_AS_NAMES,
)
from deid.detect.presidio import as_recogniser
from deid.detect.votes import votes
from deid.detect.words import Word, before, joins, opens_sentence, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "I spoke to ‹PERSON|⟦Oyelaran Whitcombe⟧’s› manager.",
    "Then ‹PERSON|DS ⟦Whitcombe⟧› came in.",
    "‹PERSON|⟦Tess⟧ and ⟦Marlon⟧› both said so.",
    "‹SURNAME|rang› ‹GIVEN_NAME|⟦Tess⟧› about it.",
    "It was ‹GIVEN_NAME|⟦Anne›-Marie⟧ again.",
    "She's with ‹PERSON|⟦Dirk van der Meer⟧›, I think.",
    "so then ‹GIVEN_NAME|⟦tess⟧› came round",
    "And ‹GIVEN_NAME|it› was about ‹SURNAME|nine›.",
    "They put ‹GIVEN_NAME|CID› on it.",
    "She lives in ‹GPE|Whitby›.",
    "He was asked, inter ‹PERSON|alia›, about ‹PERSON|⟦Alia⟧›.",
)

_STANDS_FOR_PEOPLE = (RELATIONS | WORD_TITLES) - WORDS_AS_NAMES
_FAINTEST = 0.3
# Alia is a name, and so is Gratia, but not here.
_LATIN = frozenset((("inter", "alia"), ("ex", "gratia"), ("prima", "facie"), ("bona", "fide"), ("vice", "versa")))

# Particles that open a surname; "la", "o" and "st" open other things as well.
_OPENING_PARTICLES = PARTICLES & frozenset(
    ("van", "von", "de", "di", "da", "du", "del", "della", "el", "al", "bin", "ibn", "mac", "mc", "ap", "ferch")
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)

    def find(passage: Passage) -> Iterator[Claim]:
        words = words_of(passage.text)
        voted = votes(passage, words, lists)
        for first, stop in _stretches(passage, words, sorted(voted), lists):
            chance = 1 - _product(1 - chance for at in range(first, stop) for chance in [voted.get(at, 0.0)])
            confidence = _weigh(passage, words, _Name(first, stop, chance), lists)
            if confidence >= _FAINTEST:
                start, end = words[first].start, words[stop - 1].end
                yield Claim(start, end, Category.PERSON, "name", confidence, "a language model names a person")

    return as_recogniser("people", find)


@dataclass(frozen=True, slots=True)
class _Name:
    """words[first:stop] and the models' chance that it is a name."""

    first: int
    stop: int
    chance: float


def _stretches(
    passage: Passage, words: tuple[Word, ...], voted: Sequence[int], lists: NameLists
) -> Iterator[tuple[int, int]]:
    """Voted words that stand together as one name, with the particles between and what belongs to it on both sides."""
    text, done = passage.text, 0
    for at in voted:
        if at < done:
            continue
        first, stop = at, at + 1
        while first > done and _belongs_before(passage, words, first - 1, lists):
            first -= 1
        while (step := _step(text, words, stop, voted)) > stop:
            stop = step
        yield first, stop
        done = stop


def _belongs_before(passage: Passage, words: tuple[Word, ...], at: int, lists: NameLists) -> bool:
    """Whether words[at] belongs to the name behind it: Hope in "Hope Bell", de in "de Souza", Big in "Big Col"."""
    word, text = words[at], passage.text
    if not word.low.isalpha() or not joins(text, word, words[at + 1]) or is_suffix(text, words, at):
        return False
    if is_tied(text, word, words[at + 1]) or word.low in _OPENING_PARTICLES:
        return True
    if not has_case(passage):
        return word.low in lists.given
    return word.is_capital and (word.low in lists.given or word.low in BY_NAME_OPENERS)


def _step(text: str, words: tuple[Word, ...], stop: int, voted: Sequence[int]) -> int:
    """The stop of the name once it takes in the word behind it, or the same stop."""
    for beyond in range(stop, min(stop + 3, len(words))):
        if not joins(text, words[beyond - 1], words[beyond]) or is_suffix(text, words, beyond):
            return stop
        if is_owner(text, words, beyond - 1):
            return stop
        is_initial = len(words[beyond].text) == 1 and words[beyond].is_capital and words[beyond].low not in "ia"
        if (
            beyond in voted
            or is_initial
            or (is_tied(text, words[beyond - 1], words[beyond]) and words[beyond].low.isalpha())
        ):
            return beyond + 1
        if words[beyond].low not in PARTICLES and len(words[beyond].low) > 1:
            return stop  # "zora van der meer", "zora m. quill"
    return stop


def _weigh(passage: Passage, words: tuple[Word, ...], name: _Name, lists: NameLists) -> float:
    """The models' chance, moved by what the lists and the neighbours say."""
    opening, last = words[name.first].low, words[name.stop - 1].low
    is_single = name.stop == name.first + 1
    context = person_context(passage, words, name.first, name.stop)
    chance = name.chance + {2: 0.15, 1: 0.05, 0: 0.0, -1: -0.15}[context]
    if opening in lists.given or (last in lists.surnames and not is_single):
        chance += 0.1
    if is_single and (opening in PEOPLES or opening in _STANDS_FOR_PEOPLE):
        return 0.1
    if is_single and (*before(passage.text, words, name.first, 1), opening) in _LATIN:
        return 0.1
    is_english = all(map(lists.is_english, _lows(words, name)))
    if is_english and context < 2 and (is_single or opening not in lists.given):
        chance -= 0.25
        if opening not in lists.given and opens_sentence(passage.text, words[name.first].start):
            chance = min(chance, 0.35)
    if is_single and opening in lists.places and context < 1:
        chance -= 0.15
    if not is_single and all(low in lists.places and low not in lists.given for low in _lows(words, name)):
        chance -= 0.4  # "eastchurch minster queenborough": towns in a row
    if looks_like_a_place_or_body(passage.text, words, name.stop):
        chance -= 0.35
    return round(min(max(chance, 0.01), 0.97), 2)


def _lows(words: tuple[Word, ...], name: _Name) -> Iterator[str]:
    return (word.low for word in words[name.first : name.stop])


def _product(factors: Iterator[float]) -> float:
    product = 1.0
    for factor in factors:
        product *= factor
    return product
