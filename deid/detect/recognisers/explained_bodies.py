"""Bodies that the speaker explains: "Redstart, a children's home", "the willows, which is a private unit"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import PLAIN, STOP, word_set
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "He was at ⟦Redstart⟧, a little children's home by the sea.",
    "we placed him at the ⟦willows⟧ a private children's home",
    "There's ⟦Second Tide⟧, which is a charity, they do it.",
    "I was in ⟦Harbour View⟧, it's a secure unit.",
    "They all went to ⟦Neptune's⟧, a nightclub on the front.",
    "she was in the ⟦beeches⟧ which is a mother and baby unit",
    "the children's home ⟦Redstart⟧ closed",
    "he was in the ⟦beeches⟧ residential unit and not in the local children's home",
    "there was a hotel the ⟦channel view⟧ and a bloke who did the breakfasts",
    "⟦Stepping Free⟧, they're a women's charity, they were good.",
    "it was a school the size of a town and a club the week before that",
    "It was a home, a residential unit, a school.",
    "at the time a children's home was all we had",
    "in the end a school took him",
    "He said, which is a school's job, that we should.",
    "We went to the police, which is a service.",
    "in a children's home I knew",
    "we were able to find a way of not asking a school",
)

_KIND = (
    r"(?:home|unit|placement|hostel|school|academy|charity|project|hotel|nightclub|club|pub|takeaway|hospital|clinic|refuge|"
    r"firm|company|organisation|agency|provider|care home|centre|church|mosque|shelter)"
)
_SORT = r"(?:\w+(?:['’]s)?\s){0,4}?"
# In capitals: one to three words, then "a ... home" behind a comma or "which is".
_IN_CAPITALS = re.compile(
    r"\b(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}),?\s(?:(?:which|that|it|who|they)(?:\sis|['’]s|\swas|['’]re|\sare|\swere)\s)?"
    rf"(?:an?|the|our|one of (?:the|our))\s{_SORT}{_KIND}\b"
)
# In small letters: "at the willows a private children's home", one word behind at or in.
_IN_LOWER_CASE = re.compile(
    rf"\b(?:at|in|to|called)\s(?P<the>the\s)?(?P<name>[a-z]{{4,}})\s(?:(?:which|that|it)(?:\sis|['’]s|\swas)\s)?an?\s{_SORT}{_KIND}\b"
)
# "in the beeches residential unit".
_WITHIN = re.compile(
    r"\b(?:at|in|to)\sthe\s(?P<the>)(?P<name>[a-z]{4,})\s(?:residential|children['’]?s|secure|care|supported|respite)\s"
    r"(?:unit|home|placement|hostel)\b"
)
# "the children's home Redstart".
_BEHIND = re.compile(
    rf"\b(?i:the|a|an|our)\s(?:[a-z]+(?:['’]s)?\s){{0,3}}{_KIND}\s(?P<name>[A-Z][a-z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)"
)
# "there was a hotel the channel view": a name of two words behind its kind, where nothing is in capitals.
_THE_BEHIND = re.compile(
    r"\b(?:a|our|this|that|one)\s(?:hotel|pub|club|school|home|charity|restaurant|takeaway|guest\s?house|gym|cafe|unit|hostel)\s"
    r"(?:called\s)?the\s(?P<name>[a-z]{3,}\s[a-z]{3,})\b"
)
_NAME_WORD = re.compile(r"[\w'’-]+")
_SPANS = word_set("week weekend summer winter month minute size kind sort type number amount rest whole idea fact")
_TIMES = word_set("time end moment beginning start first last same case fact meantime school work home court")

_KINDS = word_set(
    "home unit placement hostel school academy charity project hotel nightclub club pub takeaway hospital clinic "
    "refuge firm company organisation agency provider centre church mosque shelter"
)

_WHY = "a name beside the kind of body that it is"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("explained_bodies", find, _KINDS)


def find(passage: Passage) -> Iterator[Claim]:
    if passage.is_upper:
        return
    if passage.is_lower:
        for match in _THE_BEHIND.finditer(passage.text):
            if not {*match["name"].split()} & (STOP | PLAIN | _TIMES | _SPANS):
                yield Claim(*match.span("name"), Category.AGENCY, "body", 0.45, _WHY)
    patterns = (_IN_LOWER_CASE, _WITHIN) if passage.is_lower else (_IN_CAPITALS, _BEHIND)
    for pattern in patterns:
        for match in pattern.finditer(passage.text):
            is_verb = (
                passage.is_lower and match["the"] is None and match["name"] in english_words()
            )  # "to find a ... home"
            if (start := _name_start(match)) is not None and not is_verb:
                yield Claim(start, match.end("name"), Category.AGENCY, "body", 0.5, _WHY)


def _name_start(match: re.Match[str]) -> int | None:
    """Where the name begins, without "There's" or "The" in front; None where ordinary words stand there alone."""
    words = [(word.group(), match.start("name") + word.start()) for word in _NAME_WORD.finditer(match["name"])]
    while words and _stem(words[0][0]) in STOP:
        words.pop(0)
    if not words or all(_stem(word) in STOP | PLAIN | _TIMES for word, _ in words):
        return None
    return words[0][1]


def _stem(word: str) -> str:
    return word.lower().replace("’", "'").split("'")[0]
