"""Teaches the tagger and writes its weights.

    python -m benchmarks.tagger.teach [--heads 2] [--epochs 5] [--leave-out NAME ...] [--to FILE]

Reads the marked texts (`texts/` beside this, the examples and the open gold of `tests/gold`; nothing that is sealed).
The same seed, texts and versions give the same weights on one machine. About half an hour and 10 GB on two cores.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from benchmarks.tagger.head import SEEN, Head, write_onnx
from benchmarks.tagger.rows import UNTOLD, Taught, read_all, sources
from deid.detect.models import TAGGER
from deid.detect.rampart import Rampart
from deid.detect.tagger import SHAPES

_PIECES_A_STEP, _MOST_A_STEP = 512, 32
_STEEPEST = 2e-3
_DECAY = 0.01
# So often a text is taught as if it had no capitals: speech recognition writes none.
_LOWERED = 0.15


def main() -> None:
    asked = _asked()
    texts = read_all(sources(asked.leave_out), Rampart(0.2))
    print(f"{len(texts)} reaches of talk, {sum(len(one.classes) for one in texts)} pieces", flush=True)
    # A head a process, which by fork all see the same texts in memory; one thread each, so that sums come out the same.
    torch.set_num_threads(1)
    with get_context("fork").Pool(asked.heads, _texts.extend, (texts,)) as pool:
        heads = pool.starmap(taught, [(seed, asked.epochs) for seed in range(asked.heads)])
    write_onnx(heads, asked.to)


_texts: list[Taught] = []


def taught(seed: int, epochs: int) -> Head:
    """A head that has read all texts so many times."""
    torch.manual_seed(seed)
    drawn = random.Random(seed)  # no secret
    head, began = Head(), time.monotonic()
    orders = [_order(_texts, drawn) for _ in range(epochs)]
    optimizer = torch.optim.AdamW(head.parameters(), lr=_STEEPEST, weight_decay=_DECAY)
    slope = torch.optim.lr_scheduler.OneCycleLR(optimizer, _STEEPEST, total_steps=sum(map(len, orders)), pct_start=0.1)
    for epoch, order in enumerate(orders):
        lost = 0.0
        for seen, classes, lengths in _batches(_texts, order, drawn):
            loss = functional.cross_entropy(head(seen, lengths).transpose(1, 2), classes, ignore_index=UNTOLD)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            slope.step()
            lost += loss.item()
        took = time.monotonic() - began
        print(f"head {seed} epoch {epoch + 1}: loss {lost / len(order):.3f}, {took:.0f} s", flush=True)
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
        seen = np.zeros((len(group), max(lengths), SEEN), dtype=np.float32)
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
    parser.add_argument("--heads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--leave-out", nargs="*", default=[], help="folders that are not read, to measure on them")
    parser.add_argument("--to", type=Path, default=TAGGER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
