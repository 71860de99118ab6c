"""What each screen shows, as plain values: taken from the desk, given to the templates."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from deid.model import Span
from deid.pseudonymise.strategies.passage_removed import REASONS as REMOVED
from deid.review.desk import Desk
from deid.study.acts import KEEP, PARTS
from deid.study.agreement import agreement
from deid.study.cards import Card, mentions_of
from deid.study.pieces import Piece, Pieces, Place
from deid.study.reviewing import Reviewing
from deid.study.run import FileReport
from deid.study.sign_off import unsigned

Values = dict[str, object]
_TURNS_A_PAGE = 120
_PLACES_SHOWN = 40
_FILES_SHOWN = 400


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
        "reviewer": desk.reviewer,
        "second": desk.second,
        "shows_originals": desk.shows_originals,
        "shortcuts": desk.shortcuts,
        "wants_break": desk.wants_break,
        "keep_reasons": list(KEEP),
        "remove_reasons": REMOVED,
        "parts": PARTS,
    }


def start(desk: Desk) -> Values:
    study = desk.study
    if study is None:
        return {"exists": desk.exists(), "folder": str(desk.folder.resolve())}
    return {
        "exists": True,
        "folder": str(desk.folder.resolve()),
        "fingerprint": study.log.fingerprint,
        "transcripts": len(study.contents.sources),
        "people": [(person.code, person.role) for person in study.contents.roster],
        "held": [(one.code or one.source.name, str(one.error), one.error.hint) for one in _reports(desk) if one.error],
        "done": [(one.code, one.replacements, one.undecided) for one in _reports(desk) if not one.error],
        "passed_over": [(path.name, why) for path, why in desk.report.passed_over] if desk.report else [],
    }


def files(desk: Desk, at: str) -> Values:
    """Folders and files at a path, for whoever picks the transcripts."""
    here = Path(at).expanduser() if at else Path.home()
    here = here if here.is_dir() else here.parent
    try:
        inside = sorted(here.iterdir(), key=lambda path: (not path.is_dir(), path.name.casefold()))[:_FILES_SHOWN]
    except OSError:
        inside = []
    shown = [(path.name, str(path), path.is_dir()) for path in inside if not path.name.startswith(".")]
    return {
        "here": str(here),
        "parent": str(here.parent),
        "entries": shown,
        "chosen": [str(one) for one in desk.chosen],
    }


def queue(review: Reviewing, wanted: str, desk: Desk) -> Values:
    """The card that is asked for or the first open one, the one after it, and the whole list."""
    found = review.cards()
    open_cards = [card for card in found if not card.answered]
    card = next((one for one in found if one.id == wanted), None) or (open_cards[0] if open_cards else None)
    following = _following(found, card)
    return {
        "cards": [_line(one, one is card) for one in found],
        "card": card_values(card, review, desk) if card else None,
        "next": card_values(following, review, desk) if following else None,
        "decided": len(found) - len(open_cards),
        "total": len(found),
    }


def thing(review: Reviewing, entity: str, desk: Desk) -> Values:
    """Any entity as a card, whether anything about it is in doubt or not."""
    entry = review.rendered.outcome.entries.get(entity)
    if entry is None:
        return {"card": None}
    places = mentions_of(review.rendered, entity, review.pieces)
    token = entry.tokens.get(review.tier, "")
    nature = entry.entity
    card = Card(f"thing-{entity}", "thing", (), places, (), entity, token, nature.category.value, nature.part)
    return {"card": card_values(card, review, desk) if places else None}


def card_values(card: Card, review: Reviewing, desk: Desk) -> Values:
    places = [_place(one, desk) for one in card.places]
    return {
        "id": card.id,
        "kind": card.kind,
        "why": card.why,
        "token": card.token,
        "title": card.token or (card.places[0].text if card.kind not in ("list", "gate") else ""),
        "category": card.category,
        "part": card.part,
        "entity": card.entity,
        "places": places[:_PLACES_SHOWN],
        "more": max(0, len(places) - _PLACES_SHOWN),
        "others": [_place(one, desk) for one in card.others[:_PLACES_SHOWN]],
        "answered": card.answered,
        "is_replaced": any(one.category for one in card.places),
        "candidates": [_named(id, review, desk) for id in card.candidates],
        "same": _same_category(card, review, desk),
        "doubts": " ".join(card.doubts),
        "at": json.dumps([_at(one) for one in card.places]),
        "forms": _forms(card.entity, review) if desk.shows_originals else (),
    }


def transcripts(review: Reviewing) -> Values:
    rendered = review.rendered
    missing = unsigned(review.study, rendered)
    left: dict[str, int] = {}
    for card in review.cards():
        for code in {place.code for place in card.places} if not card.answered else ():
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


def transcript(review: Reviewing, code: str, number: int, desk: Desk) -> Values:
    """One page of a transcript as it will read."""
    product = review.rendered.outcome.products[code]
    segments = product.transcript.segments
    first_of = [n for n, one in enumerate(segments) if n == 0 or one.turn != segments[n - 1].turn]
    pages = max(1, -(-len(first_of) // _TURNS_A_PAGE))
    number = min(max(number, 1), pages)
    starts = first_of[(number - 1) * _TURNS_A_PAGE : number * _TURNS_A_PAGE]
    last = first_of[number * _TURNS_A_PAGE] if number < pages else len(segments)
    own = review.pieces[code]
    turns: list[Values] = []
    for n in range(starts[0] if starts else 0, last):
        if n in starts:
            turns.append({"turn": segments[n].turn, "timecode": segments[n].timecode, "segments": []})
        rows = turns[-1]["segments"]
        assert isinstance(rows, list)  # noqa: S101
        if segments[n].text.strip():
            pieces = [_piece(one, desk) for one in own.of(n)]
            rows.append({"number": n, "kind": segments[n].kind, "pieces": pieces})
    codes = sorted(review.rendered.outcome.products)
    return {"code": code, "codes": codes, "turns": turns, "page": number, "pages": pages}


def release(review: Reviewing) -> Values:
    return {**transcripts(review), "tiers": ("team", "archive", "public")}


def second(review: Reviewing) -> Values:
    found = agreement(review.lines())
    by_doubt = {doubt: card for card in review.cards() for doubt in card.doubts}
    rows = [
        {
            "card": by_doubt[one.doubt].id,
            "title": by_doubt[one.doubt].token or by_doubt[one.doubt].places[0].text,
            "first": one.first,
            "second": one.second,
        }
        for one in found.disagreed
        if one.doubt in by_doubt and not one.is_resolved
    ]
    return {"compared": found.compared, "disagreed": len(found.disagreed), "percent": found.percent, "rows": rows}


def originals(review: Reviewing, places: Sequence[tuple[str, Span]], own: Mapping[str, Pieces]) -> list[str]:
    return [own[code].place(span).original or own[code].place(span).text for code, span in places]


def _reports(desk: Desk) -> Sequence[FileReport]:
    return desk.report.files if desk.report else ()


def _following(found: Sequence[Card], card: Card | None) -> Card | None:
    """The next open card after this one, round to the beginning."""
    if card is None or card not in found:
        return None
    at = found.index(card)
    return next((one for one in (*found[at + 1 :], *found[:at]) if not one.answered and one.id != card.id), None)


def _line(card: Card, is_current: bool) -> Values:
    title = card.token or (card.places[0].text if card.kind != "list" else card.why[0])
    return {
        "id": card.id,
        "kind": card.kind,
        "title": title,
        "category": card.category,
        "count": len(card.places),
        "answered": card.answered,
        "current": is_current,
    }


def _place(place: Place, desk: Desk) -> Values:
    return {
        "code": place.code,
        "turn": place.turn,
        "timecode": place.timecode,
        "before": [_piece(one, desk) for one in place.before],
        "text": place.text,
        "after": [_piece(one, desk) for one in place.after],
        "original": place.original if desk.shows_originals else "",
        "category": place.category,
        "at": json.dumps(_at(place)),
        "segment": place.span.segment,
    }


def _piece(piece: Piece, desk: Desk) -> Values:
    return {
        "text": piece.text,
        "start": piece.start,
        "end": piece.end,
        "entity": piece.entity,
        "category": piece.category,
        "original": piece.original if desk.shows_originals else "",
    }


def _at(place: Place) -> list[object]:
    return [place.code, place.span.segment, place.span.start, place.span.end]


def _named(id: str, review: Reviewing, desk: Desk) -> tuple[str, str]:
    entry = review.rendered.outcome.entries.get(id)
    token = entry.tokens.get(review.tier, "") if entry else ""
    forms = f" ({', '.join(entry.entity.forms[:3])})" if entry and desk.shows_originals else ""
    return id, f"{token or 'somebody'}{forms}"


def _same_category(card: Card, review: Reviewing, desk: Desk) -> list[tuple[str, str]]:
    """What it could be merged with: the candidates first, then everything of its category that is mentioned."""
    outcome = review.rendered.outcome
    mentioned = {mention.entity for product in outcome.products.values() for mention in product.mentions}
    wanted = card.category or "PERSON"
    others = sorted(
        (
            id
            for id, one in outcome.entries.items()
            if id in mentioned and one.entity.category == wanted and id != card.entity and id not in card.candidates
        ),
        key=lambda id: outcome.entries[id].tokens.get(review.tier, ""),
    )
    return [_named(id, review, desk) for id in (*card.candidates, *others)]


def _forms(entity: str, review: Reviewing) -> tuple[str, ...]:
    entry = review.rendered.outcome.entries.get(entity)
    return entry.entity.forms if entry else ()
