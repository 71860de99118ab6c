"""The queue by thing and not by hit: all doubts about one thing are one card, with every place of it in all files.

A card is answered once every doubt on it is. What decides alike is one card a transcript: what is replaced on weak
evidence, so that nothing is readable whatever is answered; and, as a list to look through, what is left readable and
nobody is sure about. Each place of these is shown with its own reason. A card is light: the words around its places
are looked up when it is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from deid.digests import fingerprint
from deid.fold import fold
from deid.model import Doubt, Leak, Product, Span
from deid.resolve.phrases import find_phrases, index_phrases
from deid.study.decisions import decision_fingerprint
from deid.study.folder import Study
from deid.study.render import Rendered
from deid.study.review.contexts import RESIDUAL, doubt_keys
from deid.study.review.pieces import Look, Place
from deid.study.risk.mending import Mend

GATE, LINK, SEVERAL, UNSURE, RISK, LIST = "gate", "link", "several", "unsure", "risk", "list"
# Most dangerous first: a gate hit has no output, a link may merge two people.
ORDER = (GATE, LINK, SEVERAL, UNSURE, RISK, LIST)
TOGETHER = frozenset({SEVERAL, LIST})
_MOST_TOGETHER = {SEVERAL: 12, LIST: 40}  # so many are still looked at one by one
_DANGER = ("PERSON", "IDENTIFIER", "CONTACT", "CASE", "AGENCY", "PLACE", "ROLE", "TRAIT", "AGE", "DATE", "")

At = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Left:
    """One finding on a risk card, with the passage that it speaks of."""

    id: str
    kind: str
    code: str
    turn: int
    reason: str = field(repr=False)
    suggestion: str = field(repr=False)
    at: tuple[At, ...] = ()
    is_open: bool = True


@dataclass(frozen=True)
class Card:
    """One thing to decide. `at`: where. `doubts`: the fingerprints that an answer settles.

    `token` is how it will read, "" where nothing is replaced. about, whose: what the findings on a risk card have in
    common, and the participant or transcript. left, mends: these findings, and what would end them in one act.
    marks, reasons: of a card of several things, the doubt and its reason at each place. twins, also: the same thing
    in a transcript that repeats this one, and such transcripts.
    """

    id: str
    kind: str
    why: tuple[str, ...]
    at: tuple[At, ...]
    look: Look = field(repr=False, compare=False)
    doubts: tuple[str, ...] = ()
    entity: str = ""
    token: str = ""
    category: str = ""
    part: str = ""
    candidates: tuple[str, ...] = ()
    answered: bool = False
    nowhere: Place | None = field(default=None, repr=False)
    about: str = ""
    whose: str = ""
    left: tuple[Left, ...] = ()
    mends: tuple[Mend, ...] = ()
    marks: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where it stands, with the words around it; a leak outside the text has no words."""
        return tuple(self.look.place(*one) for one in self.at) or tuple(filter(None, [self.nowhere]))

    @cached_property
    def others(self) -> tuple[At, ...]:
        """Further mentions of the thing, which are not in doubt."""
        here = set(self.at)
        return tuple(one for one in self.look.mentions_of(self.entity) if one not in here) if self.entity else ()

    @property
    def title(self) -> str:
        if self.kind in TOGETHER:
            return self.at[0][0]
        return self.token or (self.why[0] if self.kind == RISK else self.places[0].text)

    @property
    def codes(self) -> frozenset[str]:
        nowhere = {self.nowhere.code} if self.nowhere else frozenset[str]()
        return frozenset(code for code, _ in self.at) | self.also | nowhere


@dataclass(slots=True)
class Group:
    """Doubts that one answer settles. also: transcripts that repeat this one, and ask the same."""

    kind: str
    at: list[At] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    also: set[str] = field(default_factory=set)
    candidates: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A rendered study with its queue, in the order in which it should be looked at."""

    rendered: Rendered = field(repr=False)
    look: Look = field(repr=False)
    groups: Mapping[str, Group] = field(repr=False)
    cards: tuple[Card, ...]
    answers: frozenset[str] = field(repr=False)


def shown(study: Study, rendered: Rendered, answers: frozenset[str], repeats: Mapping[str, str]) -> Shown:
    """repeats: transcripts that have the words of another one (`repeats_of`)."""
    look = Look(rendered.outcome)
    groups = _groups(study, rendered, look, repeats)
    cards = [*_gate_cards(rendered, look), *(_card(id, one, rendered, look, answers) for id, one in groups.items())]
    return Shown(rendered, look, groups, tuple(sorted(cards, key=_rank)), answers)


def shown_again(before: Shown, rendered: Rendered, answers: frozenset[str], touched: frozenset[str]) -> Shown:
    """As before, but for the cards of the things that were touched and those whose doubts were answered since."""
    look = Look(rendered.outcome, before.look)
    changed = before.answers ^ answers

    def now(one: Card) -> Card:
        group = before.groups.get(one.id)
        if group is None:
            return risk_card(replace(one, look=look), answers) if one.kind == RISK else one
        is_touched = one.entity in touched or touched & {*one.candidates} or changed.intersection(group.marks)
        return _card(one.id, group, rendered, look, answers) if is_touched else one

    return Shown(rendered, look, before.groups, tuple(map(now, before.cards)), answers)


def risk_card(card: Card, answers: frozenset[str]) -> Card:
    """A risk card as the answers leave it: what is open of it, and where that stands; all of it once nothing is."""
    left = tuple(replace(one, is_open=one.id not in answers) for one in card.left)
    shown = [one for one in left if one.is_open] or left
    return replace(
        card,
        left=left,
        why=tuple(one.reason for one in shown),
        at=tuple(dict.fromkeys(place for one in shown for place in one.at)),
        doubts=tuple(one.id for one in shown),
        answered=not any(one.is_open for one in left),
    )


def with_risks(before: Shown, risks: Sequence[Card]) -> Shown:
    """The queue with these risks in the place of those before."""
    cards = [one for one in before.cards if one.kind != RISK]
    at = next((n for n, one in enumerate(cards) if one.kind == LIST), len(cards))
    return replace(before, cards=(*cards[:at], *risks, *cards[at:]))


def _groups(study: Study, rendered: Rendered, look: Look, repeats: Mapping[str, str]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    asked: dict[tuple[str, str], Group] = {}
    for code, product in sorted(rendered.outcome.products.items()):
        own: dict[str, Group] = {}
        for doubt, key in doubt_keys(product):
            if _is_own_code(doubt, product):
                continue
            mark = decision_fingerprint(study.contents, key)
            before = asked.get((repeats.get(code, ""), mark))
            if before is not None and before.kind in TOGETHER:
                before.also.add(code)
                continue
            group = before or _group_of(groups, own, doubt, product, look)
            asked[code, mark] = group
            group.at.append((code, doubt.span))
            group.marks.append(mark)
            group.reasons.append(doubt.why)
            group.candidates |= dict.fromkeys(doubt.candidates)
        for kind, group in own.items():
            groups |= {f"{kind} {code} {n}": part for n, part in enumerate(_parts(group))}
    # A card's id goes into a page's address, so it is keyed: the form that a group goes by is not to be guessed.
    return {fingerprint(study.contents.keys.decide, "card", name): group for name, group in groups.items()}


def _parts(group: Group) -> Iterator[Group]:
    """As many as can be looked at in one go; in a list what a recogniser was unsure about comes first."""
    size = _MOST_TOGETHER[group.kind]
    for first in range(0, len(group.at), size):
        part = slice(first, first + size)
        yield Group(group.kind, group.at[part], group.marks[part], group.reasons[part], group.also)


def _is_own_code(doubt: Doubt, product: Product) -> bool:
    """P01 as a speaker's label is what a reader should see; a number or a code inside speech is not excused."""
    segment = product.transcript.segments[doubt.span.segment]
    participants = product.transcript.code.rpartition("-")[0].split("+")
    return doubt.kind == RESIDUAL and segment.kind == "speaker" and segment.text.strip().rstrip(":") in participants


def _group_of(groups: dict[str, Group], own: dict[str, Group], doubt: Doubt, product: Product, look: Look) -> Group:
    """`own` are the groups of one transcript."""
    code = product.transcript.code
    if doubt.kind in (GATE, LINK):
        name = look.entity_at(code, doubt.span) or fold(product.transcript.text_at(doubt.span))
        return groups.setdefault(f"{doubt.kind} {name}", Group(doubt.kind))
    is_replaced = doubt.kind != RESIDUAL and look.is_replaced(code, doubt.span)
    kind = SEVERAL if is_replaced else LIST
    return own.setdefault(kind, Group(kind))


def _card(id: str, group: Group, rendered: Rendered, look: Look, answers: frozenset[str]) -> Card:
    every = list(zip(group.at, group.marks, group.reasons, strict=True))
    left = [one for one in every if one[1] not in answers]
    # Of several things those are shown that are open: what was decided last week is not looked through again.
    shown = left if left and group.kind in TOGETHER else every
    kind = UNSURE if group.kind == SEVERAL and len({look.entity_at(*at) for at, _, _ in shown}) == 1 else group.kind
    entity = look.entity_at(*shown[0][0]) if kind not in TOGETHER else ""
    twins = {look.entity_at(*at) for at, _, _ in shown} - {entity, ""} if kind == LINK else set[str]()
    entry = rendered.outcome.entries.get(entity)
    category = look.place(*shown[0][0]).category if kind not in TOGETHER and entry is None else ""
    return Card(
        id=id,
        kind=kind,
        why=tuple(dict.fromkeys(reason for _, _, reason in shown)),
        at=tuple(at for at, _, _ in shown),
        look=look,
        doubts=tuple(dict.fromkeys(mark for _, mark, _ in shown)),
        entity=entity,
        token=entry.tokens.get(rendered.tier, "") if entry else "",
        category=entry.entity.category.value if entry else category,
        part=entry.entity.part if entry else "",
        candidates=tuple(id for id in group.candidates if id not in {entity, *twins}),
        answered=not left,
        marks=tuple(mark for _, mark, _ in shown) if kind in TOGETHER else (),
        reasons=tuple(reason for _, _, reason in shown) if kind in TOGETHER else (),
        twins=tuple(sorted(twins)),
        also=frozenset(group.also),
    )


def _gate_cards(rendered: Rendered, look: Look) -> Iterator[Card]:
    """One card for each thing that holds a file back; it is answered when the gate is content, and not before."""
    by_thing: dict[tuple[str, str, str], list[At]] = {}
    nowhere: dict[tuple[str, str, str], Place] = {}
    for code, gated in rendered.gated.items():
        product = rendered.outcome.products[code]
        for leak in gated.leaks:
            entry = rendered.outcome.entries.get(leak.entity)
            thing = (code, leak.entity, leak.why)
            nowhere.setdefault(thing, Place(code, leak.turn, "", Span(0, 0, 1), (), leak.where, ()))
            at = by_thing.setdefault(thing, [])
            spans = _spans_of_leak(product, leak, entry.entity.forms if entry else ())
            at += [(code, span) for span in spans if (code, span) not in at]
    for (code, entity, why), at in by_thing.items():
        entry = rendered.outcome.entries.get(entity)
        token = entry.tokens.get(rendered.tier, "") if entry else ""
        category = entry.entity.category.value if entry else ""
        yield Card(
            f"gate-{code}-{entity}", GATE, (why,), tuple(at), look, entity=entity, token=token, category=category,
            nowhere=nowhere[code, entity, why] if not at else None,
        )  # fmt: skip


def _spans_of_leak(product: Product, leak: Leak, forms: Sequence[str]) -> Iterator[Span]:
    """Where a leak's forms stand unreplaced; its whole turn where they cannot be told."""
    phrases = index_phrases((form, True) for form in forms)
    replaced = [one.span for one in product.replacements]
    turn = [(n, one) for n, one in enumerate(product.transcript.segments) if one.text and one.turn == leak.turn]
    found = [Span(n, start, end) for n, one in turn for start, end, _ in find_phrases(one.text, phrases)]
    found = [span for span in found if not any(span.overlaps(other) for other in replaced)]
    yield from found or [Span(n, 0, len(one.text)) for n, one in turn[:1] if leak.turn]


def _rank(card: Card) -> tuple[object, ...]:
    first = card.at[0] if card.at else ("", Span(0, 0, 1))
    return (ORDER.index(card.kind), _DANGER.index(card.category), -len(card.at), *first)
