"""Everything that `deid risk` finds in a study's released text. There is no score: nothing here proves anonymity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.fold import fold
from deid.region import Region
from deid.risk.claims import claims
from deid.risk.clusters import cluster_risks, clusters
from deid.risk.coarser import Item, steps
from deid.risk.facts import facts_of
from deid.risk.headings import headings_of
from deid.risk.intruder import Guess, guesses
from deid.risk.inversion import counts_of, inversions
from deid.risk.linkage import linkage
from deid.risk.plan import Plan, plan
from deid.risk.public_cases import public_cases
from deid.risk.released import Fact, Released, Risk
from deid.risk.told import told_of
from deid.risk.unique import Unique, contradictions, ending, fitting, in_words, rows_of, uniques
from deid.risk.wording import wordings

PLAIN = (
    "Unique among these participants does not mean unique among all who hold such a post; and no finding here does not"
    " mean that nobody could be recognised."
)
# The most telling first.
KINDS = ("combination", "colleague", "claim", "public_case", "cluster", "linkage", "inversion", "wording")
_FEW = 3  # so few holders of a post are no crowd
_SURE = 0.8
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Assessment:
    """rows: what is readable of each participant. plan: what would end every combination, and what is left then.

    bodies: in how many bodies of the region a participant may work, by the rarest kind that the text tells.
    """

    tier: str
    risks: tuple[Risk, ...]
    facts: tuple[Fact, ...] = field(repr=False)
    rows: Mapping[str, frozenset[Item]] = field(repr=False)
    uniques: tuple[Unique, ...] = field(repr=False)
    guesses: tuple[Guess, ...] = field(repr=False)
    notes: tuple[str, ...] = ()
    plan: Plan = field(default_factory=Plan)
    bodies: Mapping[str, int] = field(default_factory=dict)


def assess(released: Released, region: Region, population: Mapping[str, int]) -> Assessment:
    told = (*facts_of(released, region), *headings_of(released, region), *told_of(released, region))
    rows = {person: frozenset[Item]() for person in released.participants} | rows_of(told)
    rows = {person: rows[person] for person in released.participants}
    is_sample = len(rows) > 1  # of one participant everything would be unique, and nothing is said by it
    found = uniques(rows, region, population) if is_sample else ()
    tried = guesses(released, told, region)
    ends = plan(released, told, region) if is_sample else Plan()
    cases = clusters(released)
    risks = [
        *_combinations(found, told, ends),
        *_posts(rows, found, told, region, population),
        *_colleagues(tried, found, told, ends),
        *claims(released), *public_cases(released, region), *cluster_risks(cases), *linkage(released, cases),
        *inversions(released, region), *wordings(released),
    ]  # fmt: skip
    ordered = tuple(sorted(risks, key=lambda risk: KINDS.index(risk.kind)))
    notes = (*_notes(released, region, population), *contradictions(rows, population), PLAIN)
    return Assessment(released.tier, ordered, told, rows, found, tried, notes, ends, _bodies(rows, released, region))


def _combinations(found: Sequence[Unique], facts: Sequence[Fact], ends: Plan) -> Iterator[Risk]:
    """One finding a participant: their smallest combinations, and what ends all of them."""
    by_person: dict[str, list[Unique]] = {}
    for unique in found:
        by_person.setdefault(unique.who, []).append(unique)
    for person, own in by_person.items():
        size = len(own[0].items)
        smallest = [unique for unique in own if len(unique.items) == size]
        fact = _fact(facts, person, smallest[0].items)
        others = len(smallest) - _LISTED
        listed = "; ".join(_placed(unique, facts) for unique in smallest[:_LISTED])
        more = f" and {others} more" if others > 0 else ""
        yield Risk(
            "combination", fact.code, fact.turn,
            f"Only {person} shows {listed}{more}{_population(smallest[0])}{_told_by(fact)}.",
            f"coarser: {ends.in_words(person)}",
            key=f"{person} {sorted(unique.items for unique in smallest)}", who=person,
        )  # fmt: skip


def _posts(
    rows: Mapping[str, frozenset[Item]],
    found: Sequence[Unique],
    facts: Sequence[Fact],
    region: Region,
    population: Mapping[str, int],
) -> Iterator[Risk]:
    """A post that few hold names its holder even where two participants share it."""
    alone = {(unique.who, item) for unique in found if len(unique.items) == 1 for item in unique.items}
    singular = {fold(role.role) for role in region.roles if role.singular}
    for person, items in rows.items():
        for item in sorted(items):
            few = fitting((item,), population)
            if item[0] != "role" or (person, item) in alone or not (item[1] in singular or (few and few <= _FEW)):
                continue
            fact = _fact(facts, person, (item,))
            held = f"by {few} people, as you estimate" if few else "by one person in each body"
            yield Risk(
                "combination", fact.code, fact.turn,
                f"{person}'s post ({item[1]}) is held {held}: with the body or the place it names them.",
                f"coarser: {ending(Unique(person, (item,), (item, _kind_of(item, region))))}",
                key=f"{person} post {item[1]}", who=person,
            )  # fmt: skip


def _colleagues(tried: Sequence[Guess], found: Sequence[Unique], facts: Sequence[Fact], ends: Plan) -> Iterator[Risk]:
    """Whom the roster gives away although nothing is unique in the sample: not found twice."""
    known = {unique.who for unique in found}
    for guess in tried:
        if guess.who in known or guess.best != (guess.who,) or guess.confidence < _SURE:
            continue
        fact = next((fact for fact in facts if fact.who == guess.who), None)
        yield Risk(
            "colleague", fact.code if fact else "", fact.turn if fact else 0,
            f"Somebody who knows everybody's post and base would name {guess.who} from {' and '.join(guess.used)}.",
            f"coarser: {ends.in_words(guess.who)}; or accept with a reason",
            key=f"{guess.who} {' '.join(guess.used)}", who=guess.who,
        )  # fmt: skip


def _bodies(rows: Mapping[str, frozenset[Item]], released: Released, region: Region) -> dict[str, int]:
    """What a stranger can count: the public facts and the region pack say how many bodies there are of a kind."""
    counts = counts_of(released, region)
    told = {
        person: [counts.get(value, 0) for name, value in items if name == "agency"] for person, items in rows.items()
    }
    return {person: min(filter(None, own)) for person, own in told.items() if any(own)}


def _notes(released: Released, region: Region, population: Mapping[str, int]) -> Iterator[str]:
    if len(released.participants) < 2:
        yield "There is one participant: uniqueness among participants says nothing, and two accounts cannot meet."
    if not any(person.role or person.agency or person.base for person in released.roster):
        yield "The roster tells no posts: the colleague's view cannot be taken. deid roster import FILE adds them."
    if not region.public_facts:
        yield "The region pack has no public facts: the stranger's view knows only the pack's places."
    if not population:
        yield "There are no estimates in [risk.population] of deid.toml: how many fit outside the sample is unknown."


def _fact(facts: Sequence[Fact], person: str, items: Sequence[Item]) -> Fact:
    return next(fact for fact in facts if fact.who == person and (fact.attribute, fact.value) == items[0])


def _placed(unique: Unique, facts: Sequence[Fact]) -> str:
    """The combination with the turns where it is told."""
    told = [_fact(facts, unique.who, (item,)) for item in unique.items]
    return f"{in_words(unique.items)} in {', '.join(dict.fromkeys(place_of(fact.code, fact.turn) for fact in told))}"


def place_of(code: str, turn: int) -> str:
    """Where something stands: what comes before the first turn is the heading."""
    return f"{code} turn {turn}" if turn else f"the heading of {code}"


def _population(unique: Unique) -> str:
    if unique.fitting is None:
        return ""
    fit = "one person fits" if unique.fitting == 1 else f"{unique.fitting} people fit"
    return f"; you estimate that {fit}, so a guess is right {unique.expected:.0%} of the time"


def _told_by(fact: Fact) -> str:
    return f" (told by {fact.told_by})" if fact.told_by else ""


def _kind_of(item: Item, region: Region) -> str:
    return steps(item, region)[0]
