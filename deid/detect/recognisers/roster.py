"""People known before a word is read, from the roster and the speaker labels, under all parts of their names."""

from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.known_names import KnownNames, known_names
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.names import has_case, is_suffix, person_context
from deid.detect.passage import Cast, Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.words import Word, joins, opens_sentence, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "{known: Tess Merriweather; Tezza} ⟦Tess Merriweather⟧ said, well, ⟦Tezza⟧ said.",
    "{known: Tess Merriweather; DI Merriweather} it was ⟦merriweather⟧ and ⟦tess⟧’s team",
    "{known: Hope Merriweather} I hope ⟦Hope⟧ knows.",
    "{known: Tess Merriweather} Ask ⟦TM⟧ about it.",
    "{known: Tess Merriweather; Tess M} Ask ⟦Tess M⟧, Tessa.",
    "{label: Merriweather, Tess (KCHFT)} As ⟦Tess Merriweather⟧ told us.",
    "{label: TESS} As ⟦Tess⟧ told us.",
    "{label: TM} As ⟦TM⟧ told us.",
    "{label: Interviewer} The interviewer asked.",
    "{known: Will Merriweather} Will you, or will he?",
    "Tess Merriweather is in no roster.",
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)
    names_of = _remember(lambda cast: known_names(cast, lists))

    def find(passage: Passage) -> Iterator[Claim]:
        names = names_of(passage.cast)
        if not names.by_first or passage.kind == "speaker":
            return
        words = words_of(passage.text)
        at = 0
        while at < len(words):
            stop, kind = names.longest(words, at, lambda near: joins(passage.text, words[near - 1], words[near]))
            confidence = _confidence(passage, words, at, stop, kind, lists) if stop > at else 0.0
            if confidence:
                end = words[stop - 1].end
                yield Claim(words[at].start, end, Category.PERSON, kind, confidence, "a name of a known person")
            at = max(stop, at + 1)

    return as_recogniser("roster", find)


def _remember(make: Callable[[Cast], KnownNames]) -> Callable[[Cast], KnownNames]:
    """Keeps the last cast's names: a run has one cast, and hashing it for each passage costs too much."""
    last: list[tuple[Cast, KnownNames]] = []

    def names_of(cast: Cast) -> KnownNames:
        if not last or last[0][0] is not cast:
            last[:] = [(cast, make(cast))]
        return last[0][1]

    return names_of


def _confidence(passage: Passage, words: tuple[Word, ...], first: int, stop: int, kind: str, lists: NameLists) -> float:
    if is_suffix(passage.text, words, first):
        return 0.0
    if stop > first + 1:
        return 0.98
    word = words[first]
    if kind == "initials":
        return 0.8 if word.is_acronym and has_case(passage) else 0.0
    context = person_context(passage, words, first, stop)
    if not lists.is_english(word.low) and word.low not in lists.places:
        return 0.95
    if not has_case(passage):
        return {2: 0.75, 1: 0.5}.get(context, 0.0)
    if not word.is_capital:
        return 0.0
    if context < 0:
        return 0.35
    if opens_sentence(passage.text, word.start):
        return {2: 0.85, 1: 0.6}.get(context, 0.0)
    return 0.92
