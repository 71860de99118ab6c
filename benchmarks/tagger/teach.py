"""Teaches the tagger and writes its weights.

    python -m benchmarks.tagger.teach [--at-once 2] [--leave-out NAME ...] [--to FILE]

Reads the marked texts (`texts/` beside this, the examples and the open gold of `tests/gold`; nothing that is sealed).
The same seed, texts and versions give the same weights on one machine. About an hour and a half and 12 GB on two cores.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from benchmarks.tagger.head import Head, write_onnx
from benchmarks.tagger.rows import UNTOLD, Taught, read_all, sources
from deid.detect.models import TAGGER
from deid.detect.rampart import Rampart
from deid.detect.tagger import FIGURES, SHAPES

_PIECES_A_STEP, _MOST_A_STEP = 512, 32
_STEEPEST = 2e-3
_DECAY = 0.01
# Talk that is thick with facts of a life told plainly. Who has read it finds more in such talk, and hides more of talk
# that has few of them; so half of the heads have not, and what ships is the mean of all.
THICK = ("arrivals", "classrooms", "clubs", "notes", "placements", "remarks", "streets", "treatment")
# So often a text is taught as if it had no capitals: speech recognition writes none.
_LOWERED = 0.15
_SHOWN = 20  # every so many reaches tell how large the states get


class Lesson(NamedTuple):
    """How one head is taught: it reads the first so many of all texts, so many times."""

    seed: int
    epochs: int
    texts: int


def main() -> None:
    asked = _asked()
    reader = Rampart(0.2)
    plain = read_all(sources((*asked.leave_out, *THICK)), reader)
    thick = read_all([path for path in sources(asked.leave_out) if path.parent.name in THICK], reader)
    texts = [*plain, *thick]
    print(f"{len(texts)} reaches of talk, {sum(len(one.classes) for one in texts)} pieces", flush=True)
    lessons = [Lesson(seed, 5, len(plain)) for seed in (0, 1)] + [Lesson(seed, 4, len(texts)) for seed in (0, 1)]
    # A head a process, which by fork all see the same texts in memory; one thread each, so that sums come out the same.
    torch.set_num_threads(1)
    with get_context("fork").Pool(asked.at_once, _texts.extend, (texts,)) as pool:
        heads = pool.map(taught, lessons, chunksize=1)
    seen = np.concatenate([one.seen for one in texts[::_SHOWN]]).astype(np.float32)
    write_onnx(heads, torch.from_numpy(seen), asked.to)


_texts: list[Taught] = []


def taught(lesson: Lesson) -> Head:
    """A head that has had its lesson."""
    torch.manual_seed(lesson.seed)
    drawn = random.Random(lesson.seed)  # no secret
    head, began, texts = Head(), time.monotonic(), _texts[: lesson.texts]
    orders = [_order(texts, drawn) for _ in range(lesson.epochs)]
    optimizer = torch.optim.AdamW(head.parameters(), lr=_STEEPEST, weight_decay=_DECAY)
    slope = torch.optim.lr_scheduler.OneCycleLR(optimizer, _STEEPEST, total_steps=sum(map(len, orders)), pct_start=0.1)
    for epoch, order in enumerate(orders):
        lost = 0.0
        for seen, classes, lengths in _batches(texts, order, drawn):
            loss = functional.cross_entropy(head(seen, lengths).transpose(1, 2), classes, ignore_index=UNTOLD)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            slope.step()
            lost += loss.item()
        took = time.monotonic() - began
        print(f"{lesson} epoch {epoch + 1}: loss {lost / len(order):.3f}, {took:.0f} s", flush=True)
    return head.eval()


def _order(texts: Sequence[Taught], drawn: random.Random) -> list[list[int]]:
    """Texts of about one length together, in another order each time; about as many pieces in each step."""
    by_length = sorted(range(len(texts)), key=lambda number: len(texts[number].classes) + 4 * drawn.random())
    groups, pieces = [[]], 0
    for number in by_length:
        if pieces >= _PIECES_A_STEP or len(groups[-1]) == _MOST_A_STEP:
            groups.append([])
            pieces = 0
        groups[-1].append(number)
        pieces += len(texts[number].classes)
    drawn.shuffle(groups)
    return groups


def _batches(
    texts: Sequence[Taught], order: Sequence[Sequence[int]], drawn: random.Random
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    for group in order:
        lengths = [len(texts[number].classes) for number in group]
        seen = np.zeros((len(group), max(lengths), FIGURES), dtype=np.float32)
        classes = np.full((len(group), max(lengths)), UNTOLD, dtype=np.int64)
        for place, number in enumerate(group):
            seen[place, : lengths[place]] = texts[number].seen
            classes[place, : lengths[place]] = texts[number].classes
            if drawn.random() < _LOWERED:
                _lower(seen[place, : lengths[place], -SHAPES:])
        yield torch.from_numpy(seen), torch.from_numpy(classes), torch.tensor(lengths)


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
