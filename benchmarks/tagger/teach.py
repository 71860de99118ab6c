"""Teaches the tagger and writes its weights.

    python -m benchmarks.tagger.teach [--at-once 2] [--leave-out NAME ...] [--to FILE]

Reads the marked texts (`texts/` beside this, the examples and the open gold of `tests/gold`; nothing that is sealed).
Four heads are taught what the marks say. What ships is a fifth, taught what the four say of the same texts and, to a
lesser part, what the marks say: it reads nearly as they do together, in less than half of their time.
The same seed, texts and versions give the same weights on one machine. About two hours and 12 GB on two cores.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from benchmarks.tagger.head import SEEN, Head, write_onnx
from benchmarks.tagger.rows import UNTOLD, Taught, read_all, sources
from deid.detect.models import TAGGER
from deid.detect.rampart import Rampart
from deid.detect.tagger import CLASSES, SHAPES

_PIECES_A_STEP, _MOST_A_STEP = 512, 32
_STEEPEST = 2e-3
_DECAY = 0.01
# Talk that is thick with facts of a life told plainly. Who has read it finds more in such talk, and hides more of talk
# that has few of them; so half of the heads have not, and what ships goes by the mean of all.
THICK = ("arrivals", "classrooms", "clubs", "notes", "placements", "remarks", "streets", "treatment")
# So often a text is taught as if it had no capitals: speech recognition writes none.
_LOWERED = 0.15
# How much the head that ships goes by what the four say; the rest is what the marks say.
_BY_THE_FOUR = 0.7


class Lesson(NamedTuple):
    """How one head is taught: it reads the first so many of all texts, so many times."""

    seed: int
    width: int
    epochs: int
    texts: int


@dataclass(frozen=True, slots=True)
class Told:
    """One reach of talk. `seen`: as in Taught; `chances`: (pieces, classes), what is to be said; zeros: anything."""

    seen: np.ndarray
    chances: np.ndarray

    def __len__(self) -> int:
        return len(self.seen)


def main() -> None:
    asked = _asked()
    reader = Rampart(0.2)
    plain = read_all(sources((*asked.leave_out, *THICK)), reader)
    thick = read_all([path for path in sources(asked.leave_out) if path.parent.name in THICK], reader)
    marked = [Told(one.seen, _as_marked(one)) for one in (*plain, *thick)]
    print(f"{len(marked)} reaches of talk, {sum(map(len, marked))} pieces", flush=True)
    lessons = [Lesson(seed, 192, 5, len(plain)) for seed in (0, 1)] + [
        Lesson(seed, 192, 4, len(marked)) for seed in (0, 1)
    ]
    # A head a process, which by fork all see the same texts in memory; one thread each, so that sums come out the same.
    torch.set_num_threads(1)
    with get_context("fork").Pool(asked.at_once, _texts.extend, (marked,)) as pool:
        heads = pool.map(taught, lessons, chunksize=1)
    _texts[:] = [Told(one.seen, _as_the_four_say(one, heads)) for one in marked]
    write_onnx(taught(Lesson(0, 256, 5, len(_texts))), asked.to)


_texts: list[Told] = []


def _as_marked(one: Taught) -> np.ndarray:
    chances = np.zeros((len(one.classes), len(CLASSES) + 1), dtype=np.float16)
    told = np.flatnonzero(one.classes != UNTOLD)
    chances[told, one.classes[told]] = 1
    return chances


def _as_the_four_say(one: Told, heads: Sequence[Head]) -> np.ndarray:
    seen, lengths = torch.from_numpy(one.seen.astype(np.float32))[None], torch.tensor([len(one)])
    with torch.no_grad():
        said = torch.stack([head(seen, lengths)[0].softmax(-1) for head in heads]).mean(0).numpy()
    is_marked = one.chances.any(axis=1, keepdims=True)
    return np.where(is_marked, _BY_THE_FOUR * said + (1 - _BY_THE_FOUR) * one.chances, said).astype(np.float16)


def taught(lesson: Lesson) -> Head:
    """A head that has had its lesson."""
    torch.manual_seed(lesson.seed)
    drawn = random.Random(lesson.seed)  # no secret
    head, began, texts = Head(lesson.width), time.monotonic(), _texts[: lesson.texts]
    orders = [_order(texts, drawn) for _ in range(lesson.epochs)]
    optimizer = torch.optim.AdamW(head.parameters(), lr=_STEEPEST, weight_decay=_DECAY)
    slope = torch.optim.lr_scheduler.OneCycleLR(optimizer, _STEEPEST, total_steps=sum(map(len, orders)), pct_start=0.1)
    for epoch, order in enumerate(orders):
        lost = 0.0
        for seen, chances, lengths in _batches(texts, order, drawn):
            loss = -(chances * head(seen, lengths).log_softmax(-1)).sum() / chances.sum()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            slope.step()
            lost += loss.item()
        took = time.monotonic() - began
        print(f"{lesson} epoch {epoch + 1}: loss {lost / len(order):.3f}, {took:.0f} s", flush=True)
    return head.eval()


def _order(texts: Sequence[Told], drawn: random.Random) -> list[list[int]]:
    """Texts of about one length together, in another order each time; about as many pieces in each step."""
    by_length = sorted(range(len(texts)), key=lambda number: len(texts[number]) + 4 * drawn.random())
    groups, pieces = [[]], 0
    for number in by_length:
        if pieces >= _PIECES_A_STEP or len(groups[-1]) == _MOST_A_STEP:
            groups.append([])
            pieces = 0
        groups[-1].append(number)
        pieces += len(texts[number])
    drawn.shuffle(groups)
    return groups


def _batches(
    texts: Sequence[Told], order: Sequence[Sequence[int]], drawn: random.Random
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    for group in order:
        lengths = [len(texts[number]) for number in group]
        seen = np.zeros((len(group), max(lengths), SEEN), dtype=np.float32)
        chances = np.zeros((len(group), max(lengths), len(CLASSES) + 1), dtype=np.float32)
        for place, number in enumerate(group):
            seen[place, : lengths[place]] = texts[number].seen
            chances[place, : lengths[place]] = texts[number].chances
            if drawn.random() < _LOWERED:
                _lower(seen[place, : lengths[place], -SHAPES:])
        yield torch.from_numpy(seen), torch.from_numpy(chances), torch.tensor(lengths)


def _lower(shapes: np.ndarray) -> None:
    shapes[:, :2] = 0  # no capital at a word's beginning, no word of capitals
    shapes[:, -1] = 1  # a row without capitals


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Teaches the tagger.")
    parser.add_argument("--at-once", type=int, default=2, help="heads that are taught beside each other")
    parser.add_argument("--leave-out", nargs="*", default=[], help="folders that are not read, to measure on them")
    parser.add_argument("--to", type=Path, default=TAGGER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
