"""What the page sends: forms of the first screens, and acts of the review. Each calls one function of the study."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, quote

from deid.audit.wording import VERDICTS
from deid.errors import AskedWrongly
from deid.fold import fold
from deid.model import Span
from deid.resolve.phrases import find_phrases, index_phrases
from deid.review import keeping, views
from deid.review.desk import Desk
from deid.study.decisions import read_lines
from deid.study.outputs import write_whole
from deid.study.release.board import report
from deid.study.release.release import release
from deid.study.review.acts import ACTS
from deid.study.review.agreement import agreement, refuse_second
from deid.study.review.asked import Asked
from deid.study.review.reviewing import Reviewing
from deid.study.review.touched import check_places
from deid.study.roster import import_roster, read_roster

Form = Callable[[Desk, Mapping[str, str]], str]
Call = Callable[[Desk, Mapping[str, object]], dict[str, object]]
_MOST_PLACES = 5000
_MOST_HELD = 400  # originals at once, while a key is held


def read_form(body: bytes) -> Mapping[str, str]:
    try:
        return {name: values[-1] for name, values in parse_qs(body.decode("utf-8"), keep_blank_values=True).items()}
    except ValueError:
        raise AskedWrongly("this is no form") from None


def read_json(body: bytes) -> Mapping[str, object]:
    try:
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a sign is no text
    except (ValueError, RecursionError):
        raise AskedWrongly("this is no JSON") from None
    if not isinstance(value, dict):
        raise AskedWrongly("this is no JSON object")
    return value


def _alone(do: Form) -> Form:
    """Not while the study is being read, which would bring back what this changes; nor by a second reviewer."""

    def form(desk: Desk, values: Mapping[str, str]) -> str:
        if desk.study is not None and desk.second:
            raise AskedWrongly(
                "a second reviewer's pass changes nothing",
                hint="lock, and open the study as yourself without the tick",
            )
        if desk.is_busy:
            raise AskedWrongly("something is under way already", hint="wait until it is done")
        return do(desk, values)

    return form


def _create(desk: Desk, values: Mapping[str, str]) -> str:
    desk.create(values.get("passphrase", ""), values.get("again", ""))
    desk.reviewer = _reviewer(values)
    return "/?said=made"


def _unlock(desk: Desk, values: Mapping[str, str]) -> str:
    desk.unlock(values.get("passphrase", ""))
    desk.second = values.get("second") == "yes"
    try:
        desk.reviewer = _reviewer(values)
        if desk.second:
            refuse_second(read_lines(desk.opened()), desk.reviewer)
    except AskedWrongly:
        desk.forget()
        raise
    return "/"


def _lock(desk: Desk, values: Mapping[str, str]) -> str:
    desk.forget()
    return "/?said=locked"


def _choose(desk: Desk, values: Mapping[str, str]) -> str:
    path = _path(values)
    if path not in desk.chosen:
        desk.chosen.append(path)
    return f"/files?at={quote(str(path if path.is_dir() else path.parent))}"


def _unchoose(desk: Desk, values: Mapping[str, str]) -> str:
    desk.chosen = [path for path in desk.chosen if str(path) != values.get("path", "")]
    return "/files"


def _roster(desk: Desk, values: Mapping[str, str]) -> str:
    import_roster(desk.opened(), read_roster(_path(values)), actor=desk.reviewer)
    desk.review = None
    return "/?said=roster"


def _run(desk: Desk, values: Mapping[str, str]) -> str:
    known = [Path(source.path) for source in desk.opened().contents.sources]
    desk.chosen = desk.chosen or [path for path in known if path.exists()]
    if not desk.chosen:
        raise AskedWrongly("choose the transcripts first", hint="a folder or single files")
    desk.run()
    return "/wait?to=/?said=run"


def _path(values: Mapping[str, str]) -> Path:
    """A file or folder that somebody typed."""
    typed = values.get("path", "").strip()
    try:
        path = Path(typed).expanduser()
        is_there = bool(typed) and path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, not ours to see, or of a user whom nobody knows
        is_there = False
    if not is_there:
        raise AskedWrongly("there is no such file or folder", hint="copy the path from your file manager")
    return path


def _sign_off(desk: Desk, values: Mapping[str, str]) -> str:
    code = values.get("code", "")
    review = _as_seen(desk, values)
    review.sign_off(code, desk.reviewer)
    review.write_drafts()
    return "/release?said=signed"


def _as_seen(desk: Desk, values: Mapping[str, str]) -> Reviewing:
    """The review, as long as it is what stood on the screen: nobody signs what another window made of it."""
    review = _ready(desk)
    if values.get("revision") != str(review.revision):
        raise AskedWrongly("this was changed in another window meanwhile", hint="look at it again, then do it")
    return review


def _tier(desk: Desk, values: Mapping[str, str]) -> str:
    """Whose text is shown, signed off and released from now on: the review is made anew for it."""
    tier = values.get("tier", "")
    if tier not in views.TIERS:
        raise AskedWrongly("choose who will read it")
    _ready(desk)
    desk.tier, desk.review = tier, None
    return "/release"


def _release(desk: Desk, values: Mapping[str, str]) -> str:
    """What was signed off, and so for the tier that was read and no other."""
    study, review = desk.opened(), _as_seen(desk, values)
    with study.writing():
        recipient = " ".join(values.get("recipient", "").split())
        made = release(
            study, review.rendered, recipient=recipient, is_clean=study.is_clean, with_zip=values.get("zip") == "yes"
        )
    return "/release?said=released_in_part" if made.left_out else "/release?said=released"


def _report(desk: Desk, values: Mapping[str, str]) -> str:
    study = desk.opened()
    made = report(study.folder, today=study.clock().date(), environment=dict(desk.environment))
    write_whole(study.folder / "report.html", made.page.encode("utf-8"), study.random)
    return "/report?said=report"


def _agree(desk: Desk, values: Mapping[str, str]) -> str:
    study, found = desk.opened(), agreement(_ready(desk).lines())
    codes = "+".join(sorted({source.code.rpartition("-")[0] for source in study.contents.sources}))[:64]
    with study.writing():
        detail = {"code": codes or "all", "compared": found.compared, "disagreed": len(found.disagreed)}
        study.record([("agreement", detail)], actor=desk.reviewer)
    return "/second?said=agreement"


def _settings(desk: Desk, values: Mapping[str, str]) -> str:
    desk.shortcuts = values.get("shortcuts") == "yes"
    return "/queue"


def _originals(desk: Desk, values: Mapping[str, object]) -> dict[str, object]:
    """Turn originals on or off for the page, or show those of what is at hand while a key is held."""
    review = _ready(desk)
    if "places" not in values:
        desk.show_originals(values.get("on") is True)
        return {"on": desk.shows_originals}
    known = [(code, span) for code, span in _places(values["places"]) if code in review.readings][:_MOST_HELD]
    check_places(review.shown.rendered, Asked("originals", desk.reviewer, places=tuple(known)))
    was = desk.shows_originals
    desk.show_originals(True)
    desk.shows_originals = was
    things = _words_of(values.get("things"))[:_MOST_HELD]
    return {"texts": views.originals(review, known), "forms": [views.forms_of(id, review) for id in things]}


def _act(desk: Desk, values: Mapping[str, object]) -> dict[str, object]:
    review = _ready(desk)
    asked = _asked(desk, review, values)
    review.act(asked, _number(values, "revision"))
    desk.settle_soon()
    return {"revision": review.revision, "said": DONE.get(asked.act, "Done.")}


def _undo(desk: Desk, values: Mapping[str, object]) -> dict[str, object]:
    review = _ready(desk)
    was = review.undo(desk.reviewer, _number(values, "revision"))
    desk.settle_soon()
    return {
        "revision": review.revision,
        "said": f"Taken back: {_in_words(was)}." if was else "There is nothing to take back.",
    }


def _redo(desk: Desk, values: Mapping[str, object]) -> dict[str, object]:
    review = _ready(desk)
    was = review.redo(desk.reviewer, _number(values, "revision"))
    desk.settle_soon()
    return {
        "revision": review.revision,
        "said": f"Done again: {_in_words(was)}." if was else "There is nothing to do again.",
    }


def _in_words(verdict: str) -> str:
    return _ACTS.get(verdict) or VERDICTS.get(verdict, verdict.replace("_", " "))


# What the record calls by one word, as its reviewer thinks of it.
_ACTS = {"add": "a missed name that was added", "merge": "that they are one", "split": "that they are two"}
DONE = {
    "confirm": "Confirmed.",
    "keep": "It stays readable there.",
    "merge": "Merged: they are one from now on.",
    "split": "Split: they are two from now on.",
    "add": "Added: it is replaced wherever it stands.",
    "remove": "The passage is removed.",
    "describe": "Your words stand there now.",
    "close": "Looked through: on record.",
    "accept": "Accepted, with the reason on record.",
    "mend": "These places read otherwise now.",
    "flag": "Flagged for a supervisor.",
}
FORMS: Mapping[str, Form] = {
    "/create": _create,
    "/unlock": _unlock,
    "/lock": _lock,
    "/choose": _choose,
    "/unchoose": _unchoose,
    "/roster": _alone(_roster),
    "/run": _alone(_run),
    "/sign-off": _alone(_sign_off),
    "/tier": _alone(_tier),
    "/make-release": _alone(_release),
    "/make-report": _report,
    "/agree": _alone(_agree),
    "/settings": _settings,
    **{path: _alone(do) for path, do in keeping.FORMS.items()},
}
CALLS: Mapping[str, Call] = {"/act": _act, "/undo": _undo, "/redo": _redo, "/originals": _originals}


def _asked(desk: Desk, review: Reviewing, values: Mapping[str, object]) -> Asked:
    act, words = str(values.get("act", "")), str(values.get("words", ""))
    if act not in ACTS:
        raise AskedWrongly("there is no such act")
    places = _places(values.get("places"))
    if act == "add" and not places:
        places, words = _everywhere(review, words), ""
    return Asked(
        act=act,
        reviewer=desk.reviewer,
        entity=str(values.get("entity", "")),
        other=str(values.get("other", "")),
        places=places,
        doubts=tuple(str(values.get("doubts", "")).split()),
        category=str(values.get("category", "")),
        part=str(values.get("part", "")),
        reason=str(values.get("reason", "")),
        words=words,
        code=str(values.get("code", "")),
        turn=_number(values, "turn"),
        list=str(values.get("list", ""))[:200],
        steps=_words_of(values.get("steps")),
    )


def _everywhere(review: Reviewing, words: str) -> tuple[tuple[str, Span], ...]:
    """The first place where typed words stand: the decision that is made of it holds for all of them."""
    phrases = index_phrases([(words, True)] if fold(words) else [])
    for code, product in review.shown.rendered.outcome.products.items():
        for number, segment in enumerate(product.transcript.segments):
            for start, end, _ in find_phrases(segment.text, phrases):
                return ((code, Span(number, start, end)),)
    raise AskedWrongly("these words stand in no transcript", hint="type them as they are spelt there")


def _places(value: object) -> tuple[tuple[str, Span], ...]:
    if value is None:
        return ()
    try:
        rows = list(value)[:_MOST_PLACES]  # type: ignore[call-overload]
        return tuple((str(code), Span(int(n), int(start), int(end))) for code, n, start, end in rows)
    except (TypeError, ValueError, OverflowError):
        raise AskedWrongly("this place is not in the transcript", hint="reload the page") from None


def _words_of(value: object) -> tuple[str, ...]:
    return tuple(map(str, value))[:_MOST_PLACES] if isinstance(value, list) else ()


def _number(values: Mapping[str, object], name: str) -> int:
    value = values.get(name, 0)
    return value if isinstance(value, int) else 0


def _reviewer(values: Mapping[str, str]) -> str:
    code = values.get("reviewer", "").strip() or "R1"
    if not (code.isascii() and code.isalnum() and len(code) <= 12):
        raise AskedWrongly("a reviewer's code is a few letters and digits, such as R1")
    return code


def _ready(desk: Desk) -> Reviewing:
    desk.drop_stale()
    if desk.study is not None and desk.review is None:
        raise AskedWrongly("the study is being read anew", hint="reload the page; nothing was lost")
    if desk.study is None or desk.review is None:
        raise AskedWrongly("the study is locked", hint="unlock it and go on; nothing was lost")
    return desk.review
