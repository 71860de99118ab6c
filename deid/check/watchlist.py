"""The watchlist, read: a study's forms as keyed digests, looked up in a text (docs/reference/watchlist_format.md).

A list that is edited, or whose key is missing or wrong, is an error and never a list that finds nothing.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import accumulate

from deid.digests import RUN_WORDS, is_same, mac
from deid.errors import CouldNotFinish
from deid.fold import begins_a_negation, words

VERSION = 1
HEADER = b'{"deid_watchlist":'
_PURPOSE = "deid watchlist 1"
_HEAD = frozenset({"deid_watchlist", "generation", "forms", "runs", "longest", "left_out"})
_FORM = frozenset({"digest", "words", "start", "kind", "group", "counts"})
_COUNTS = frozenset({"alone", "together", "public"})
_NO_KIND = "name"  # of lists that are older than the rule that each form has one
_RUN = 8  # bytes of a run's digest
_MOST_WORDS = 64
_FEWEST_DIGITS = 5
_MOST_GROUPS = 6  # of figures in one number: "+33 6 39 98 12 34" has the most

_PLAIN_WORD = re.compile(r"[a-z0-9]+")
# Figures with the separators that people write between them, as in "999 041 7288" or "07700-900123".
_NUMBER = re.compile(r"[0-9](?:[ \-/.]?[0-9]){4,40}")
_GROUP = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Form:
    """What the list says of one form. counts: alone, together (near another of its group, or a cue), or public.

    is_team: some form of the group is public, so that all of them pass where a member of the team signs.
    """

    words: int
    kind: str
    group: int
    counts: str
    is_team: bool = False


@dataclass(frozen=True, slots=True)
class Watchlist:
    """The list as it is looked up. Build with `read`."""

    key: bytes = field(repr=False)
    generation: int
    longest: int
    left_out: dict[str, int]
    forms: dict[bytes, tuple[Form, ...]] = field(repr=False)
    starts: frozenset[bytes] = field(repr=False)
    runs: frozenset[bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A form or a run of the list in a text. `form` is None for eight words in a row of a source."""

    start: int
    end: int
    word: int
    value: str = field(repr=False)
    form: Form | None


def read(data: bytes, key: bytes, *, where: str) -> Watchlist:
    """Raises CouldNotFinish when the list is not whole, or not this key's. No line counts before the MAC does."""
    try:
        text = data.decode("utf-8")
        body, _, last = text.removesuffix("\n").rpartition("\n")
        given = json.loads(last)
        if not (text.endswith("\n") and isinstance(given, dict) and set(given) == {"mac"}):
            raise ValueError
        if not is_same(mac(key, _PURPOSE, body + "\n"), str(given["mac"])):
            raise CouldNotFinish(
                "the watchlist was edited, or the key is another one's",
                where=where,
                hint="export both again: deid vault watchlist --out LIST --key-to FILE",
            )
        return _read_lines(body.split("\n"), key)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CouldNotFinish(
            "this is not a whole watchlist of version 1", where=where, hint="export it again: deid vault watchlist"
        ) from None


def read_key(text: str, *, where: str) -> bytes:
    """64 lower-case hex digits. Raises CouldNotFinish: a key that cannot be read is a check that cannot run."""
    if not re.fullmatch(r"[0-9a-f]{64}", text.strip()):
        raise CouldNotFinish("the check's key is not 64 hex digits", where=where, hint="copy the key file's one line")
    return bytes.fromhex(text.strip())


def _read_lines(lines: list[str], key: bytes) -> Watchlist:
    head = json.loads(lines[0])
    if set(head) != _HEAD or head["deid_watchlist"] != VERSION or not 1 <= head["longest"] <= _MOST_WORDS:
        raise ValueError
    forms: dict[bytes, tuple[Form, ...]] = {}
    starts, runs, count = set(), bytearray(), 0
    for line in map(json.loads, lines[1:]):
        if set(line) == {"runs"}:
            runs += bytes.fromhex(line["runs"])
            continue
        if set(line) != _FORM or runs or line["counts"] not in _COUNTS:
            raise ValueError
        digest = bytes.fromhex(line["digest"])
        form = Form(line["words"], line["kind"] or _NO_KIND, line["group"], line["counts"])
        forms[digest] = (*forms.get(digest, ()), form)
        starts.add(int(line["start"]).to_bytes(2, "big"))
        count += 1
    pieces = frozenset(bytes(runs[place : place + _RUN]) for place in range(0, len(runs), _RUN))
    if count != head["forms"] or len(pieces) != head["runs"]:
        raise ValueError
    team = {form.group for several in forms.values() for form in several if form.counts == "public"}
    forms = {
        digest: tuple(replace(form, is_team=form.group in team) for form in several)
        for digest, several in forms.items()
    }
    return Watchlist(key, head["generation"], head["longest"], dict(head["left_out"]), forms, frozenset(starts), pieces)


def searcher(watchlist: Watchlist) -> Callable[[str], list[Meeting]]:
    """A search that remembers each distinct word: prose has few, so that nearly every word costs one look-up."""
    form_of = _digester(watchlist.key, b"deid watch form", 16)
    start_of = _digester(watchlist.key, b"deid watch start", 2)
    seen: set[str] = set()
    beginnings: set[str] = set()

    def search(text: str) -> list[Meeting]:
        folded = _PLAIN_WORD.findall(text.lower()) if text.isascii() else [word for _, _, word in words(text)]
        distinct = set(folded)
        for word in distinct - seen:
            if form_of(word) in watchlist.forms or start_of(word) in watchlist.starts:
                beginnings.add(word)
        seen.update(distinct)
        met: list[Meeting] = []
        if not beginnings.isdisjoint(distinct):
            met += _forms_in(text, folded, watchlist, beginnings, form_of)
        met += _numbers_in(text, watchlist, form_of)
        met += _quotations_in(text, folded, watchlist)
        return met

    return search


def _digester(key: bytes, purpose: bytes, size: int) -> Callable[[str], bytes]:
    """Keyed BLAKE2b with the key taken in once; `digests.form_digest` gives the same."""
    keyed = blake2b(digest_size=size, key=key, person=purpose)

    def digest(text: str) -> bytes:
        fresh = keyed.copy()
        fresh.update(text.encode("utf-8", "surrogatepass"))
        return fresh.digest()

    return digest


def _forms_in(
    text: str,
    folded: list[str],
    watchlist: Watchlist,
    beginnings: set[str],
    form_of: Callable[[str], bytes],
) -> Iterator[Meeting]:
    """Every form at every word, the longest first; a shorter one of the same words tells nothing more."""
    met = []
    for first in [place for place, word in enumerate(folded) if word in beginnings]:
        joined, best = "", None
        for last in range(first, min(first + watchlist.longest, len(folded))):
            joined += folded[last]
            if known := watchlist.forms.get(form_of(joined)):
                best = (first, last, joined, known)
        if best:
            met.append(best)
    spans = _places(text) if met else []
    for first, last, joined, known in met:
        for form in known if not begins_a_negation(text, spans[first][0], spans[last][1]) else ():
            yield Meeting(spans[first][0], spans[last][1], first, joined, form)


def _places(text: str) -> list[tuple[int, int]]:
    """Where each word stands; only asked where something was met."""
    if text.isascii():
        return [match.span() for match in _PLAIN_WORD.finditer(text.lower())]
    return [(start, end) for start, end, _ in words(text)]


def _numbers_in(text: str, watchlist: Watchlist, form_of: Callable[[str], bytes]) -> Iterator[Meeting]:
    """Numbers by their figures alone, in any of the groups that people write them in."""
    for run in _NUMBER.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, run.start(), run.end())]
        for first, (start, _) in enumerate(groups):
            joined = ""
            for one, end in groups[first : first + _MOST_GROUPS]:
                joined += text[one:end]
                if len(joined) < _FEWEST_DIGITS:
                    continue
                for form in watchlist.forms.get(form_of(joined), ()):
                    yield Meeting(start, end, -1, joined, form)


def _quotations_in(text: str, folded: list[str], watchlist: Watchlist) -> Iterator[Meeting]:
    """Eight words in a row as a source has them, runs that touch being one quotation."""
    if not watchlist.runs or len(folded) < RUN_WORDS:
        return
    places = _runs_in(folded, watchlist)
    if not places:
        return
    tokens = list(words(text))
    first = last = places[0]
    for place in [*places[1:], len(tokens) + RUN_WORDS]:
        if place > last + RUN_WORDS:
            ending = last + RUN_WORDS
            value = " ".join(word for _, _, word in tokens[first:ending])
            yield Meeting(tokens[first][0], tokens[ending - 1][1], first, value, None)
            first = place
        last = place


def _runs_in(folded: list[str], watchlist: Watchlist) -> list[int]:
    """Where known runs begin. The words are joined once and cut, for this goes over every word of everything."""
    encoded = [word.encode("utf-8", "surrogatepass") for word in folded]
    joined = b" ".join(encoded)
    ends = list(accumulate(len(word) + 1 for word in encoded))
    fresh = blake2b(digest_size=_RUN, key=watchlist.key, person=b"deid watch run").copy
    runs, start, found = watchlist.runs, 0, []
    for place, end in enumerate(ends[RUN_WORDS - 1 :]):
        keyed = fresh()
        keyed.update(joined[start : end - 1])
        if keyed.digest() in runs:
            found.append(place)
        start = ends[place]
    return found
