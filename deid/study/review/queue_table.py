"""The queue as a table for Excel or LibreOffice, and back: a row a card, as its places will read.

A table leaves the study, so it holds no original: what the gate holds back is not shown, and originals are added only
as a reveal of everything at once is made. What comes back goes through the same acts as on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deid.cells import inert
from deid.errors import AskedWrongly
from deid.formats.sheets import read_sheet, write_sheet
from deid.study.decisions import in_force
from deid.study.private import check_private, write_owner_only
from deid.study.review.asked import KEEP, Asked
from deid.study.review.cards import GATE, LINK, LIST, RISK, SEVERAL, UNSURE, Card
from deid.study.review.pieces import Place
from deid.study.review.reviewing import Reviewing
from deid.study.risk.risk import REASONS
from deid.study.vault.reveal import check_reason

_SAID = ("card", "kind", "category", "reads", "where it stands", "why", "suggested")
COLUMNS = (*_SAID, "choice", "reason", "choices", "reasons")
ORIGINALLY = "originally"
_CHOICE = COLUMNS.index("choice")
# What each kind of card may be answered with; the first is what is suggested.
CHOICES: Mapping[str, tuple[str, ...]] = {
    GATE: ("replace", "keep"),
    LINK: ("own", "keep"),
    SEVERAL: ("confirm",),
    UNSURE: ("replace", "keep"),
    RISK: ("accept",),
    LIST: ("nothing",),
}
_SUGGESTED = {GATE: "replace", LINK: "", SEVERAL: "confirm", UNSURE: "replace", RISK: "", LIST: ""}
_MOST_PLACES = 12
_HELD_BACK = "(a known name still stands here: look at it on the page)"


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a table: rows decided now, decided before, and left empty."""

    decided: int
    before: int
    empty: int


def export_queue(
    review: Reviewing, path: Path, environment: Mapping[str, str], *, originals_for: str = "", actor: str = "deid"
) -> int:
    """Write the open cards; how many. originals_for: the reason for which originals stand in it as well."""
    if path.suffix.lower() != ".xlsx":
        raise AskedWrongly("the queue is written as .xlsx", where=path.name, hint="--export queue.xlsx")
    review.assess()
    cards = [card for card in review.cards() if not card.answered]
    if not originals_for:
        if path.exists():
            raise AskedWrongly("there is a file of this name already", where=str(path), hint="choose another name")
        path.write_bytes(_table(review, cards, with_originals=False))
        return len(cards)
    study, reason = review.study, check_reason(review.study, originals_for)
    check_private(path, study.folder, environment)
    with study.writing():
        study.record([("reveal_intent", {"scope": "queue", "count": len(cards), "reason": reason})], actor)
        write_owner_only(path, _table(review, cards, with_originals=True))
        study.record([("reveal_done", {"scope": "queue", "count": len(cards)})], actor)
    return len(cards)


def import_queue(review: Reviewing, data: bytes, reviewer: str) -> Applied:
    """Apply the choices, all or none of them. Raises AskedWrongly naming the row that cannot be applied.

    `review` foresees, so that a long table is not rendered once a row. Applied again, it changes nothing.
    """
    review.assess()
    cards = {card.id: card for card in review.cards()}
    decided = {line.values["card"] for line in in_force(review.lines()) if "card" in line.values}
    asked, before, empty = [], 0, 0
    for number, (id, choice, reason) in _rows(data):
        if id not in cards and id not in decided:
            raise AskedWrongly("there is no such card in the queue", where=f"row {number}", hint="export it anew")
        if not choice:
            empty += 1
        elif id in decided or cards[id].answered:
            before += 1
        else:
            asked.append((id, _asked(cards[id], choice, reason, reviewer, number)))
    for id, one in asked:
        review.act(_now(review, id, one), review.revision)
    review.settle()
    return Applied(len(asked), before, empty)


def choices_of(card: Card) -> tuple[str, ...]:
    """The words that may stand in a card's choice; a number is one of its candidates."""
    return (*CHOICES[card.kind][:1], *(str(n) for n, _ in enumerate(card.candidates, 1)), *CHOICES[card.kind][1:])


def _table(review: Reviewing, cards: Sequence[Card], *, with_originals: bool) -> bytes:
    head = (*COLUMNS, ORIGINALLY) if with_originals else COLUMNS
    rows = [head, *(_row(review, card, with_originals=with_originals) for card in cards)]
    lists = {(number, _CHOICE): choices_of(card) for number, card in enumerate(cards, 1)}
    return write_sheet([[inert(cell) for cell in row] for row in rows], name="Queue", lists=lists)


def _row(review: Reviewing, card: Card, *, with_originals: bool) -> tuple[str, ...]:
    held = {code for code, gated in review.settled.gated.items() if gated.is_blocked}
    is_shown = with_originals or not (card.kind == GATE or card.codes & held)
    places = card.places[:_MOST_PLACES]
    words = [_in_words(one) if is_shown else f"{one.code} turn {one.turn}: {_HELD_BACK}" for one in places]
    words += [f"and {len(card.places) - _MOST_PLACES} more"] if len(card.places) > _MOST_PLACES else []
    entries = review.shown.rendered.outcome.entries
    meant = [f"{n}: {entries[id].tokens.get(review.tier, '')}" for n, id in enumerate(card.candidates, 1)]
    row = (
        card.id,
        card.kind,
        card.category,
        card.token or (places[0].text if places and is_shown and card.kind == UNSURE else ""),
        "\n".join(words),
        "\n".join(f"{one.reason} What would end it: {one.suggestion}" for one in card.left) or "; ".join(card.why),
        _SUGGESTED[card.kind],
        "",
        "",
        "\n".join([", ".join(choices_of(card)), *meant]),
        "\n".join(_reasons(card.kind)),
    )
    return (*row, "; ".join(dict.fromkeys(one.original or one.text for one in card.places))) if with_originals else row


def _in_words(place: Place) -> str:
    before, after = ("".join(one.text for one in pieces) for pieces in (place.before, place.after))
    return f"{place.code} turn {place.turn}: {before}»{place.text}«{after}"


def _reasons(kind: str) -> Sequence[str]:
    return REASONS if kind == RISK else [] if kind in (LIST, SEVERAL) else list(KEEP)


def _rows(data: bytes) -> list[tuple[int, tuple[str, str, str]]]:
    """(row number as a spreadsheet shows it, (card, choice, reason))."""
    table = read_sheet(data)
    head = [cell.strip().lower() for cell in table[0]] if table else []
    try:
        columns = [head.index(name) for name in ("card", "choice", "reason")]
    except ValueError:
        raise AskedWrongly("this is no queue of deid", where="row 1", hint="deid review --export queue.xlsx") from None
    found = []
    for number, row in enumerate(table[1:], 2):
        card, choice, reason = (row[at].strip().lstrip("'") for at in columns)
        found.append((number, (card, choice.lower(), reason)))
    return found


def _asked(card: Card, choice: str, reason: str, reviewer: str, number: int) -> Asked:
    allowed = choices_of(card)
    if choice not in allowed:
        raise AskedWrongly(f"this choice is not one of: {', '.join(allowed)}", where=f"row {number}, choice")
    if choice in ("keep", "accept") and reason not in _reasons(card.kind):
        raise AskedWrongly(
            f"{choice} needs one of the reasons of the list", where=f"row {number}, reason",
            hint="copy it from the column reasons",
        )  # fmt: skip
    one = Asked("confirm", reviewer, entity=card.entity, places=card.at, doubts=card.doubts, card=card.id)
    if choice.isdecimal():
        return replace(one, act="merge", other=card.candidates[int(choice) - 1])
    if choice == "nothing":
        return replace(one, act="close", list=card.title)
    if choice in ("keep", "accept"):
        return replace(one, act=choice, reason=reason)
    return replace(one, reason="replace" if choice == "replace" else "")


def _now(review: Reviewing, id: str, asked: Asked) -> Asked:
    """The act on the thing that stands there now: a row above may have merged it."""
    card = next((one for one in review.cards() if one.id == id), None)
    return replace(asked, entity=card.entity) if card else asked
