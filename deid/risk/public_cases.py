"""Passages that lead to something public: a case in the news, a published review, a public event of the region.

The stranger's way in: they need nobody's name, only the newspaper.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deid.fold import fold
from deid.model import Category
from deid.region import Region, common_words
from deid.risk.released import Released, Risk, Turn

# it was in the papers | you'll have seen it on the news | it made the headlines | there was a documentary |
# you could find him if you googled it
_IN_THE_NEWS = re.compile(
    r"\b(?:in|on|all over) (?:the|all the) (?:local |national |front |evening )?"
    r"(?:news|papers?|press|telly|tv|radio|headlines|front page)\b"
    r"|\bmade (?:the|national) (?:headlines|news)\b|\byou['’](?:ll|d) have (?:read|seen|heard)\b"
    r"|\bon the front page\b|\b(?:a|the) (?:documentary|petition|vigil)\b"
    r"|\b(?:you|anyone|anybody|they|people) (?:can|could|might|only had to|just) (?:google|look up)\b"
    r"|\bgoogled? (?:it|him|her|them|me|that)\b",
    re.IGNORECASE,
)
# One event, not events as such.
_KINDS: Mapping[str, re.Pattern[str]] = {
    "review": re.compile(
        r"\b(?:the|that|our|a) (?:\w+ ){0,2}(?:serious case review|practice review|case review|SCR)\b"
        r"|\bin the review\b",
        re.I,
    ),
    "court case": re.compile(
        r"\b(?:the|that|our) (?:\w+ ){0,2}(?:trial|court case|prosecution|sentencing|appeal)\b", re.I
    ),
    "inspection": re.compile(r"\b(?:the|that|our|last) (?:\w+ ){0,2}(?:inspection|JTAI)\b", re.I),
    "team": re.compile(r"\b(?:the|our) (?:\w+ ){0,2}(?:task ?force)\b", re.I),
}
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_COMMON_WORDS = 2


@dataclass(frozen=True, slots=True)
class Event:
    kind: str
    words: frozenset[str]
    first: int
    last: int
    where: frozenset[str]


def public_cases(released: Released, region: Region) -> Iterator[Risk]:
    """At most one finding a turn."""
    events = events_of(region)
    for talk in released.talks:
        for turn in talk.own():
            reason = _why(turn, events)
            if reason:
                yield Risk(
                    "public_case", talk.code, turn.number, reason,
                    "remove the passage, or describe the event so that no report of it fits alone",
                    key=f"{turn.number} {reason}",
                )  # fmt: skip


def events_of(region: Region) -> tuple[Event, ...]:
    """The public events of the region's facts; one that lacks a field is used as far as it goes."""
    raw = region.public_facts.get("public_event", ())
    values = [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list | tuple) else []
    return tuple(_event(one) for one in values)


def _event(value: Mapping[str, object]) -> Event:
    years = [int(year) for year in _YEAR.findall(str(value.get("years", "")))]
    where = value.get("where", ())
    return Event(
        kind=str(value.get("kind", "")),
        words=frozenset(word for word in fold(str(value.get("what", ""))).split() if _is_telling(word)),
        first=min(years, default=0),
        last=2100 if "onwards" in str(value.get("years", "")) else max(years, default=2100),
        where=frozenset(fold(str(place)) for place in where) if isinstance(where, list | tuple) else frozenset(),
    )


def _why(turn: Turn, events: Sequence[Event]) -> str:
    if _IN_THE_NEWS.search(turn.text):
        return "The text itself says that this was in the news or can be looked up: a search for it leads to names."
    for event in events:
        if _leads_to(turn, event):
            return f"This fits a public {event.kind or 'event'} of the region by its words and its time."
    return ""


def _leads_to(turn: Turn, event: Event) -> bool:
    years = [int(year) for year in _YEAR.findall(turn.text)]
    in_time = any(event.first <= year <= event.last for year in years)
    common = event.words & frozenset(fold(turn.text).split())
    cue = _KINDS.get(event.kind)
    if cue is not None and cue.search(turn.text):
        return in_time or (_is_placed(turn, event) and len(common) >= 1)
    return cue is None and in_time and len(common) > _COMMON_WORDS


def _is_placed(turn: Turn, event: Event) -> bool:
    areas = {fold(token.area) for token in turn.tokens if token.category is Category.PLACE and token.area}
    text = f" {fold(turn.text)} "
    return any(place in areas or f" {place} " in text for place in event.where)


def _is_telling(word: str) -> bool:
    return len(word) > 4 and word not in common_words()
