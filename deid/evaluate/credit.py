"""Error analysis: who found what, who alone found it, and who cried wolf, recogniser by recogniser."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deid.evaluate.gold import Gold
from deid.evaluate.masked import Masked
from deid.evaluate.score import hidden_characters, words_in, words_outside


@dataclass(frozen=True, slots=True)
class Credit:
    """`found`: required mentions that its claims hide whole. `alone`: mentions that would not be hidden whole without
    it. `wolf`: claims that touch no marked span. `lost`: words outside all spans that its claims cover."""

    recogniser: str
    claims: int
    found: int
    alone: int
    wolf: int
    lost: int


def give_credit(golds: Sequence[Gold], claims: Mapping[str, Sequence[Masked]]) -> tuple[Credit, ...]:
    """One for each recogniser, by name. `claims` are raw: they may overlap, and each names its recogniser."""
    names = sorted({claim.recogniser for several in claims.values() for claim in several})
    return tuple(_credit(name, golds, claims) for name in names)


def _credit(name: str, golds: Sequence[Gold], claims: Mapping[str, Sequence[Masked]]) -> Credit:
    counts: dict[str, int] = defaultdict(int)
    for gold in golds:
        own = [claim for claim in claims[gold.id] if claim.recogniser == name]
        if not own:
            continue
        others = [claim for claim in claims[gold.id] if claim.recogniser != name]
        mine, theirs = _hidden_mentions(gold, own), _hidden_mentions(gold, others)
        together = _hidden_mentions(gold, claims[gold.id])
        covered = hidden_characters(gold.text, own)
        counts["claims"] += len(own)
        counts["found"] += len(mine)
        counts["alone"] += len(together - theirs)
        counts["wolf"] += sum(not _meets_a_span(gold, claim) for claim in own)
        counts["lost"] += sum(any(covered[start:end]) for start, end in words_outside(gold))
    return Credit(name, *(counts[key] for key in ("claims", "found", "alone", "wolf", "lost")))


def _hidden_mentions(gold: Gold, masks: Sequence[Masked]) -> set[int]:
    hidden = hidden_characters(gold.text, masks)
    return {
        span.start
        for span in gold.spans
        if not span.optional and all(all(hidden[start:end]) for start, end in words_in(gold.text, span.start, span.end))
    }


def _meets_a_span(gold: Gold, claim: Masked) -> bool:
    return any(span.start < claim.end and claim.start < span.end for span in gold.spans)
