"""What each screen shows, as plain values: taken from the desk, given to the templates."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from deid.audit.chain import spoken
from deid.model import Span
from deid.pseudonymise.strategies.passage_removed import REASONS as REMOVED
from deid.review import risk_views
from deid.review.desk import Desk
from deid.review.keeping import CONSENTS
from deid.review.page import ALIKE, ANSWERS
from deid.review.place_values import Values, at_values, piece_values, place_values
from deid.study.chosen_names import free_names
from deid.study.release.release import above_consent
from deid.study.review.agreement import agreement
from deid.study.review.asked import KEEP, PARTS
from deid.study.review.cards import RISK, Card
from deid.study.review.reviewing import Reviewing
from deid.study.risk.risk import REASONS as ACCEPT
from deid.study.run import FileReport
from deid.study.sign_off import unsigned
from deid.study.vault.withdrawal import unfinished

_TURNS_A_PAGE = 120
_PLACES_SHOWN = 40
_CARDS_A_PAGE = 60
_FILES_SHOWN = 400
_OFFERED = 12
# Who may read a release, in words; a consent may also be to none.
TIERS = {tier: words for tier, words in CONSENTS.items() if tier != "none"}


def common(desk: Desk, csrf: str, fragment: bool, said: str = "", wrong: str = "", hint: str = "") -> Values:
    review = desk.review
    return {
        "study": desk.folder.name,
        "is_open": desk.study is not None,
        "csrf": csrf,
        "fragment": fragment,
        "said": said,
        "wrong": wrong,
        "hint": hint,
        "revision": review.revision if review else 0,
        "settling": review is not None and not review.is_whole,
        "reviewer": desk.reviewer,
        "second": desk.second,
        "shows_originals": desk.shows_originals,
        "shortcuts": desk.shortcuts,
        "wants_break": desk.wants_break,
        "keep_reasons": list(KEEP),
        "risk_reasons": ACCEPT,
        "remove_reasons": REMOVED,
        "parts": PARTS,
        "free_names": () if fragment or desk.study is None else free_names(desk.study.contents)[:_OFFERED],
    }


def start(desk: Desk) -> Values:
    study = desk.study
    if study is None:
        return {"exists": desk.exists(), "folder": str(desk.folder.resolve())}
    return {
        "exists": True,
        "folder": str(desk.folder.resolve()),
        "fingerprint": spoken(study.log.fingerprint),
        "ways": len(study.vault.recipients),
        "unfinished": unfinished(study.contents),
        "transcripts": len(study.contents.sources),
        "people": [(person.code, person.role) for person in study.contents.roster],
        "held": [(one.code or one.source.name, str(one.error), one.error.hint) for one in _reports(desk) if one.error],
        "done": [(one.code, one.replacements, one.undecided, one.cards) for one in _reports(desk) if not one.error],
        "passed_over": [(path.name, why) for path, why in desk.report.passed_over] if desk.report else [],
    }


def files(desk: Desk, at: str) -> Values:
    """Folders and files at a path, for whoever picks the transcripts."""
    try:
        here = Path(at).expanduser() if at else Path.home()
        here = here if here.is_dir() else here.parent
    except (OSError, RuntimeError, ValueError):  # too long, not ours to see, or of a user whom nobody knows
        here = Path.home()
    try:
        inside = sorted(here.iterdir(), key=lambda path: (not path.is_dir(), path.name.casefold()))[:_FILES_SHOWN]
    except (OSError, ValueError):
        inside = []
    shown = [(path.name, str(path), path.is_dir()) for path in inside if not path.name.startswith(".")]
    return {
        "here": str(here),
        "parent": str(here.parent),
        "entries": shown,
        "chosen": [str(one) for one in desk.chosen],
    }


def queue(review: Reviewing, wanted: str, desk: Desk) -> Values:
    """The card that is asked for or the first open one, the one after it, and its page of the list."""
    found = review.cards()
    open_cards = [card for card in found if not card.answered]
    card = next((one for one in found if one.id == wanted), None) or (open_cards[0] if open_cards else None)
    following = _following(found, card)
    page = found.index(card) // _CARDS_A_PAGE if card in found else 0
    first, last = page * _CARDS_A_PAGE, (page + 1) * _CARDS_A_PAGE
    return {
        "cards": [_line(one, one is card) for one in found[first:last]],
        "page": page + 1,
        "pages": max(1, -(-len(found) // _CARDS_A_PAGE)),
        "earlier": found[max(0, first - _CARDS_A_PAGE)].id if page else "",
        "later": found[last].id if last < len(found) else "",
        "card": card_values(card, review, desk) | {"unlike": two_answers(card, review)} if card else None,
        "next": card_values(following, review, desk) if following else None,
        "decided": len(found) - len(open_cards),
        "counting": not review.is_whole and not any(card.kind == RISK for card in found),
        "total": len(found),
    }


def thing(review: Reviewing, entity: str, desk: Desk) -> Values:
    """Any entity as a card, whether anything about it is in doubt or not."""
    now = review.shown
    entry = now.rendered.outcome.entries.get(entity)
    at = now.look.mentions_of(entity)
    if entry is None or not at:
        return {"card": None}
    token, nature = entry.tokens.get(review.tier, ""), entry.entity
    card = Card(
        f"thing-{entity}", "thing", (), at, now.look, entity=entity, token=token, category=nature.category.value,
        part=nature.part,
    )  # fmt: skip
    return {"card": card_values(card, review, desk)}


def card_values(card: Card, review: Reviewing, desk: Desk) -> Values:
    places = [place_values(one, desk) for one in card.places[:_PLACES_SHOWN]]
    for place, at, mark, reason in zip(places, card.at, card.marks, card.reasons, strict=False):
        place |= {"doubt": mark, "why": reason, "entity": card.look.entity_at(*at)}
    return {
        "id": card.id,
        "kind": card.kind,
        "why": card.why,
        "token": card.token,
        "title": card.title,
        "category": card.category,
        "part": card.part,
        "entity": card.entity,
        "places": places,
        "more": max(0, len(card.places) - _PLACES_SHOWN),
        "others": [place_values(card.look.place(*one), desk) for one in card.others[:_PLACES_SHOWN]],
        "more_others": len(card.others),
        "answered": card.answered,
        "about": card.about,
        "whose": card.whose,
        "left": [risk_views.finding_values(one) for one in card.left if one.is_open or card.answered],
        "mends": [risk_views.mend_values(one, card, desk) for one in card.mends],
        "passages": risk_views.passages_of(card, desk) if card.kind == RISK else [],
        "is_replaced": any(one.category for one in card.places),
        "unlike": None,
        "also": sorted(card.also),
        "candidates": [_named(id, review, desk) for id in card.candidates],
        "doubts": " ".join(card.doubts),
        "at": json.dumps([at_values(one) for one in card.places]),
        "forms": forms_of(card.entity, review) if desk.shows_originals else (),
    }


def choices(review: Reviewing, entity: str, category: str, desk: Desk) -> list[tuple[str, str]]:
    """What a thing could be merged with: everything of its category that is mentioned."""
    entries = review.shown.rendered.outcome.entries
    entry = entries.get(entity)
    wanted = entry.entity.category.value if entry else category or "PERSON"
    others = sorted(
        (id for id in review.look.mentioned() if id != entity and entries[id].entity.category == wanted),
        key=lambda id: entries[id].tokens.get(review.tier, ""),
    )
    return [_named(id, review, desk) for id in others]


def transcripts(review: Reviewing) -> Values:
    rendered = review.settled
    missing = unsigned(review.study, rendered)
    left: dict[str, int] = {}
    for card in review.cards():
        for code in card.codes if not card.answered else ():
            left[code] = left.get(code, 0) + 1
    rows = []
    for code, product in sorted(rendered.outcome.products.items()):
        speech = [segment for segment in product.transcript.segments if segment.kind == "speech"]
        rows.append(
            {
                "code": code,
                "turns": max((segment.turn for segment in speech), default=0),
                "replaced": len(product.replacements),
                "left": left.get(code, 0),
                "held": rendered.gated[code].is_blocked,
                "signed": code not in missing,
                "why": missing[code].why if code in missing else "",
            }
        )
    return {"rows": rows, "tier": rendered.tier}


def transcript(review: Reviewing, code: str, number: int, desk: Desk, at: int = 0) -> Values:
    """One page of a transcript as it will read: the one with this number, or the one that a segment is on."""
    product = review.shown.rendered.outcome.products[code]
    segments = product.transcript.segments
    first_of = [n for n, one in enumerate(segments) if n == 0 or one.turn != segments[n - 1].turn]
    pages = max(1, -(-len(first_of) // _TURNS_A_PAGE))
    number = 1 + (bisect_right(first_of, at) - 1) // _TURNS_A_PAGE if at and first_of else number
    number = min(max(number, 1), pages)
    starts = first_of[(number - 1) * _TURNS_A_PAGE : number * _TURNS_A_PAGE]
    last = first_of[number * _TURNS_A_PAGE] if number < pages else len(segments)
    own = review.look.pieces(code)
    turns: list[Values] = []
    for n in range(starts[0] if starts else 0, last):
        if n in starts:
            turns.append({"turn": segments[n].turn, "timecode": segments[n].timecode, "segments": []})
        rows = turns[-1]["segments"]
        assert isinstance(rows, list)  # noqa: S101
        if segments[n].text.strip():
            pieces = [piece_values(one, desk) for one in own.of(n)]
            rows.append({"number": n, "kind": segments[n].kind, "pieces": pieces})
    codes = sorted(review.readings)
    return {"code": code, "codes": codes, "turns": turns, "page": number, "pages": pages}


def release(review: Reviewing) -> Values:
    above = above_consent(review.study, review.settled)
    consents = {code: one.why for code, one in above.items()}
    return {**transcripts(review), "tiers": TIERS, "consents": consents}


def second(review: Reviewing) -> Values:
    if review.second:  # nothing of the first one's answers before theirs are given
        return {"hidden": True, "compared": 0, "disagreed": 0, "resolved": 0, "percent": 0, "rows": []}
    found = agreement(review.lines())
    cards = {card.id: card for card in review.cards()}
    card_of = {mark: id for id, group in review.shown.groups.items() for mark in group.marks}
    card_of |= {one.id: card.id for card in cards.values() for one in card.left}
    open_rows = [(cards[card_of[one.doubt]], one) for one in found.disagreed if card_of.get(one.doubt) in cards]
    rows = [
        {"card": card.id, "title": _title(card), "first": ANSWERS[one.first], "second": ANSWERS[one.second]}
        for card, one in open_rows
        if not one.is_resolved
    ]
    return {
        "hidden": False,
        "compared": found.compared,
        "disagreed": len(found.disagreed),
        "resolved": sum(one.is_resolved for one in found.disagreed),
        "percent": found.percent,
        "rows": list({(row["card"], row["first"], row["second"]): row for row in rows}.values()),
    }


def two_answers(card: Card, review: Reviewing) -> tuple[str, str] | None:
    """What two reviewers said of this card where they differ and nobody has resolved it. The second is never told."""
    if review.second:
        return None
    own = {*card.doubts, *(one.id for one in card.left)}
    unlike = (one for one in agreement(review.lines()).disagreed if one.doubt in own and not one.is_resolved)
    return next(((ANSWERS[one.first], ANSWERS[one.second]) for one in unlike), None)


def originals(review: Reviewing, places: Sequence[tuple[str, Span]]) -> list[str]:
    found = [review.look.place(code, span) for code, span in places]
    return [one.original or one.text for one in found]


def _reports(desk: Desk) -> Sequence[FileReport]:
    return desk.report.files if desk.report else ()


def _following(found: Sequence[Card], card: Card | None) -> Card | None:
    """The next open card after this one, round to the beginning."""
    if card is None or card not in found:
        return None
    at = found.index(card)
    return next((one for one in (*found[at + 1 :], *found[:at]) if not one.answered and one.id != card.id), None)


def _title(card: Card) -> str:
    return f"{ALIKE[card.about]} {card.whose}".strip() if card.kind == RISK else card.title


def _line(card: Card, is_current: bool) -> Values:
    return {
        "id": card.id,
        "kind": card.kind,
        "title": _title(card),
        "category": card.category,
        "count": len(card.at) if card.kind != RISK else sum(one.is_open for one in card.left),
        "answered": card.answered,
        "current": is_current,
    }


def _named(id: str, review: Reviewing, desk: Desk) -> tuple[str, str]:
    entry = review.shown.rendered.outcome.entries.get(id)
    token = entry.tokens.get(review.tier, "") if entry else ""
    forms = f" ({', '.join(entry.entity.forms[:3])})" if entry and desk.shows_originals else ""
    return id, f"{token or 'somebody'}{forms}"


def forms_of(entity: str, review: Reviewing) -> tuple[str, ...]:
    entry = review.shown.rendered.outcome.entries.get(entity)
    return entry.entity.forms if entry else ()
