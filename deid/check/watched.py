"""Which meetings with the watchlist count: a common word needs company, a member of the team may sign their work."""

import re
from collections.abc import Iterable, Iterator

from deid.check.findings import Hit
from deid.check.watchlist import Form, Meeting

_NEAR = 40  # words between two forms of one entity, or characters before a name in which its cue stands
# "Mrs Grace", "Sister Joy": what stands before a name, whatever the case of speech recognition.
_TITLE = re.compile(
    r"\b(?:mrs?|ms|miss|mx|dr|doctor|prof|professor|pc|wpc|dc|ds|di|dci|sgt|sergeant|inspector|constable|sister|nurse"
    r"|aunt|auntie|aunty|uncle|nan|young|little)\.?\s+$",
    re.I,
)
# "called Grace", "her name's Joy", "<v Grace>", "client: Will": only before a capital, for words are called as well.
_NAMING = re.compile(
    r"(?:\b(?:called|named|name is|name's|name was|nickname is|known as|this is|spoke to|met with|interview with"
    r"|interviewee|participant|client|victim|suspect|(?:first|last|full|sur)[ _]?name)\W{1,4}|<v[ .]\s*)$",
    re.I,
)
# A line that says who wrote, works or is cited: `author = ...`, `Ekwueme (2019)`, `University of ...`, `doi:10...`.
_BYLINE = re.compile(
    r"\b(?:authors?|maintainers?|copyright|creators?|cre\b|orcid|affiliations?|universit|department|faculty|supervis|interviewers?"
    r"|researchers?|principal investigator|funded|acknowledge|thanks? to|cite|citation|bibtex|doi|et al"
    r"|contributors?|corresponding|contact|signed-off-by|co-authored-by|reviewed-by|e-?mail)|\((?:19|20)\d\d[a-z]?\)|@|©",
    re.I,
)
# A turn: "Rhiannon:", "P02 -", "INT 00:01:12:", as transcripts begin their lines.
_TURN = re.compile(
    r"^\W{0,3}(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}|[A-Z]{1,4}\d{0,3})(?:\s*[\[(]?[\d:.]{4,12}[\])]?)?\s?:\s", re.M
)
_CAPTION = re.compile(r"\d\d:\d\d(?::\d\d)?[.,]\d{3} --> ")
_FEWEST_TURNS = 3
# How many of a page's lines begin so: one in ten where turns are wrapped, and half where they are items of a list, for
# "- Releases: ..." stands in any.
_FEWEST_OF_LINES, _FEWEST_OF_ITEMS = 0.1, 0.5
_ITEM = ("- ", "* ", "+ ")
_REASONS = {
    "alone": "a form of the watchlist",
    "together": "a word of the watchlist beside another form of the same entity, or behind a name cue",
    "public": "a member of the team in running text of a transcript",
}


def is_transcript(text: str) -> bool:
    """Whether a text is talk: captions, or three lines and more that begin with who speaks."""
    if _CAPTION.search(text):
        return True
    labels = [match[0].strip() for match in _TURN.finditer(text)]
    if len(labels) < _FEWEST_TURNS or len(set(labels)) == len(labels):
        return False
    lines = sum(1 for line in text.split("\n") if line.strip())
    items = sum(1 for label in labels if label.startswith(_ITEM))
    return len(labels) - items >= _FEWEST_OF_LINES * lines or len(labels) >= _FEWEST_OF_ITEMS * lines


def judged(text: str, meetings: Iterable[Meeting], *, signed: bool = False) -> Iterator[Hit]:
    """The meetings that count, as hits. signed: the text is an author's name, a trailer or a file of credits."""
    met = sorted(meetings, key=lambda one: (one.start, -one.end))
    talk: bool | None = None
    taken: set[tuple[int, int]] = set()
    for one in met:
        if (one.start, one.end) in taken:
            continue
        if one.form is None:
            yield Hit(one.start, one.end, "raw_quotation", one.value, "eight words in a row of an unreleased turn")
            continue
        if one.form.is_team:
            talk = is_transcript(text) if talk is None else talk
            if signed or not talk or _BYLINE.search(_line(text, one.start)):
                continue
        if one.form.counts == "together" and not (_has_company(one, one.form, met) or _is_cued(text, one)):
            continue
        taken.add((one.start, one.end))
        yield Hit(one.start, one.end, one.form.kind, one.value, _REASONS[one.form.counts])


def _has_company(one: Meeting, form: Form, met: list[Meeting]) -> bool:
    """Whether another form of the same entity, in words of its own, stands within forty words."""
    return any(
        other.form is not None
        and other.form.group == form.group
        and other.value != one.value
        and (other.end <= one.start or one.end <= other.start)
        and 0 <= other.word
        and abs(other.word - one.word) <= _NEAR
        for other in met
    )


def _is_cued(text: str, one: Meeting) -> bool:
    before = text[max(0, one.start - _NEAR) : one.start]
    if text[one.start].isupper() and one.end - one.start > 1 and _NAMING.search(before):
        return True
    return _TITLE.search(before) is not None


def _line(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]
