"""The utility meter: how much of what was said is still there, for each transcript of a tier.

Too much is lost as easily as too little: a transcript whose policy replaces more than its budget was probably read
wrongly somewhere, and an analyst cannot see that from the tokens.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from deid.model import Category, KeyEntry, Product
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.tokens import label_part
from deid.study.render import Rendered

_SPEECH = "speech"
# Their tokens are values, and a value of a tier is never as exact as what was said.
_VALUES = {Category.DATE: "dates", Category.AGE: "ages"}


@dataclass(frozen=True, slots=True)
class Utility:
    """words: of the source. speech_kept: the share of spoken words that stand as they were said. kinds_lost: kinds of
    thing that the tokens of this tier call by a broader word, such as Children's home behind [Care placement 8].
    coarser: how many dates and ages are told less exactly than they were said."""

    code: str
    words: int
    replaced: int
    speech_kept: float
    kinds_lost: tuple[str, ...]
    coarser: Mapping[str, int]
    budget: float

    @property
    def is_over(self) -> bool:
        return self.replaced > self.budget * self.words


def utility(rendered: Rendered, budget: float) -> tuple[Utility, ...]:
    """Of every transcript, by code."""
    products = rendered.outcome.products
    return tuple(_of(code, products[code], rendered, budget) for code in sorted(products))


def as_values(one: Utility) -> dict[str, object]:
    values = {**asdict(one), "kinds_lost": list(one.kinds_lost), "coarser": dict(one.coarser)}
    return {**values, "over_budget": one.is_over}


def as_line(one: Utility) -> str:
    """P01-1: 43 of 812 words replaced (5.3%), 94.1% of speech kept; less exact: 3 ages; kinds lost: School."""
    share = one.replaced / one.words if one.words else 0.0
    fewer = ", ".join(f"{count} {name if count > 1 else name[:-1]}" for name, count in one.coarser.items())
    coarser = f"; less exact: {fewer}" if fewer else ""
    lost = f"; kinds lost: {', '.join(one.kinds_lost)}" if one.kinds_lost else ""
    over = f"; over the budget of {one.budget:.0%}: look for what is no name" if one.is_over else ""
    return (
        f"{one.code}: {one.replaced} of {one.words} words replaced ({share:.1%}),"
        f" {one.speech_kept:.1%} of speech kept{coarser}{lost}{over}"
    )


def _of(code: str, product: Product, rendered: Rendered, budget: float) -> Utility:
    segments = product.transcript.segments
    words = [len(segment.text.split()) for segment in segments]
    replaced = [0] * len(segments)
    for one in product.replacements:
        span = one.span
        replaced[span.segment] += len(segments[span.segment].text[span.start : span.end].split())
    speech = [index for index, segment in enumerate(segments) if segment.kind == _SPEECH]
    said, gone = sum(words[index] for index in speech), sum(replaced[index] for index in speech)
    return Utility(
        code=code,
        words=sum(words),
        replaced=sum(replaced),
        speech_kept=round(1 - gone / said, 4) if said else 1.0,
        kinds_lost=tuple(sorted(set(_lost(product, rendered.outcome.entries, rendered.tier)))),
        coarser=_coarser(product, rendered.outcome.entries),
        budget=budget,
    )


def _lost(product: Product, entries: Mapping[str, KeyEntry], tier: str) -> Iterator[str]:
    for entry in _replaced(product, entries):
        kind, shown = label_of(entry.entity), label_part(entry.tokens.get(tier, ""))
        if shown and not shown.lower().endswith(kind.lower()) and entry.entity.category not in _VALUES:
            yield kind


def _coarser(product: Product, entries: Mapping[str, KeyEntry]) -> dict[str, int]:
    told = Counter(entry.entity.category for entry in _replaced(product, entries))
    return {name: told[category] for category, name in _VALUES.items() if told[category]}


def _replaced(product: Product, entries: Mapping[str, KeyEntry]) -> Iterator[KeyEntry]:
    """What each replaced mention stands for."""
    spans = {one.span for one in product.replacements}
    for mention in product.mentions:
        if any(span.overlaps(mention.span) for span in spans):
            yield entries[mention.entity]
