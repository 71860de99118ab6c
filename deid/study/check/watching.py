"""The key and the watchlist that a check goes by. One that is there and cannot be used is told, and shuts the gate."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from deid.check import watchlist
from deid.check.findings import Unread
from deid.check.watchlist import Watchlist
from deid.errors import CouldNotFinish
from deid.study.check.attestation import Attested
from deid.study.check.gathering import Gathered, Request

WATCHLIST = ".deid-watchlist"
KEY = "DEID_CHECK_KEY"
_FORK = "a maintainer runs: deid check --diff origin/main --messages"


def key_of(environment: Mapping[str, str], gathered: Gathered) -> bytes | None:
    """The key from its file or the environment; None without one, or where it cannot be read."""
    try:
        if place := environment.get(f"{KEY}_FILE"):
            return watchlist.read_key(Path(place).read_text(encoding="utf-8"), where=f"{KEY}_FILE")
        if written := environment.get(KEY):
            return watchlist.read_key(written, where=KEY)
    except (OSError, UnicodeDecodeError):
        gathered.problems.append(Unread(f"{KEY}_FILE", "the file that it names cannot be read", 3))
    except CouldNotFinish as error:
        gathered.problems.append(Unread(error.where, error.message, 3))
    return None


def watchlist_of(
    request: Request, home: Path, key: bytes | None, environment: Mapping[str, str], gathered: Gathered
) -> Watchlist | None:
    """The list that is named, or that lies in the repository; None where none is configured, or it cannot be used."""
    given = request.watchlist or (Path(environment["DEID_WATCHLIST"]) if environment.get("DEID_WATCHLIST") else None)
    place = given or home / WATCHLIST
    if given is None and not place.is_file():
        gathered.notes.append("no watchlist is configured: names are not looked for, only patterns and raw material")
        return None
    try:
        if key is None:
            raise CouldNotFinish(
                "there is a watchlist and no key for it, so names were NOT looked for",
                where=place.name,
                hint=f"set {KEY} or {KEY}_FILE; a fork has none, so {_FORK}",
            )
        found = watchlist.read(place.read_bytes(), key, where=place.name)
    except OSError:
        gathered.problems.append(Unread(place.name, "the watchlist cannot be read", 3))
        return None
    except CouldNotFinish as error:
        gathered.problems.append(Unread(place.name, f"{error.message}; {error.hint}", 3))
        return None
    if found.left_out:
        counted = ", ".join(f"{count} of {name}" for name, count in found.left_out.items())
        gathered.notes.append(f"the watchlist leaves out words that stand everywhere: {counted}")
    return found


def too_old(listed: Watchlist, attested: Iterable[Attested]) -> Iterator[Unread]:
    """The releases that hold people whom the list cannot know yet."""
    for one in attested:
        if one.generation > listed.generation:
            yield Unread(one.name, "the watchlist is older than this release: export it again", 3)
