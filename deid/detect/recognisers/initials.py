"""People named by a letter: "C. Merriweather", "Mrs P", "Tess M"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.names import can_open, has_case, is_suffix, reach
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.words import Word, capitals_of, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "The account was ⟦C. Quillfeather⟧, it said.",
    "It was signed ⟦R J Quillfeather⟧.",
    "Two boys, ⟦Gary B⟧ and ⟦Gary T⟧.",
    "⟦K.⟧ was the girl and ⟦M.⟧ was her sister.",
    "I went and A Quillfeather came.",
    "Q. May I ask you? A. Will you?",
    "A young man, whom I shall call ⟦B.⟧, came. I'll call her ⟦K⟧ for now.",
    "Call A and E, call C team, I call I said.",
    "Plan B it was, with a Vitamin C and Year 9 maths.",
)

_GAP = re.compile(r"\.?\s?")
# "K. was the girl": a letter with a full stop, and the sentence goes on.
_LETTER_ALONE = re.compile(
    r"(?<![\w.'’&-])(?<![A-Z]\.\s)[B-HJ-Z]\.(?=\s(?:is|was|has|had|said|says|came|went|and|who|told|would|got)\b)"
)
# "whom I shall call B.", "we'll call him K": a letter for a name.
_CALLED = re.compile(
    r"\b[Cc]all(?:ed|ing)?\s(?:him|her|them|this one)?\s?(?P<letter>[B-HJ-Z])\b\.?(?!\w|['’]|\s(?:and|team|[A-Z])\b)"
)
# "I Bell", "A Bell": a word far more often than an initial. "Q. May we go on?": a question, in a hearing.
_NO_INITIALS = frozenset("iaq")


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)

    def find(passage: Passage) -> Iterator[Claim]:
        if not has_case(passage):
            return
        for match in _LETTER_ALONE.finditer(passage.text):
            yield Claim(match.start(), match.end(), Category.PERSON, "name", 0.55, "a letter that stands for somebody")
        for match in _CALLED.finditer(passage.text):
            start = match.start("letter")
            yield Claim(start, match.end(), Category.PERSON, "name", 0.55, "a letter that stands for somebody")
        words = words_of(passage.text)
        done = 0
        for at in capitals_of(passage.text):
            stop, confidence = _name_at(passage, words, at, lists) if at >= done else (done, 0.0)
            if confidence:
                end = words[stop - 1].end
                yield Claim(words[at].start, end, Category.PERSON, "name", confidence, "a name with an initial")
            done = max(stop, at + 1)

    return as_recogniser("initials", find)


def _name_at(passage: Passage, words: tuple[Word, ...], at: int, lists: NameLists) -> tuple[int, float]:
    beyond = at
    while beyond < len(words) and _is_initial(passage.text, words, beyond) and _near(passage.text, words, beyond):
        beyond += 1
    if at < beyond < len(words) and can_open(passage, words[beyond], lists) and not words[beyond].is_acronym:
        surname = words[beyond].low
        is_name = surname in lists.surnames or lists.is_unknown(surname)
        return reach(passage, words, beyond, lists), 0.75 if is_name else 0.35
    is_given = words[at].is_capital and words[at].low in lists.given and not lists.is_english(words[at].low)
    if is_given and _near(passage.text, words, at) and _is_initial(passage.text, words, at + 1):
        return at + 2, 0.7
    return at, 0.0


def _is_initial(text: str, words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    is_letter = len(word.text) == 1 and word.is_capital and word.low not in _NO_INITIALS
    return is_letter and not is_suffix(text, words, at) and text[word.start - 1 : word.start] not in ("'", "’", "-")


def _near(text: str, words: tuple[Word, ...], at: int) -> bool:
    return at + 1 < len(words) and bool(_GAP.fullmatch(text[words[at].end : words[at + 1].start]))
