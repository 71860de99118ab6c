"""A name that the keep list has too: "Auntie", who called herself so, Iris beside IRIS, Will who is no "will"."""

from typing import Literal

from deid.fold import fold
from deid.model import Category, Finding
from deid.region import Keep, english_words, given_names
from deid.resolve.sentences import opens_sentence

# Who these recognisers find is a person even where the keep list has the word: a roster name, a speaker's label, a
# title before a surname. A language model's word for it is not enough.
CERTAIN_BY = frozenset({"roster", "speakers", "titles", "reviewer", "withdrawn"})

# How sure these must be of somebody's name, to win over a keep word that is a given name too: an echo, that somebody
# was spoken of by it, and the tagger.
_SURE_OF_A_NAME = {"echoes": 0.9, "tagged": 0.6}
_SAID_TO_BE_A_NAME = "street_names"  # "called herself Auntie"
_WHATEVER_ITS_CAPITALS = 0.8  # "sunday, that's his name"
_OF_PUBLIC_PEOPLE = frozenset({"public person or author", "public case", "national report or inquiry"})


def is_certain_name(finding: Finding, form: str, people: frozenset[str]) -> bool:
    """`people`: folded forms of known people."""
    return finding.recogniser in CERTAIN_BY or fold(form) in people


def read_letters(line: Keep, finding: Finding, words: str) -> Literal["initials", "name", ""]:
    """What letters of the keep list are where others write capitals: ABE and ELSA are interviews and assistants, Abe
    and Elsa people, and so is Taf whom the tagger reads, though TAF is a kind of meeting. "" where nothing tells.
    """
    if finding.category is not Category.PERSON or not line.words.isupper():
        return ""
    if line.words == words:
        return "initials"
    is_read = finding.recogniser == "tagged" and finding.confidence >= _SURE_OF_A_NAME["tagged"]
    return "name" if is_read and words.istitle() else ""


def is_person(finding: Finding, line: Keep, text: str, phrase: tuple[int, int], *, is_certain: bool) -> bool:
    """A certain person keeps their name out of the keep list, unless the context says that it is the word."""
    if finding.category is not Category.PERSON:
        return False
    form = text[finding.span.start : finding.span.end]
    if not is_certain and not _is_sure_name(finding, form, line):
        return False
    phrase_is_longer = fold(text[slice(*phrase)]) != fold(form)
    return not (phrase_is_longer and _reads_as_word(text, finding.span.start, phrase[0], line))


def _is_sure_name(finding: Finding, form: str, line: Keep) -> bool:
    """Auntie, who called herself so, and Iris, of whom somebody spoke before, though IRIS is a programme; but Casey,
    who wrote the review, is public.
    """
    is_written = form[0].isupper() or finding.confidence >= _WHATEVER_ITS_CAPITALS
    if finding.recogniser == _SAID_TO_BE_A_NAME and is_written and not form.isupper():
        return True
    is_sure = finding.confidence >= _SURE_OF_A_NAME.get(finding.recogniser, 2)
    is_name = form in given_names() or _is_word_of_a_name(finding, form)
    return is_sure and form.istitle() and line.reason not in _OF_PUBLIC_PEOPLE and is_name


def _is_word_of_a_name(finding: Finding, form: str) -> bool:
    """Boxall, where Ella Boxall was spoken of; but Brook of the Brook Traffic Light is a word."""
    return finding.recogniser == "echoes" and form.isalpha() and fold(form) not in english_words()


def _reads_as_word(text: str, name: int, start: int, line: Keep) -> bool:
    """In "no joy" the name is in small letters, "Will you" opens a sentence, "Louise Casey" has its own capitals."""
    if not text[name].isupper() or any(letter.isupper() for letter in line.words):
        return True
    return name == start and opens_sentence(text, start)
