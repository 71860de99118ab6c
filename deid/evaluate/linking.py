"""Is one thing one pseudonym? B-cubed figures over the mentions that were found, and merges of different things."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from deid.evaluate.gold import Gold, Marked
from deid.evaluate.masked import Masked
from deid.model import Category

# One person's post, age and traits are not the person's name, but a token that takes them together is no wrong merge.
_OF_A_PERSON = (Category.PERSON, Category.ROLE, Category.AGE, Category.TRAIT)


@dataclass(frozen=True, slots=True)
class Linking:
    """`mentions`: how many were judged (found, and given an entity). `wrong_merges`: entities that mix things."""

    bcubed_precision: float | None
    bcubed_recall: float | None
    bcubed_f1: float | None
    wrong_merges: int
    mentions: int


def judge_linking(
    golds: Sequence[Gold], masked: Mapping[str, Sequence[Masked]], category: Category | None = None
) -> Linking:
    """B-cubed over all texts, of one category or of all."""
    pairs = [
        (mention.entity, found.entity)
        for _, mention, found in _linked(golds, masked)
        if category in (None, mention.category)
    ]
    together, real, given = Counter(pairs), Counter(real for real, _ in pairs), Counter(given for _, given in pairs)
    if not pairs:
        return Linking(None, None, None, 0, 0)
    precision = sum(count * count / given[token] for (_, token), count in together.items()) / len(pairs)
    recall = sum(count * count / real[entity] for (entity, _), count in together.items()) / len(pairs)
    f1 = 2 * precision * recall / (precision + recall)
    return Linking(precision, recall, f1, len(_mixing(together)), len(pairs))


def mixed(golds: Sequence[Gold], masked: Mapping[str, Sequence[Masked]]) -> list[tuple[Gold, Marked, Masked]]:
    """Every mention whose entity, in the system's eyes, mixes several things."""
    linked = list(_linked(golds, masked))
    wrong = _mixing((mention.entity, found.entity) for _, mention, found in linked)
    return [each for each in linked if each[2].entity in wrong]


def _linked(golds: Sequence[Gold], masked: Mapping[str, Sequence[Masked]]) -> Iterator[tuple[Gold, Marked, Masked]]:
    for gold in golds:
        for mention, found in _matches(gold.spans, masked[gold.id]):
            if found.entity and not mention.optional:
                yield gold, mention, found


def _mixing(together: Iterable[tuple[str, str]]) -> set[str]:
    things: dict[str, set[str]] = defaultdict(set)
    for entity, token in together:
        things[token].add(_thing(entity))
    return {token for token, several in things.items() if len(several) > 1}


def _thing(entity: str) -> str:
    """PERSON:hall, ROLE:hall and AGE:hall-15 are of one person; so are PERSON:text-1/hall and AGE:text-1/hall-15."""
    category, _, name = entity.partition(":")
    scope, slash, slug = name.rpartition("/")
    return f"PERSON:{scope}{slash}{slug.partition('-')[0]}" if category in _OF_A_PERSON else entity


def _matches(marked: Sequence[Marked], masked: Sequence[Masked]) -> list[tuple[Marked, Masked]]:
    """Each mention with the mask that shares most with it, if that mask in turn shares most with that mention.

    A mask over two mentions ("Hall, Maidstone") is judged as the one it mostly covers.
    """
    shared = [
        (length, -m, -f)
        for m, mention in enumerate(marked)
        for f, found in enumerate(masked)
        if (length := min(mention.end, found.end) - max(mention.start, found.start)) > 0
    ]
    best_mask, best_mention = {}, {}
    for length, m, f in sorted(shared):
        best_mask[-m], best_mention[-f] = -f, -m
        del length
    return [(marked[m], masked[f]) for m, f in sorted(best_mask.items()) if best_mention[f] == m]
