"""Tells the record of a hearing from an interview: there, offices and papers are written with capitals as well.

What capitals and a model name in English words alone ("the Policy Log", "the Crisis Team") is listed for review in
such a record, and not replaced. Rules that read more than capitals ("placed at the Beeches") count as before.
"""

import re
from dataclasses import replace

from deid.fold import fold
from deid.model import LISTED, Category, Finding, Transcript
from deid.region import english_words
from deid.resolve.around import TAGGED
from deid.resolve.national import OF_A_CHILD
from deid.resolve.word_set import word_set

# How sure a finding may be that has little more than capitals to go by; what is surer counts as before.
_BY_CAPITALS = {"capital_names": 0.6, "spread": 0.6, "model_agencies": 0.7, "agency_patterns": 0.65, "reviews": 0.9}
_UNSURE_OF_TALK = 0.65  # what the tagger is all but certain of counts there as elsewhere
_REVIEW_OF_MORE = 3  # "Child Sparrow" and "the Sparrow review" are two words, "Early Warning Review" is three
# Public words that are not in a dictionary.
_PUBLIC_WORDS = word_set(
    "s nhs uk hm gb covid 19 england wales scotland britain ireland english welsh scottish irish british european"
)
# How a hearing speaks: "the Inquiry", "Counsel", "my Lady". An interview says "the inquiry", and seldom.
_MARK = re.compile(r"\b(?:Inquiry|Counsel|Core Participants?|Tribunal|Inquest|[Mm]y (?:Lady|Lord))\b")
_FEWEST_MARKS = 4
# "North East Essex Integrated Care Boards": the words are the end of a longer name.
_BEFORE = re.compile(r"(?P<word>[A-Z][\w’'-]*)\s$")
_WORDS_A_MARK = 500


def is_proceeding(transcript: Transcript) -> bool:
    """Whether marks of a hearing stand all over the text."""
    marks = sum(len(_MARK.findall(segment.text)) for segment in transcript.segments)
    if marks < _FEWEST_MARKS:
        return False
    return marks * _WORDS_A_MARK >= sum(len(segment.text.split()) for segment in transcript.segments)


def weighed_in_proceeding(finding: Finding, text: str) -> Finding:
    """The finding as it counts in a hearing: capitals on English words alone name no body, place or review there, and
    what the tagger is not sure of, which was taught on talk, is listed."""
    if finding.recogniser in TAGGED and finding.confidence < _UNSURE_OF_TALK:
        return replace(finding, confidence=LISTED)
    if finding.confidence < _BY_CAPITALS.get(finding.recogniser, 0.0) and finding.category in (
        Category.AGENCY,
        Category.PLACE,
        Category.CASE,
    ):
        start = finding.span.start
        before = _BEFORE.search(text, max(0, start - 30), start)
        told = fold((before["word"] + " " if before else "") + text[start : finding.span.end]).split()
        is_case = finding.category is Category.CASE
        if is_case and (finding.recogniser != "reviews" or len(told) < _REVIEW_OF_MORE or told[0] in OF_A_CHILD):
            return finding
        if all(word in english_words() or word in _PUBLIC_WORDS for word in told):
            return replace(finding, confidence=min(finding.confidence, LISTED))
    return finding
