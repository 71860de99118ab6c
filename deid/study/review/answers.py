"""Which questions somebody has settled, and how much is left of each transcript, for the page and the terminal."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from deid.study.decisions import ACCEPT_RISK, CLOSED, SECOND, decision_fingerprint, in_force, read_lines
from deid.study.folder import Study
from deid.study.render import Rendered
from deid.study.repeats import repeats_of
from deid.study.review.cards import shown
from deid.study.review.contexts import doubt_keys


@dataclass(frozen=True, slots=True)
class Left:
    """Of one transcript. places: stretches that nobody has decided about; cards: how many questions of the queue they
    are, for alike ones are asked together. What could be recognised without a name comes on top."""

    places: int
    cards: int


def answers_of(study: Study, *, second: bool = False) -> frozenset[str]:
    """The fingerprints of all doubts that somebody has settled: for a second reviewer, their own alone."""
    texts = study.contents.texts
    found: set[str] = set()
    for line in in_force(read_lines(study)):
        if (line.verdict == SECOND) is second:
            found.update(line.values.get("doubts", "").split())
            if line.verdict == ACCEPT_RISK:
                found.add(line.fingerprint)
            if line.verdict == CLOSED:
                found.update(json.loads(texts.get(line.id, "[]")))
    return frozenset(found)


def left_of(study: Study, rendered: Rendered) -> Mapping[str, Left]:
    """What is left to look at of each transcript, by its code."""
    answers, products = answers_of(study), rendered.outcome.products
    repeats = repeats_of(study, {code: product.transcript for code, product in products.items()})
    now = shown(study, rendered, answers, repeats)
    cards = Counter(code for card in now.cards if not card.answered for code in card.codes)
    asked = {mark for group in now.groups.values() for mark in group.marks} - answers
    return {
        code: Left(
            sum(decision_fingerprint(study.contents, key) in asked for _, key in doubt_keys(product)), cards[code]
        )
        for code, product in products.items()
    }
