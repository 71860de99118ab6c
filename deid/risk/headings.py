"""What the heading of a transcript tells of its participant: "Agency: [Council 12]", "Where: [Town 4, Mid Kent]"."""

import re
from collections.abc import Iterator

from deid.model import Category
from deid.region import Region
from deid.risk.facts import Lists, inside_brackets, lists
from deid.risk.reading import find
from deid.risk.released import Fact, Released, Talk, Turn, own_value

# Participant: | Agency: | Job title: | Where: at the beginning of a form's line
_FIELD = re.compile(
    r"\s*(?:participant|interviewee|respondent|agency|organi[sz]ation|employer|service|team|role|post|job(?: title)?"
    r"|position|base|office|where|place|location|venue|site)(?: of (?:work|interview))?\s*:",
    re.IGNORECASE,
)
_TOKENS = {Category.ROLE: "role", Category.AGENCY: "agency", Category.PLACE: "place"}


def headings_of(released: Released, region: Region) -> tuple[Fact, ...]:
    """Facts from the lines and cells before the talk. Of two participants a heading does not say which it means."""
    known = lists(released, region)
    return tuple(fact for talk in released.talks if len(talk.participants) == 1 for fact in _in_heading(talk, known))


def _in_heading(talk: Talk, known: Lists) -> Iterator[Fact]:
    above = ""  # a table has its labels in cells of their own
    for turn in (turn for turn in talk.turns if not turn.speaker):
        if _FIELD.match(turn.text) or _FIELD.fullmatch(f"{above}:"):
            for attribute, value, start, end in (*_by_tokens(turn), *_by_lists(turn, known)):
                yield Fact(talk.participants[0], attribute, value, talk.code, turn.number, start, end)
        above = turn.text.strip().rstrip(":")


def _by_tokens(turn: Turn) -> Iterator[tuple[str, str, int, int]]:
    for token in turn.tokens:
        attribute, value = _TOKENS.get(token.category, ""), own_value(token)
        if attribute and value:
            yield attribute, value, token.start, token.end


def _by_lists(turn: Turn, known: Lists) -> Iterator[tuple[str, str, int, int]]:
    for attribute, phrases in (("role", known.roles), ("agency", known.bodies), ("place", known.places)):
        for start, end, value in find(turn.text, phrases):
            # A place that is also a word has to look like a name.
            is_name = attribute != "place" or turn.text[start].isupper()
            if is_name and not inside_brackets(turn.text, start):
                yield attribute, value, start, end
