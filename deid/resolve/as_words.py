"""Where a name that also is a word is read as the word, whatever a model or a list of names thinks of it."""

import re

from deid.fold import fold
from deid.model import Category, Finding
from deid.region import english_words

# Who only goes by the word itself, or by what it is elsewhere.
_BY_OPINION = frozenset(
    {"people", "names_by_list", "names_by_cue", "echoes", "spread", "model_places", "model_agencies"}
)
_BY_NAME = frozenset({Category.PERSON, Category.PLACE, Category.AGENCY})
# the Bill: of people it would be "the other Bill", "Uncle Bill". "This Grace said nothing" is somebody.
_ARTICLE = re.compile(r"\b[Tt]he\s$")
_THIS = re.compile(r"\b[Tt]his\s$")
# the Bill contemplates, says, which, is; not "the Jay that I know", "the Bill Wrenfield report", "the Rico line".
_GOES_ON = re.compile(r"\s(?!(?:that|who|whom|with|from|I|we|he|she)\b)[a-z]|[.,;:?!)]|$")
_CARRIED_OVER = frozenset({"echoes", "spread"})
# Tab 7, Volume 2
_NUMBERED = re.compile(r"\s\d")
# <details id="hearing-meta">: what a page is built with, and nobody reads.
_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\b(?:id|class|style|rel|type|role)=\"[^\"<>]*$")
_LONGEST_TAG = 200


def read_as_word(finding: Finding, text: str) -> str:
    """Why these words name nobody here, or ""."""
    if finding.category not in _BY_NAME or finding.recogniser not in _BY_OPINION:
        return ""
    start, end = finding.span.start, finding.span.end
    if text[start].islower() and "=" in text and _ATTRIBUTE.search(text, max(0, start - _LONGEST_TAG), start):
        return "mark-up"
    if finding.category is not Category.PERSON:
        return ""
    form = fold(text[start:end])
    is_word = form in english_words()
    article = _ARTICLE.search(text, max(0, start - 6), start) or (
        form == "bill" and _THIS.search(text, max(0, start - 6), start)
    )
    if is_word and article and _GOES_ON.match(text, end):
        return "a word behind an article"
    if is_word and finding.recogniser in _CARRIED_OVER and _NUMBERED.match(text, end):
        return "a word before a number"
    return ""
