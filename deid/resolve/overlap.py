"""Overlapping findings become settled stretches: nothing that was found is left uncovered, nothing is covered twice.

A stretch is the union of findings that touch each other's characters. It is named by the surest of them, and only that
one's text becomes a form of an entity. A finding that holds all the others names the stretch (an e-mail address holds a
person's name) unless it is much less sure than one of them.
"""

from collections.abc import Iterable, Iterator

from deid.model import Category, Finding, Settled, Span
from deid.spans import reading_order

# A language model's doubtful phrase around a name of the roster must not become the form; a pattern around it must.
_MUCH_LESS_SURE = 0.3

_BEARS_A_PLACE = frozenset({Category.ROLE, Category.AGENCY, Category.TRAIT, Category.PLACE})

# Between equally sure findings of the same length: what identifies most directly names the stretch.
_WEIGHT = {
    category: weight
    for weight, category in enumerate(
        (
            Category.CONTACT,
            Category.IDENTIFIER,
            Category.CASE,
            Category.PERSON,
            Category.AGENCY,
            Category.PLACE,
            Category.DATE,
            Category.AGE,
            Category.TRAIT,
            Category.ROLE,
        )
    )
}


def settle(findings: Iterable[Finding]) -> tuple[Settled, ...]:
    """The findings of one transcript as stretches in reading order that never overlap."""
    ordered = sorted(findings, key=reading_order)
    return tuple(_settled(cluster) for cluster in _clusters(ordered))


def _settled(cluster: list[Finding]) -> Settled:
    if len(cluster) == 1:
        return Settled(cluster[0].span, cluster[0], (cluster[0],))
    return Settled(_cover(cluster), _surest(cluster), tuple(cluster))


def _clusters(ordered: list[Finding]) -> Iterator[list[Finding]]:
    cluster: list[Finding] = []
    end = 0
    for finding in ordered:
        if cluster and (finding.span.segment != cluster[0].span.segment or finding.span.start >= end):
            yield cluster
            cluster = []
        end = max(end, finding.span.end) if cluster else finding.span.end
        cluster.append(finding)
    if cluster:
        yield cluster


def _cover(cluster: list[Finding]) -> Span:
    first = cluster[0].span
    return Span(first.segment, first.start, max(finding.span.end for finding in cluster))


def _surest(cluster: list[Finding]) -> Finding:
    best = min(cluster, key=_by_sureness)
    span = _cover(cluster)
    whole = [finding for finding in cluster if finding.span == span]
    if whole:
        holder = min(whole, key=_by_sureness)
        if holder.confidence >= best.confidence - _MUCH_LESS_SURE or _bears_a_place(holder, best):
            return holder
    wider = [finding for finding in cluster if _bears_a_place(finding, best)]
    return min(wider, key=_by_sureness) if wider else best


def _bears_a_place(holder: Finding, best: Finding) -> bool:
    """Whether a rule reads more than a town around it: "mayor of Oxmoor", "Oxmoor number nine hundred" are no town,
    however sure the town is."""
    is_named_after = best.category is Category.PLACE and holder.category in _BEARS_A_PLACE
    sticks_out = holder.span.start < best.span.start or best.span.end < holder.span.end
    return is_named_after and sticks_out and not holder.recogniser.startswith("model_")


def _by_sureness(finding: Finding) -> tuple[object, ...]:
    length = finding.span.end - finding.span.start
    return (-finding.confidence, -length, _WEIGHT[finding.category], *reading_order(finding))
