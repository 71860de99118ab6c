"""What the tagger reads and no rule knows: facts of a life, posts, bodies and the rest."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.calendar_words import YEAR_ALONE
from deid.detect.passage import Claim, ModelSpan, Passage
from deid.detect.person_words import PARTICLES, TAKES_A_PERSON
from deid.detect.presidio import as_recogniser
from deid.detect.tagger import FIRM, LABEL
from deid.detect.vocabulary import word_set
from deid.detect.words import Word, is_cut_off, words_inside, words_of
from deid.detect.written import is_talk
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "Her dad ‹TAGGED_TRAIT|⟦kept the ferrets that got out⟧› that summer.",
    "I rang ‹TAGGED_ROLE|the ⟦duty lead⟧ up there› and asked.",
    "She went back to ‹TAGGED_AGENCY|⟦wavelength⟧› on the Monday.",
    "It was ‹TAGGED_TRAIT|and the› usual.",
    "Bram‹TAGGED_TRAIT|'s ⟦half-sister⟧ by› marriage.",
    "I'm ‹TAGGED_PERSON|P07› on your sheet, ‹TAGGED_PERSON|⟦A.D⟧›. said.",
    "Thank you, ‹TAGGED_PERSON|Chair›. He died ‹TAGGED_TRAIT|whilst ⟦crossing the weir⟧›.",
    "‹TAGGED_PERSON|⟦Ada Finch⟧ knocked› on every door; it's ‹TAGGED_ROLE|⟦lead therapist⟧ for longer than› I've been.",
    "I'm not ‹TAGGED_PERSON|knocking ⟦Ada⟧›; ‹TAGGED_PERSON|Interviewer ⟦KA⟧›, ‹TAGGED_PERSON|⟦van der Molen⟧›.",
    "She ‹TAGGED_TRAIT|had ⟦kept the ferrets⟧›, and ‹TAGGED_ROLE|an ⟦outreach lead⟧ there› said so.",
    "held under Section ‹TAGGED_CASE|136› or ‹TAGGED_CASE|s.136›; it's ‹TAGGED_CASE|⟦4491⟧›, for ‹TAGGED_CASE|£10/£11›",
)

# The kind of each category, and what a reviewer is told.
_READ = {
    Category.PERSON: ("name", "somebody's name"),
    Category.PLACE: ("area", "a place"),
    Category.AGENCY: ("body", "a body"),
    Category.CASE: ("reference", "a case"),
    Category.ROLE: ("job", "one person's post"),
    Category.DATE: ("date", "a date"),
    Category.AGE: ("age", "one person's age"),
    Category.CONTACT: ("handle", "a way to reach somebody"),
    Category.IDENTIFIER: ("number", "somebody's number"),
    Category.TRAIT: ("biography", "a fact of somebody's life"),
}
_HIDDEN = 0.5  # the lowest chance that is hidden
# What is a word or two is lost whole where it is lost, and few words of others look like it.
_HIDDEN_FROM = {Category.AGE: 0.3, Category.DATE: 0.35, Category.PERSON: 0.35, Category.PLACE: 0.35}
_WORD_HIDDEN = 0.97  # "to be frank", "over a sandwich": in small letters, although there are capitals beside it
_NAMES = frozenset({Category.PERSON, Category.PLACE})
_CODE = re.compile(r"[A-Za-z]{1,2}\d{1,3}")
_SIGHS = word_set("ooh oh ah aah aw er erm um uh hmm mm mhm")
# What somebody is called by the office that they hold. Few surnames: Nurse and Usher are.
_ADDRESSED = word_set(
    "chair chairman chairwoman chairperson sir madam ma'am minister counsel witness officer doctor judge"
)
_OF_A_LAW = re.compile(r"(?:\b(?:sections?|ss?\.|schedule|article|regulation|rule|page|paragraph)\s?|£)$", re.I)
_LAW_OR_SUM = re.compile(r"ss?\.?\s?\d{1,3}[a-z]?|.*£.*", re.IGNORECASE)
_YEAR = re.compile(YEAR_ALONE, re.IGNORECASE)
# "14:00", "10.30"
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]\.?m)?")
_IN_PROSE = 0.98  # it was taught on talk, and judgments read otherwise
_SURE = 0.9  # from here a reviewer need not look
# What stands in front of a name or a fact or behind a post, and belongs to none, however firm the tagger.
_BEFORE_A_NAME = (TAKES_A_PERSON - word_set("big little old young")) | word_set(
    "rung interviewer respondent participant"
)
_OUTSIDE = {
    Category.TRAIT: (word_set("had has been"), frozenset[str]()),
    Category.ROLE: (word_set("a an"), word_set("there us then up over down for with to")),
}
# Words at the ends of a span that tell nothing.
_EDGES = word_set(
    "a an the and or but of in at on up by from with to for as his her their my your our its he she they it was is "
    "while whilst than longer along also"
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("tagged", find)


def find(passage: Passage) -> Iterator[Claim]:
    if passage.kind != "speech":
        return  # it was taught on talk
    words = words_of(passage.text)
    firm = firm_stretches(passage)
    least = 0.0 if is_talk(passage) else _IN_PROSE
    for span in passage.spans:
        if not span.label.startswith(LABEL):
            continue
        category = Category(span.label.removeprefix(LABEL))
        told = _told(words, passage.text, span, firm)
        told = _name_of(told, passage) if category is Category.PERSON else _inside(told, category)
        if not told or _is_nothing(category, passage.text, told[0].start, told[-1].end):
            continue
        kind, what = _READ[category]
        if category is Category.DATE and _YEAR.fullmatch(passage.text, told[0].start, told[-1].end):
            kind = "year"  # a policy that leaves dates as coarse as years may make years coarser
        if span.score >= max(least, _lowest(category, told, passage)):
            confidence = 0.65 if span.score >= _IN_PROSE else 0.6 if span.score >= _SURE else 0.5
            yield Claim(told[0].start, told[-1].end, category, kind, confidence, f"the tagger reads {what}")


def _lowest(category: Category, told: list[Word], passage: Passage) -> float:
    is_word = all(word.low in english_words() and not word.is_capital for word in told)
    if category in _NAMES and is_word and not passage.is_lower:
        return _WORD_HIDDEN
    return _HIDDEN_FROM.get(category, _HIDDEN)


def firm_stretches(passage: Passage) -> list[tuple[int, int]]:
    """Where the tagger is firm that each word is part of something."""
    return [(span.start, span.end) for span in passage.spans if span.label == FIRM]


def _is_nothing(category: Category, text: str, start: int, end: int) -> bool:
    """A time of day is no date, a section of a law or a sum no case; a code and an office in the room name nobody."""
    told = text[start:end]
    if category is Category.DATE:
        return _CLOCK.fullmatch(told) is not None
    if category is Category.CASE:
        return bool(_LAW_OR_SUM.fullmatch(told) or _OF_A_LAW.search(text, max(0, start - 12), start))
    return category is Category.PERSON and (told.lower() in _ADDRESSED | _SIGHS or _CODE.fullmatch(told) is not None)


def _told(words: tuple[Word, ...], text: str, span: ModelSpan, firm: list[tuple[int, int]]) -> list[Word]:
    """The words of a span without the little ones at its ends, unless the tagger is firm about them."""
    touched = words_inside(words, span.start, span.end)
    inside = [words[at] for at in touched]
    if inside and is_cut_off(text, words, touched[0]):
        inside.pop(0)
    if all(word.low in _EDGES for word in inside):
        return []
    while _is_loose(inside[0], text, firm):
        inside.pop(0)
    while _is_loose(inside[-1], text, firm):
        inside.pop()
    return inside


def _inside(told: list[Word], category: Category) -> list[Word]:
    before, behind = _OUTSIDE.get(category, (frozenset(), frozenset()))
    first, stop = 0, len(told)
    while stop - first > 1 and told[first].low in before:
        first += 1
    while stop - first > 1 and told[stop - 1].low in behind:
        stop -= 1
    return told[first:stop]


def _name_of(told: list[Word], passage: Passage) -> list[Word]:
    """ "Ada Finch knocked", "knocking Ada", "rung ada": where names have capitals, an English word beside one begins
    what they did, or what was done to them; without capitals a word that leads to a name does."""
    while len(told) > 1 and told[0].low in _BEFORE_A_NAME:
        told = told[1:]
    if passage.is_lower or len(told) < 2:
        return told
    if told[-2].is_capital and not told[-1].is_capital and told[-1].low in english_words():
        told = told[:-1]
    is_word = told[0].low in english_words() and told[0].low not in PARTICLES
    if len(told) > 1 and told[1].is_capital and not told[0].is_capital and is_word:
        told = told[1:]
    return told


def _is_loose(word: Word, text: str, firm: list[tuple[int, int]]) -> bool:
    is_initial = word.text == "A" and text[word.end : word.end + 1] == "."
    return word.low in _EDGES and not is_initial and not any(start <= word.start < end for start, end in firm)
