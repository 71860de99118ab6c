"""Details of a young person's case: age, place, date, relation, school year, offence, placement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.model import Category
from deid.risk.released import Token, Turn, own_value

READABLE, COARSE, KIND = 1.0, 0.5, 0.25

_NUMBER = r"(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
_SHAPES = (
    # fourteen-year-old | she was 14 | aged twelve
    ("age", re.compile(
        rf"\b{_NUMBER}[- ]year[- ]olds?\b|\b(?:aged|she was|he was|turned) {_NUMBER}\b(?! (?:months|minutes))", re.I)),
    # in year nine | Year 10
    ("school year", re.compile(r"\byear (?:seven|eight|nine|ten|eleven|7|8|9|10|11)\b", re.I)),
    # her twin sister | his nan | mum's boyfriend
    ("relation", re.compile(
        r"\b(?:her|his|their|the) (?:\w+ )?(?:mum|mother|dad|father|nan|gran|grandmother|grandfather|grandad|stepdad"
        r"|stepfather|sister|brother|twin|aunt|auntie|uncle|cousin|foster carer|mother['’]s boyfriend|baby)\b"
        r"|\bmum['’]s boyfriend\b", re.I)),
    # got nine years | charged with | trafficking | rape
    ("offence", re.compile(
        r"\b(?:got|given|served) \w+(?:[- ]\w+)? years\b|\b(?:charged|convicted|sentenced|raped?|trafficked|trafficking"
        r"|stabbed|murder\w*|abducted|kidnap\w*|drowned|overdosed?|died|took (?:her|his) own life)\b", re.I)),
    # placed at | in a secure unit | foster placement | out-of-county placement
    ("placement", re.compile(
        r"\b(?:placed (?:at|in|with|by)|foster(?:ed| placement| home)|secure unit|residential|children['’]s home"
        r"|care order|out[- ]of[- ]county placement|semi[- ]independent)\b", re.I)),
    # in March 2019 | just before Christmas | on the fourth of June | Bank Holiday
    ("date", re.compile(
        r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b(?: (?:19|20)\d\d)?"
        r"|\b(?:in|of|since) (?:19|20)\d\d\b|\b(?:christmas|easter|bank holiday|boxing day|new year['’]s)\b", re.I)),
)  # fmt: skip
_BY_CATEGORY = {Category.AGE: "age", Category.PLACE: "place", Category.DATE: "date"}
_PLACEMENTS = frozenset({"Home", "Children's home", "Care home", "Hostel", "Care placement", "Prison"})
_SCHOOLS = frozenset({"School", "College", "Place of learning"})


@dataclass(frozen=True, slots=True)
class Detail:
    kind: str
    weight: float
    turn: int
    value: str = field(repr=False)


def details_of(turn: Turn) -> Iterator[Detail]:
    """Every detail of a turn, those that our tokens still tell included."""
    for token in turn.tokens:
        if kind := _kind(token):
            value = own_value(token)
            yield Detail(kind, COARSE if token.area or token.coarse else KIND, turn.number, f"{token.entity} {value}")
    inside = [(token.start, token.end) for token in turn.tokens]
    for kind, shape in _SHAPES:
        for match in shape.finditer(turn.text):
            if not any(start <= match.start() < end for start, end in inside):
                yield Detail(kind, READABLE, turn.number, match.group().lower())


def _kind(token: Token) -> str:
    if token.label in _PLACEMENTS:
        return "placement"
    if token.label in _SCHOOLS:
        return "school"
    if token.category is Category.PERSON and token.part in ("relative", "parent", "suspect"):
        return "relation"
    if token.category is Category.CASE:
        return "case"
    return _BY_CATEGORY.get(token.category, "")
