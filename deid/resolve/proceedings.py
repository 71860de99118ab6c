"""Tells the record of a hearing from an interview: there, offices and papers are written with capitals as well.

What only its capitals make a name ("the Policy Log") is listed for review in such a record, and not replaced.
"""

import re
from dataclasses import replace
from functools import lru_cache

from deid.fold import fold
from deid.model import Category, Finding, Transcript
from deid.region import english_words

_UNSURE = 0.6
_LISTED = 0.35  # below the cut-off: stays, and is listed for review
_BY_CAPITALS = frozenset({"capital_names", "model_agencies"})
# How a hearing speaks: "the Inquiry", "Counsel", "my Lady". An interview says "the inquiry", and seldom.
_MARK = re.compile(r"\b(?:Inquiry|Counsel|Core Participants?|Tribunal|Inquest|[Mm]y (?:Lady|Lord))\b")
_FEWEST_MARKS = 4
# "North East Essex Integrated Care Boards": the words are the end of a longer name.
_BEFORE = re.compile(r"(?P<word>[A-Z][\w’'-]*)\s$")
_WORDS_A_MARK = 500


@lru_cache(maxsize=200)
def is_proceeding(transcript: Transcript) -> bool:
    """Whether marks of a hearing stand all over the text."""
    marks = sum(len(_MARK.findall(segment.text)) for segment in transcript.segments)
    if marks < _FEWEST_MARKS:
        return False
    return marks * _WORDS_A_MARK >= sum(len(segment.text.split()) for segment in transcript.segments)


def weighed_in_proceeding(finding: Finding, text: str) -> Finding:
    """The finding as it counts in a hearing: capitals on English words alone name no body there."""
    if (
        finding.recogniser in _BY_CAPITALS
        and finding.category in (Category.AGENCY, Category.PLACE)
        and finding.confidence < _UNSURE
    ):
        start = finding.span.start
        before = _BEFORE.search(text, max(0, start - 30), start)
        told = fold((before["word"] + " " if before else "") + text[start : finding.span.end]).split()
        if all(word in english_words() or word == "s" for word in told):
            return replace(finding, confidence=min(finding.confidence, _LISTED))
    return finding
