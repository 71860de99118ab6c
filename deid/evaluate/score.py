"""Figures: what a system hid, judged against gold. Pure; every rule of counting is here.

A word is a run of letters and digits (deid.fold.WORD), cut at the edges of gold spans. In a span it counts as masked
only if all of it is hidden; outside, it counts as lost if any of it is, unless the replacement says it again ("NHS
number 999 ..." became "[NHS number 41]", "on 4 May 2019" became "in [spring 2019]"). Masking is label-blind: it does
not matter what a system took a name for. A mention is masked if all its words are; an entity if all its mentions are,
in every text. Optional spans are neither missed nor needlessly lost. A mask whose replacement still tells the original
hides nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.evaluate.coarser import misstates, still_tells
from deid.evaluate.gold import Gold, Kept, Marked
from deid.evaluate.linking import Linking, judge_linking
from deid.evaluate.masked import Masked
from deid.fold import WORD, words
from deid.interval import wilson
from deid.model import Category

# A small word that changes with the token behind it is said again: an [origin withheld 3], in [spring 2019].
_AGREES_WITH = {"a": "an", "an": "a", "on": "in"}


@dataclass(frozen=True, slots=True)
class Rate:
    """hits of total; nothing at all where total is 0."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval. Hits are taken as independent; mentions of one name are not, so it is too narrow."""
        return wilson(self.hits, self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the design, section 8. A category's recall is over the spans that gold gives it; its precision
    and keep_rate are over what the system hid under its name. `not_coarser`: masks that still tell or misstate."""

    token_recall: Rate
    token_precision: Rate
    mention_recall: Rate
    direct_recall: Rate
    entity_recall: Rate
    keep_rate: Rate
    linking: Linking
    not_coarser: int
    by_category: Mapping[Category, "Figures"] = field(default_factory=dict)


RATES = ("token_recall", "token_precision", "mention_recall", "direct_recall", "entity_recall", "keep_rate")


def score(golds: Sequence[Gold], masked: Mapping[str, Sequence[Masked]]) -> Figures:
    """Figures over all texts; `masked` has an entry for each id. Raises ValueError for a mask outside its text."""
    whole = _figures(golds, masked, None)
    present = {span.category for gold in golds for span in gold.spans}
    named = {mask.category for masks in masked.values() for mask in masks}
    parts = {
        category: _figures(golds, masked, category) for category in Category if category in present or category in named
    }
    return replace(whole, by_category=parts)


@dataclass(frozen=True, slots=True)
class _Mention:
    marked: Marked
    words: int
    hidden: int

    @property
    def is_masked(self) -> bool:
        return self.words == self.hidden


@dataclass(frozen=True, slots=True)
class _Judged:
    """One text: its required mentions, the words outside all spans that were lost, and which keeps stayed whole."""

    mentions: tuple[_Mention, ...]
    lost: int
    kept: int
    keeps: int


def _figures(golds: Sequence[Gold], masked: Mapping[str, Sequence[Masked]], category: Category | None) -> Figures:
    judged = [_judge(gold, masked[gold.id]) for gold in golds]
    own = {key: tuple(mask for mask in masks if category in (None, mask.category)) for key, masks in masked.items()}
    claimed = judged if category is None else [_judge(gold, own[gold.id]) for gold in golds]
    mentions = [each for text in judged for each in text.mentions if category in (None, each.marked.category)]
    right = sum(each.hidden for text in claimed for each in text.mentions)
    lost = sum(text.lost for text in claimed)
    return Figures(
        token_recall=Rate(sum(each.hidden for each in mentions), sum(each.words for each in mentions)),
        token_precision=Rate(right, right + lost),
        mention_recall=_masked_rate(mentions),
        direct_recall=_masked_rate(each for each in mentions if each.marked.direct),
        entity_recall=_entity_rate(mentions),
        keep_rate=Rate(sum(text.kept for text in claimed), sum(text.keeps for text in claimed)),
        linking=judge_linking(golds, masked, category),
        not_coarser=sum(_is_not_coarser(gold.text, mask) for gold in golds for mask in own[gold.id]),
    )


def _masked_rate(mentions: Iterable[_Mention]) -> Rate:
    results = [each.is_masked for each in mentions]
    return Rate(sum(results), len(results))


def _entity_rate(mentions: Iterable[_Mention]) -> Rate:
    entities: dict[str, bool] = defaultdict(lambda: True)
    for each in mentions:
        entities[each.marked.entity] &= each.is_masked
    return Rate(sum(entities.values()), len(entities))


def _judge(gold: Gold, masks: Sequence[Masked]) -> _Judged:
    hidden, lost = hidden_characters(gold.text, masks), lost_characters(gold.text, masks)
    mentions = []
    for span in gold.spans:
        found = words_in(gold.text, span.start, span.end)
        if not span.optional:
            mentions.append(_Mention(span, len(found), sum(all(hidden[start:end]) for start, end in found)))
    gone = sum(any(lost[start:end]) for start, end in words_outside(gold))
    kept = sum(not _is_touched(gold.text, keep, lost) for keep in gold.keep)
    return _Judged(tuple(mentions), gone, kept, len(gold.keep))


def hidden_characters(text: str, masks: Iterable[Masked]) -> bytearray:
    """1 for every character that a mask hides, unless what was written in its place still tells it."""
    return _cover(text, ((mask.start, mask.end) for mask in masks if not _tells(text, mask)))


def lost_characters(text: str, masks: Iterable[Masked]) -> bytearray:
    """1 for every character of which nothing is left, but for words that the replacement says again."""
    return _cover(text, (place for mask in masks for place in _unsaid(text, mask)))


def _unsaid(text: str, mask: Masked) -> Iterator[tuple[int, int]]:
    said = {word for _, _, word in words(mask.replacement)}
    if not said:
        yield mask.start, mask.end
        return
    for start, end, word in words(text[mask.start : mask.end]):
        if word not in said and _AGREES_WITH.get(word) not in said:
            yield mask.start + start, mask.start + end


def words_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the words; a stretch without letters or digits counts as one word, so that it cannot be masked free."""
    return [match.span() for match in WORD.finditer(text, start, end)] or [(start, end)]


def words_outside(gold: Gold) -> list[tuple[int, int]]:
    """Places of the words that no span covers."""
    edges = [0, *(edge for span in gold.spans for edge in (span.start, span.end)), len(gold.text)]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return [match.span() for start, end in gaps for match in WORD.finditer(gold.text, start, end)]


def _is_touched(text: str, keep: Kept, lost: bytearray) -> bool:
    return any(any(lost[start:end]) for start, end in words_in(text, keep.start, keep.end))


def _cover(text: str, places: Iterable[tuple[int, int]]) -> bytearray:
    covered = bytearray(len(text))
    for start, end in places:
        if not 0 <= start < end <= len(text):
            raise ValueError("a mask lies outside its text")
        covered[start:end] = b"\1" * (end - start)
    return covered


def _tells(text: str, mask: Masked) -> bool:
    return bool(mask.replacement) and still_tells(text[mask.start : mask.end], mask.replacement, mask.category)


def _is_not_coarser(text: str, mask: Masked) -> bool:
    original = text[mask.start : mask.end]
    return bool(mask.replacement) and (_tells(text, mask) or misstates(original, mask.replacement, mask.category))
