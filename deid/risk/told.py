"""What participants tell of one another: "[Participant 12], who's the named nurse, she's been there thirty years"."""

import re
from collections.abc import Iterator

from deid.model import Category
from deid.region import Region
from deid.risk.facts import Lists, lists
from deid.risk.reading import find, sentence_at
from deid.risk.released import Fact, Released, Talk, Turn, own_value
from deid.values import read_number

# How far behind the token a sentence still speaks of whoever it stands for.
_REACH = 90
# she's the | who was our | is a
_BEFORE_ROLE = re.compile(
    r"(?:\b(?:is|was|the|our|their|a|an)|['’]s(?: the| our| a| an)?|,(?: the| our)?) ?$", re.IGNORECASE
)
# at | from the | over in
_BEFORE_NAME = re.compile(r"\b(?:at|from|in|for|of|over in|up in|on)(?: the)? ?$", re.IGNORECASE)
_HE_OR_SHE = re.compile(r"^[,;.]? (?:who |and )?(she|he)\b")
_YEARS = re.compile(r"\b(?:been|done|worked)\b[^.?!]{0,30}?\b([\w-]+) years\b")


def told_of(released: Released, region: Region) -> tuple[Fact, ...]:
    """What others tell of a participant by the token that stands for them, at each of its places."""
    known = lists(released, region)
    whose = {entity: person for person, entity in released.people.items() if entity}
    return tuple(
        fact
        for talk in released.talks
        for turn in talk.own()
        for fact in dict.fromkeys(_in_turn(talk, turn, whose, known))
    )


def _in_turn(talk: Talk, turn: Turn, whose: dict[str, str], known: Lists) -> Iterator[Fact]:
    for token in turn.tokens:
        person = whose.get(token.entity, "")
        if not person or person in talk.participants:
            continue
        _, end = sentence_at(turn.text, token.start)
        after = turn.text[token.end : min(end, token.end + _REACH)]
        for attribute, value, first, last in (*_words_after(after, known), *_tokens_after(turn, token.end, end)):
            start = token.end + first
            yield Fact(person, attribute, value, talk.code, turn.number, start, token.end + last, turn.speaker)


def _words_after(after: str, known: Lists) -> Iterator[tuple[str, str, int, int]]:
    for first, last, role in find(after, known.roles):
        if _BEFORE_ROLE.search(after[:first]):
            yield "role", role, first, last
    for first, last, kind in find(after, known.bodies):
        if _BEFORE_NAME.search(after[:first]):
            yield "agency", kind, first, last
    if match := _HE_OR_SHE.match(after):
        yield "gender", "woman" if match[1] == "she" else "man", match.start(1), match.end(1)
    if (match := _YEARS.search(after)) and (years := read_number(match[1].replace("-", " "))):
        yield "tenure", f"{years} years", match.start(1), match.end()


def _tokens_after(turn: Turn, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    attributes = {Category.ROLE: "role", Category.AGENCY: "agency", Category.PLACE: "place"}
    for token in turn.tokens:
        is_near = start <= token.start < min(end, start + _REACH)
        attribute, value = attributes.get(token.category, ""), own_value(token)
        if is_near and attribute and value and _BEFORE_NAME.search(turn.text[start : token.start]):
            yield attribute, value, token.start - start, token.end - start
