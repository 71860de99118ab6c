"""Details of one young person within a few turns: recognisable without a name. One decision a cluster, not ten."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.model import Category
from deid.risk.details import Detail, details_of
from deid.risk.released import Released, Risk, Talk, Turn

WITHIN = 5  # own turns behind the one that brings the young person up
ENOUGH = 2.5  # the sum of kinds of detail, each at its sharpest, from which a case can be told from others
_FEWEST = 4  # kinds of detail
# there was one girl | a fourteen-year-old | this young lad we had | a [13-15-year-old]
_ONE_YOUNG_PERSON = re.compile(
    r"\b(?:one|a|this|that)(?: \w+){0,2} (?:girl|boy|lad|lass|young person|child|teenager|kid|young woman|young man)\b"
    r"(?! (?:who|that) (?:goes|is|says|comes|needs))|\b(?:one|a|this) \w+[- ]year[- ]old\b|\[\d\d-\d\d-year-old\]"
    r"|\b(?:a|one) year (?:seven|eight|nine|ten|eleven|7|8|9|10|11)\b,? (?:she|he|who|girl|boy)",
    re.IGNORECASE,
)
_YOUNG = frozenset({"child"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is told of one young person: from `turn` on, about the entity behind a token or about nobody named."""

    code: str
    turn: int
    last: int
    about: str
    details: tuple[Detail, ...] = field(repr=False)

    @property
    def sharpest(self) -> dict[str, float]:
        best: dict[str, float] = {}
        for detail in self.details:
            best[detail.kind] = max(best.get(detail.kind, 0.0), detail.weight)
        return best

    @property
    def weight(self) -> float:
        return sum(self.sharpest.values())


def clusters(released: Released) -> tuple[Cluster, ...]:
    return tuple(cluster for talk in released.talks for cluster in _of_talk(talk))


def cluster_risks(found: Sequence[Cluster]) -> Iterator[Risk]:
    for cluster in found:
        kinds = sorted(cluster.sharpest, key=lambda kind: (-cluster.sharpest[kind], kind))
        readable = [kind for kind in kinds if cluster.sharpest[kind] == 1.0]
        where = f"turns {cluster.turn} to {cluster.last}" if cluster.last > cluster.turn else f"turn {cluster.turn}"
        what = f"coarser: {' and '.join(readable[:2])}" if readable else "remove the passage"
        yield Risk(
            "cluster", cluster.code, cluster.turn,
            f"{where.capitalize()} tell {join(kinds)} of one young person: whoever knew the case needs no name.",
            f"{what}, or describe the case in one sentence, or accept with a reason",
            key=f"{cluster.about} {' '.join(sorted(cluster.sharpest))}", last=cluster.last,
        )  # fmt: skip


def _of_talk(talk: Talk) -> Iterator[Cluster]:
    turns = talk.own()
    covered = -1
    for at, turn in enumerate(turns):
        about = _about(turn)
        if at <= covered or about is None:
            continue
        end = at + WITHIN
        near = turns[at : end + 1]
        details = tuple(detail for one in near for detail in details_of(one))
        last = max((detail.turn for detail in details), default=turn.number)
        cluster = Cluster(talk.code, turn.number, last, about, details)
        if len(cluster.sharpest) >= _FEWEST and cluster.weight >= ENOUGH:
            covered = end
            yield cluster


def _about(turn: Turn) -> str | None:
    """The entity of a child whom a turn brings up, "" for one without a name, None for none."""
    for token in turn.tokens:
        if token.category is Category.PERSON and token.part in _YOUNG:
            return token.entity
    return "" if _ONE_YOUNG_PERSON.search(turn.text) else None


def join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
