"""A first attempt by machine: who of the roster fits what a transcript still tells, and how surely.

It knows what a colleague knows: everybody's post, agency, base, tenure and usual phrases, as far as the roster has
them. It weighs each fact by how rare it is among the people it could be, as somebody would who knows the field. It is
no proof of anything when it fails; a person with the internet and an afternoon does more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from deid.fold import fold
from deid.model import KnownPerson
from deid.region import Region
from deid.risk.coarser import WITHHELD, kind_of_body, steps
from deid.risk.released import Fact, Released
from deid.risk.tenure import same_tenure

_UNLIKELY = 0.05  # how far a fact that does not fit speaks against a person: rosters are out of date, people misspeak


@dataclass(frozen=True, slots=True)
class Guess:
    """Whom the intruder would name for a participant's transcripts. `best`: several where it cannot choose."""

    who: str
    best: tuple[str, ...] = field(repr=False)
    confidence: float
    used: tuple[str, ...] = ()

    @property
    def chance_right(self) -> float:
        """How often naming one of the best would be right."""
        return 1 / len(self.best) if self.who in self.best else 0.0


def guesses(released: Released, facts: Iterable[Fact], region: Region) -> tuple[Guess, ...]:
    """One guess a participant; without a roster there is nobody to name."""
    people = [person for person in released.roster if person.part != "interviewer" and not _is_interviewer(person)]
    own: dict[str, list[Fact]] = {person: [] for person in released.participants}
    for fact in {(fact.who, fact.attribute, fact.value): fact for fact in facts}.values():
        own.setdefault(fact.who, []).append(fact)
    if not people:
        return ()
    return tuple(_guess(who, own[who], released, people, region) for who in released.participants)


def right(found: Sequence[Guess]) -> tuple[float, float]:
    """How many guesses are right, and how many would be by drawing lots."""
    hits = sum(guess.chance_right for guess in found)
    return hits, 1.0 if found else 0.0  # one of n by lot, for each of n participants


def _guess(who: str, facts: Sequence[Fact], released: Released, people: Sequence[KnownPerson], region: Region) -> Guess:
    weights = {person.code: 1.0 for person in people}
    used = []
    spoken = _spoken(released, who)
    for fact in facts:
        fits = {person.code: _fits(fact, person, region) for person in people}
        if _weigh(weights, fits):
            used.append(fact.attribute)
    for phrase in sorted({phrase for person in people for phrase in person.phrases}):
        if f" {fold(phrase)} " in spoken and _weigh(weights, {one.code: phrase in one.phrases for one in people}):
            used.append("phrase")
    total = sum(weights.values())
    most = max(weights.values())
    best = tuple(code for code, weight in weights.items() if weight > most * 0.999)
    return Guess(who, best, most / total, tuple(dict.fromkeys(used)))


def _weigh(weights: dict[str, float], fits: Mapping[str, bool | None]) -> bool:
    """Whether the fact told anybody apart: a person of whom the roster says nothing is neither nor."""
    if not any(fits.values()):
        return False
    for code, fit in fits.items():
        weights[code] *= 1.0 if fit else (_UNLIKELY if fit is False else 0.5)
    return not all(fits.values())


def _fits(fact: Fact, person: KnownPerson, region: Region) -> bool | None:
    """Whether the roster's row agrees with a fact, at the fact's own coarseness; None where it does not say."""
    column = {"role": person.role, "agency": person.agency, "place": person.base, "tenure": person.tenure}.get(
        fact.attribute, ""
    )
    if not column:
        return None
    if fact.attribute == "tenure":
        return same_tenure(fact.value, column, region.public_facts)
    value, known = fold(fact.value), fold(column)
    if value in known or known in value:
        return True
    return any(value == fold(coarse) for coarse in _coarser(fact.attribute, column, region))


def _coarser(attribute: str, column: str, region: Region) -> Iterable[str]:
    """What the roster's value becomes step by step, so that "health role" fits "Named nurse"."""
    if attribute == "place":
        known = fold(column)
        for place in region.places:
            if f" {fold(place.name)} " in f" {known} ":
                kind = place.type.replace("_", " ")
                yield from (
                    place.district,
                    place.subregion,
                    f"{kind} in {place.subregion}",
                    f"{kind} in {place.district}",
                )
                yield kind
        return
    if attribute == "agency":
        words = f" {fold(column)} "
        kinds = {
            agency.kind
            for agency in region.agencies
            if any(f" {fold(name)} " in words for name in (agency.name, *agency.aliases))
        } | {kind_of_body(column)}
        for kind in sorted(kinds - {""}):
            yield kind
            yield from (step for step in steps((attribute, kind), region) if step != WITHHELD)
        return
    value = max((fold(role.role) for role in region.roles if fold(role.role) in fold(column)), key=len, default="")
    yield from (step for step in steps((attribute, value), region) if step != WITHHELD)


def _spoken(released: Released, who: str) -> str:
    turns = (turn.text for talk in released.talks for turn in talk.turns if turn.speaker == who)
    return f" {fold(' '.join(turns))} "


def _is_interviewer(person: KnownPerson) -> bool:
    return "interviewer" in person.role.casefold()
