"""What participants' own words still tell of them: post, kind of agency, place, tenure, gender, age, traits.

A fact needs a first-person cue right before it: "I rang the team manager" tells nothing of the speaker's post, and
a fact that is not there is worse in a table of risks than one that a reader has to add.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from deid.fold import fold
from deid.model import Category
from deid.region import Region
from deid.risk.reading import Phrases, find, index, sentences
from deid.risk.released import Fact, Released, Token, Turn, own_value
from deid.values import read_ages, read_date, read_number

_I = r"(?:I['’]m|I am|I was|I['’]ve been|I became|I work(?:ed)?|we['’]re)"
# I'm the | my title is actually the | I work as a | as a ... I
_BEFORE_ROLE = re.compile(
    rf"\b(?:{_I}|my (?:role|job|title|post)(?:['’]s| is| was))(?: (?:as|a|an|the|our|their|its|one|of|now"
    r"|currently|also|actually|basically|just|still|only|both|and|senior|lead|principal|deputy"
    r"|assistant|newly|um|er|uh))*[,]? ?$",
    re.IGNORECASE,
)
# I work for the | I joined | I'm on the | my team is at the
_BEFORE_AGENCY = re.compile(
    rf"\b(?:{_I}|I['’]ve worked|I (?:joined|run|manage|lead|started|moved|came|left)|my (?:team|service|organisation))"
    r"\b[^.?!]{0,40}\b(?:for|at|with|in|to|on|joined|run|manage|lead|of|left)(?: the| a| an| our)? ?$"
    r"|\bI (?:joined|run|manage|lead|left)(?: the| a| an| our)? ?$",
    re.IGNORECASE,
)
# I'm based in | I cover | we cover all five | I live out near | my patch is
_BEFORE_PLACE = re.compile(
    rf"\b(?:{_I}|I['’]ve (?:worked|lived)|I (?:live|lived|cover|covered|grew up|come|came|moved|did)|based"
    r"|my (?:patch|area|office|base|home)(?:['’]s| is| was))\b[^.?!]{0,40}\b"
    r"(?:in|at|from|across|to|near|for|of|cover|covered|is|was|right across|around)(?: the)? ?$"
    r"|\b(?:I|we) cover(?:ed)?(?: the| all(?: of| \w+)?)? ?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_FIRST_PERSON = re.compile(r"\b(?:I|my|we cover(?:ed)?)\b", re.IGNORECASE)  # captions have no capitals
# I cover [Town 1, East Kent], [Town 2, East Kent] and the [Area 3]: what the first one is, the others are
_AND = re.compile(r"(?:,|,? and| or|/)?(?: the| to the| to)? ?", re.IGNORECASE)
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_NUMBER = (
    rf"(?:\d{{1,2}}|(?:twenty|thirty|forty|fifty|sixty)(?:[ -]{_UNIT})?|[a-z]{{3,9}}teen|ten|eleven|twelve|{_UNIT})"
)
# thirty-one years | 12 years, but not "years old"
_YEARS = re.compile(rf"\b({_NUMBER}) years?\b(?! (?:old|of age))", re.IGNORECASE)
_WORK = re.compile(
    r"\b(?:been|work|worked|working|job|post|role|service|doing|done|qualified|nurs\w+|teach\w*|career|experience|started"
    r"|joined|force|retire\w*|practice|practis\w+|social work)\b",
    re.IGNORECASE,
)
# joined in 1999 | here since 2004 | qualified back in [autumn 2004] | since the [late 2000s]
_SINCE = re.compile(
    r"\b(?:joined|started|qualified|trained|since|appointed|came here|moved here)\b[^.?!]{0,40}?"
    r"\b((?:(?:early|mid|late)[ -])?(?:19|20)\d\ds|(?:19|20)\d\d)\b"
)
# doing it since two thousand and eight | I joined in nineteen ninety-nine
_SINCE_SPOKEN = re.compile(
    r"\b(?:joined|started|qualified|trained|since|appointed|came here|moved here)\b[^.?!]{0,40}?"
    r"\b((?:two thousand(?: and)?|twenty|nineteen) [a-z]+(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)\b",
    re.IGNORECASE,
)
# I'm fifty-two | I am in my late fifties | I turned sixty
_AGED = re.compile(
    r"\bI(?:['’]m| am|['’]ve just turned| turned)(?: now| nearly| almost| about| just)?"
    rf" (in my (?:early |mid |late )?(?:twenties|thirties|forties|fifties|sixties)|{_NUMBER})\b"
    r"(?! (?:years? (?:in|into)|per|minutes?|months?|miles?"
    r"|hours?|days?|weeks?|of|or|pages?|cases?|stone))",
    re.IGNORECASE,
)
_I_AM = re.compile(r"\bI(?:['’]m| am)(?: now| nearly)? ?$")
# as a woman | I was the first woman | I'm a mum of three | I'm a vicar's daughter
_GENDER = re.compile(
    r"\b(?:I(?:['’]m| am| was)|as|being)(?: an?| the)?(?: only| first)?(?: [\w'’-]+){0,2} "
    r"(woman|female|lady|mum|mother|daughter|wife|nan|grandmother|man|male|bloke|dad|father|son|husband|grandad)\b",
    re.IGNORECASE,
)
_WOMAN = frozenset("woman female lady mum mother daughter wife nan grandmother".split())
# I'm a vicar's daughter | I'm a foster carer | I grew up in care | I'm a twin
_FAMILY = re.compile(
    r"\bI(?:['’]m| am) an? ((?:[\w-]+['’]s (?:daughter|son|wife|husband|widow|widower|sister|brother))|twin"
    r"|foster carer|care leaver|adoptee)\b|\bI (grew up in care|was adopted|was fostered)\b",
    re.IGNORECASE,
)
# I'm a practising Sikh | I'm originally Welsh | I've got MS | I speak Polish
_BEFORE_TRAIT = re.compile(
    r"\b(?:I(?:['’]m| am| was born| speak|['’]ve got| have))"
    r"(?: (?:an?|in|the|originally|half|part|practising|also|only|one|of|few|actually))* ?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lists:
    """What is looked for by its words."""

    roles: Phrases[str]
    bodies: Phrases[str]
    places: Phrases[str]
    traits: Phrases[str]


@lru_cache(maxsize=8)
def _lists(
    roles: tuple[str, ...], bodies: tuple[tuple[str, str], ...], places: tuple[str, ...], traits: frozenset[str]
) -> Lists:
    return Lists(
        index((role, fold(role)) for role in roles),
        index(bodies),
        index((place, place) for place in places),
        index((word, fold(word)) for word in sorted(traits)),
    )


def lists(released: Released, region: Region) -> Lists:
    kinds = (
        "police",
        "council",
        "charity",
        "hospital",
        "school",
        "college",
        "prison",
        "court",
        "secure unit",
        "hostel",
    )
    named = [
        (name, agency.kind)
        for agency in region.agencies
        for name in (agency.name, *agency.aliases)
        if agency.scope != "national"
    ]
    areas = {place.subregion for place in region.places if place.subregion}
    return _lists(
        tuple(role.role for role in region.roles),
        (*named, *((kind, kind) for kind in kinds)),
        tuple(sorted(areas | {place.name for place in region.places})),
        released.trait_words,
    )


def facts_of(released: Released, region: Region) -> tuple[Fact, ...]:
    """Every fact that participants tell of themselves, at each of its places."""
    known = lists(released, region)
    return tuple(
        Fact(turn.speaker, attribute, value, talk.code, turn.number, start, end)
        for talk in released.talks
        for turn in talk.own()
        for attribute, value, start, end in dict.fromkeys(_in_turn(turn, known))
    )


def _in_turn(turn: Turn, known: Lists) -> Iterator[tuple[str, str, int, int]]:
    text = turn.text
    for start, end in sentences(text):
        said = text[start:end]
        if not _FIRST_PERSON.search(said) and not _BEFORE_PLACE.search(said):
            continue
        tokens = [token for token in turn.tokens if start <= token.start < end]
        for attribute, value, first, last in (*_by_lists(said, known), *_by_tokens(text, start, tokens)):
            yield attribute, value, start + first, start + last
        for attribute, value, first, last in _by_shape(said):
            yield attribute, value, start + first, start + last


def _by_lists(said: str, known: Lists) -> Iterator[tuple[str, str, int, int]]:
    every: tuple[tuple[str, Phrases[str], re.Pattern[str]], ...] = (
        ("role", known.roles, _BEFORE_ROLE),
        ("agency", known.bodies, _BEFORE_AGENCY),
        ("place", known.places, _BEFORE_PLACE),
        ("trait", known.traits, _BEFORE_TRAIT),
    )
    for attribute, phrases, before in every:
        for first, last, value in find(said, phrases):
            # A place that is also a word has to look like a name.
            is_name = attribute != "place" or said[first].isupper()
            if is_name and before.search(_shortened(said[:first])) and not inside_brackets(said, first):
                yield attribute, value, first, last


def _by_tokens(text: str, start: int, tokens: Iterable[Token]) -> Iterator[tuple[str, str, int, int]]:
    before = {
        Category.ROLE: ("role", _BEFORE_ROLE),
        Category.AGENCY: ("agency", _BEFORE_AGENCY),
        Category.PLACE: ("place", _BEFORE_PLACE),
        Category.AGE: ("age", _I_AM),
    }
    last: tuple[str, int] = ("", 0)  # what was told last, and where it ended
    for token in tokens:
        attribute, cue = before.get(token.category, ("", _I_AM))
        goes_on = last[0] == attribute == "place" and _AND.fullmatch(text[last[1] : token.start])
        if attribute and (goes_on or cue.search(_shortened(text[start : token.start]))):
            last = (attribute, token.end)
            if value := own_value(token):
                yield attribute, value, token.start - start, token.end - start


def _by_shape(said: str) -> Iterator[tuple[str, str, int, int]]:
    if _WORK.search(said):
        for match in _YEARS.finditer(said):
            years = read_number(match[1].replace("-", " "))
            if years and years > 1:
                yield "tenure", f"{years} years", match.start(1), match.end()
    for match in _SINCE.finditer(said):
        decade = "the " if match[1].endswith("s") else ""
        yield "tenure", f"since {decade}{match[1]}", match.start(1), match.end(1)
    for match in _SINCE_SPOKEN.finditer(said):
        date = read_date(match[1])
        if date and date.year:
            yield "tenure", f"since {date.year}", match.start(1), match.end(1)
    for match in _AGED.finditer(said):
        ages = read_ages(match[1])
        if ages and ages.low >= 18:
            yield (
                "age",
                str(ages.low) if ages.low == ages.high else f"{ages.low}-{ages.high}",
                match.start(1),
                match.end(1),
            )
    for match in _GENDER.finditer(said):
        yield "gender", "woman" if match[1].lower() in _WOMAN else "man", match.start(1), match.end(1)
    for match in _FAMILY.finditer(said):
        group = 1 if match[1] else 2
        yield "trait", fold(match[group]), match.start(group), match.end(group)


def _shortened(before: str) -> str:
    """The words before something with our own brackets emptied: how long a token is, is no distance."""
    return _BRACKETS.sub("[]", before)


def inside_brackets(said: str, place: int) -> bool:
    return said.rfind("[", 0, place) > said.rfind("]", 0, place)
