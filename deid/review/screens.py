"""The screens by their addresses: which need the study open, which the review ready, and what they show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from deid.errors import DeidError
from deid.review import keeping, risk_views, views
from deid.review.desk import Desk
from deid.review.page import render_page
from deid.review.place_values import Values
from deid.study.review.reviewing import Reviewing

Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer to a browser: HTML, or where to go instead."""

    html: str = field(default="", repr=False)
    to: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Screen:
    """`template` with what `values` finds. needs: "" nothing, "study" the key, "review" the queue."""

    template: str
    values: Callable[[Desk, Asked], Values]
    needs: str = "review"


def find(address: str) -> tuple[Screen, Asked] | None:
    """The screen at this address of the page, and what is asked of it."""
    path, _, query = address.partition("?")
    for pattern, one in SCREENS.items():
        start, _, name = pattern.partition("{")
        given = path.removeprefix(start)
        if path == pattern or (name and path != given and given and "/" not in given):
            own = {name.rstrip("}"): unquote(given)} if name else {}
            return one, {**dict(parse_qsl(query)), **own, "path": path}
    return None


def screen(desk: Desk, csrf: str, one: Screen, asked: Asked, *, fragment: bool) -> Shown:
    """The screen, or the one that has to come first: unlocking, waiting for work under way."""
    if desk.study is None and one.needs:
        return Shown(to="/")
    if desk.is_busy and one.template != "wait":
        return Shown(to=f"/wait?to={_safe(asked.get('path', '')) or '/'}")
    if desk.study is not None and one.template == "start" and desk.start == "queue":
        desk.start = "start"
        return Shown(to="/queue")
    desk.drop_stale()
    if one.needs == "review" and desk.review is None:
        if desk.job and desk.job.error:
            error = DeidError(desk.job.error, hint=desk.job.hint)
            desk.job = None
            return wrong(desk, csrf, "/", error)
        if desk.study is None or not desk.study.contents.sources:
            return Shown(to="/")
        desk.prepare()
        return Shown(to=f"/wait?to={_safe(asked.get('path', '')) or '/queue'}")
    try:
        found = one.values(desk, asked)
    except DeidError as error:
        return wrong(desk, csrf, "/", error)
    return Shown(_rendered(desk, csrf, one.template, found, fragment=fragment, said=asked.get("said", "")))


def wrong(desk: Desk, csrf: str, back: str, error: DeidError) -> Shown:
    """What went wrong, where, and what to do."""
    # A file's name keeps its first letter; a sentence begins with a capital.
    words = str(error) if error.where else error.message[:1].upper() + error.message[1:]
    common = views.common(desk, csrf, False, wrong=words, hint=error.hint)
    return Shown(render_page("wrong", {**common, "here": "wrong", "back": _safe(back) or "/"}), status=409)


def _rendered(desk: Desk, csrf: str, template: str, found: Values, *, fragment: bool, said: str) -> str:
    words = SAID.get(said, "")
    return render_page(template, {**views.common(desk, csrf, fragment, said=words), "here": template, **found})


def _safe(path: str) -> str:
    """An address on this page, or nothing."""
    is_plain = "\\" not in path and not any(sign <= " " for sign in path)  # a browser skips tabs: "/\t/" is "//"
    return path if is_plain and path.startswith("/") and not path.startswith("//") else ""


def _review(desk: Desk) -> Reviewing:
    assert desk.review is not None  # noqa: S101
    return desk.review


def _wait(desk: Desk, asked: Asked) -> Values:
    return {"job": desk.job, "to": _safe(asked.get("to", "")) or "/", "locked": desk.study is None}


def _transcript(desk: Desk, asked: Asked) -> Values:
    review = _review(desk)
    if asked["code"] not in review.readings:
        raise DeidError("there is no such transcript")
    page, at = (_number(asked.get(name, "")) for name in ("page", "at"))
    return views.transcript(review, asked["code"], page, desk, at)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _choices(desk: Desk, asked: Asked) -> Values:
    found = views.choices(_review(desk), asked["entity"], asked.get("category", ""), desk)
    return {"choices": found}


# What a redirect may say: a closed list, so that no address can put words on the page.
SAID: Mapping[str, str] = {
    "made": "The study is made. Write the fingerprint below on the ethics form.",
    "run": "The run is done.",
    "roster": "The roster is in the vault.",
    "signed": "Signed off.",
    "released": "Released: the folder is in the study, under releases.",
    "released_in_part": "Released without those that are not signed off, or whose consent does not reach so far.",
    "report": "The report is written into the study's folder: report.html.",
    "locked": "Locked. The key is no longer in memory.",
    "sheet": "The sheet opens the study from now on.",
    "way_removed": "That sheet opens nothing that is saved from now on.",
    "consent": "What they agreed to is on record.",
    "withdrawn": "They are out of the study.",
    "custodian": "On record, and on the certificate.",
    "agreement": "The comparison is on record.",
}
SCREENS: Mapping[str, Screen] = {
    "/": Screen("start", lambda desk, _: views.start(desk), needs=""),
    "/wait": Screen("wait", _wait, needs="study"),
    "/files": Screen("files", lambda desk, asked: views.files(desk, asked.get("at", "")), needs="study"),
    "/queue": Screen("queue", lambda desk, asked: views.queue(_review(desk), asked.get("card", ""), desk)),
    "/thing/{entity}": Screen("thing", lambda desk, asked: views.thing(_review(desk), asked["entity"], desk)),
    "/choices/{entity}": Screen("choices", _choices),
    "/transcripts": Screen("transcripts", lambda desk, _: views.transcripts(_review(desk))),
    "/transcript/{code}": Screen("transcript", _transcript),
    "/release": Screen("release", lambda desk, _: views.release(_review(desk))),
    "/second": Screen("second", lambda desk, _: views.second(_review(desk))),
    "/risk": Screen("risk", lambda desk, _: risk_views.risk(_review(desk))),
    "/key": Screen("key", lambda desk, _: keeping.key(desk), needs="study"),
    "/people": Screen("people", lambda desk, _: keeping.people(desk), needs="study"),
    "/report": Screen("report", lambda desk, _: {"folder": str(desk.folder.resolve())}, needs="study"),
}
