"""Names that their neighbours give away: "called Tess", "my manager Tess", "rang Tess", "Tess says"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.file_names import people_in_file_names
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.names import has_case, in_a_listed_phrase, looks_like_a_place_or_body, runs
from deid.detect.neighbours import is_named, labels_at, person_context
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import Lexicon, lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import STOP
from deid.detect.words import Word, before, opens_sentence, words_of
from deid.fold import fold
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "There's a lad called ⟦Zoltan⟧ and my manager ⟦Oyelaran⟧ knows.",
    "So I rang ⟦Oyelaran Whitcombe⟧ and spoke to nobody.",
    "My name's ⟦Oyelaran⟧, I'm on the desk.",
    "And ⟦Zoltan⟧ said no.",
    "Thanks, ⟦Gary⟧.",
    "{heading} File: ⟦Quillbox_B⟧_15-02-23.m4a",
    "I sent Interview_A_final.docx and ⟦Oyelaran⟧-2.mp3, then Transcript_March.docx and Notes.pdf.",
    "so i rang ⟦oyelaran⟧ and she came",
    "it was a lad called ⟦zoltan quillfeather⟧",
    "We rang Early Help and the Front Door said no.",
    "There's a home called Quillfeather House.",
    "i rang everybody and the school said no",
    "I'm knackered, I told them.",
)

# [tess] "hello yeah tess moss": who is labelled so says who they are, and the word behind is their surname.
_OWN_NAME = re.compile(
    r"^\W*(?:(?:hello|hi|yeah|yes|yep|ok|okay|um|so|it's|i'm|i am|this is|my name's|my name is)\s)*"
    r"(?P<given>[a-z]{2,})\s(?P<surname>[a-z'-]{2,})(?=\W*$|\s(?:yeah|yes|and|i'm|i|here|from)\b)"
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists, lines = name_lists(region), lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        if own := _own_name(passage, lists):
            yield Claim(*own, Category.PERSON, "name", 0.7, "what a speaker calls themselves")
        for named in people_in_file_names(passage.text):
            yield Claim(*named, Category.PERSON, "name", 0.6, "a name in the name of a file")
        words = words_of(passage.text)
        for first, stop in runs(passage, lists):
            confidence = _confidence(passage, words, first, stop, lists, lines)
            if confidence:
                start, end = words[first].start, words[stop - 1].end
                yield Claim(start, end, Category.PERSON, "name", confidence, "the words beside it speak of a person")

    return as_recogniser("names_by_cue", find)


def _own_name(passage: Passage, lists: NameLists) -> tuple[int, int] | None:
    match = _OWN_NAME.match(passage.text) if passage.is_lower and passage.speaker else None
    if match is None or match["given"] not in fold(passage.speaker).split():
        return None
    is_name = match["surname"] in lists.surnames or not lists.is_everyday(match["surname"])
    return (match.start("given"), match.end("surname")) if is_name and match["surname"] not in STOP else None


def _confidence(
    passage: Passage, words: tuple[Word, ...], first: int, stop: int, lists: NameLists, lines: Lexicon
) -> float:
    if person_context(passage, words, first, stop) < 2 or looks_like_a_place_or_body(passage.text, words, stop):
        return 0.0
    opening, last = words[first].low, words[stop - 1].low
    is_single = stop == first + 1
    ends_well = last in lists.surnames and (has_case(passage) or not lists.is_english(last))
    is_listed = opening in lists.given or (ends_well and not is_single)
    if in_a_listed_phrase(passage.text, words, first, stop, lines) and not (is_listed and not is_single):
        return 0.0
    if is_single and words[first].is_acronym and has_case(passage):
        return 0.0
    if is_listed and not (is_single and lists.is_english(opening)):
        return 0.8 if has_case(passage) else 0.7
    if is_listed:
        return _ambiguous(passage, words[first])
    is_opening = opens_sentence(passage.text, words[first].start)
    if all(lists.is_english(word.low) for word in words[first:stop]):
        is_naming = has_case(passage) and not is_opening and is_named(before(passage.text, words, first, 4))
        if has_case(passage) and not is_opening and last in lists.surnames:
            return 0.6
        return 0.5 if is_naming else 0.0
    if has_case(passage) and not labels_at(passage, words[first]).isdisjoint(("GPE", "LANGUAGE")):
        return 0.0
    if is_opening and has_case(passage):
        return 0.5
    return 0.65 if has_case(passage) else 0.5


def _ambiguous(passage: Passage, word: Word) -> float:
    """A given name that is a word as well: "rang Joy" is she; "Hope came" and "rang joy" are not so clear."""
    if not has_case(passage):
        return 0.45
    return 0.6 if opens_sentence(passage.text, word.start) else 0.8
