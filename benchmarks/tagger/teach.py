"""Teaches the tagger and writes its weights.

    python -m benchmarks.tagger.teach [--heads 2] [--epochs 6] [--leave-out NAME ...] [--to FILE]

Reads the marked texts (`texts/` beside this, the examples and the open gold of `tests/gold`; nothing that is sealed).
The same seed, texts and versions give the same weights on one machine. About ten minutes on two cores.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from benchmarks.tagger.head import SEEN, Head, write_onnx
from benchmarks.tagger.rows import UNTOLD, Row, read_rows, sources
from deid.detect.models import TAGGER
from deid.detect.rampart import Rampart
from deid.detect.tagger import SHAPES

_ROWS_A_STEP = 32
_STEEPEST = 2e-3
_DECAY = 0.01
# So often a row is taught as if it had no capitals: speech recognition writes none.
_LOWERED = 0.15


def main() -> None:
    asked = _asked()
    reader = Rampart(0.2)
    rows = read_rows(sources(asked.leave_out), reader)
    print(f"{len(rows)} rows, {sum(len(row.classes) for row in rows)} pieces", flush=True)
    write_onnx([taught(rows, seed, asked.epochs) for seed in range(asked.heads)], asked.to)


def taught(rows: Sequence[Row], seed: int, epochs: int) -> Head:
    """A head that has read all rows so many times."""
    torch.manual_seed(seed)
    drawn = random.Random(seed)  # no secret
    head, began = Head(), time.monotonic()
    steps = epochs * -(-len(rows) // _ROWS_A_STEP)
    optimizer = torch.optim.AdamW(head.parameters(), lr=_STEEPEST, weight_decay=_DECAY)
    slope = torch.optim.lr_scheduler.OneCycleLR(optimizer, _STEEPEST, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        lost = 0.0
        for seen, classes, lengths in _batches(rows, drawn):
            loss = functional.cross_entropy(head(seen, lengths).transpose(1, 2), classes, ignore_index=UNTOLD)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimizer.step()
            slope.step()
            lost += loss.item()
        took = time.monotonic() - began
        print(f"head {seed} epoch {epoch + 1}: loss {lost * epochs / steps:.3f}, {took:.0f} s", flush=True)
    return head.eval()


def _batches(rows: Sequence[Row], drawn: random.Random) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Rows of about one length together, in another order each time."""
    order = sorted(range(len(rows)), key=lambda number: len(rows[number].classes) + 4 * drawn.random())
    groups = [order[start : start + _ROWS_A_STEP] for start in range(0, len(order), _ROWS_A_STEP)]
    drawn.shuffle(groups)
    for group in groups:
        lengths = [len(rows[number].classes) for number in group]
        seen = np.zeros((len(group), max(lengths), SEEN), dtype=np.float32)
        classes = np.full((len(group), max(lengths)), UNTOLD, dtype=np.int64)
        for place, number in enumerate(group):
            seen[place, : lengths[place]] = rows[number].seen
            classes[place, : lengths[place]] = rows[number].classes
            if drawn.random() < _LOWERED:
                _lower(seen[place, : lengths[place], -SHAPES:])
        yield torch.from_numpy(seen), torch.from_numpy(classes), torch.tensor(lengths)


def _lower(shapes: np.ndarray) -> None:
    shapes[:, :2] = 0  # no capital at a word's beginning, no word of capitals
    shapes[:, -1] = 1  # a row without capitals


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Teaches the tagger.")
    parser.add_argument("--heads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--leave-out", nargs="*", default=[], help="folders that are not read, to measure on them")
    parser.add_argument("--to", type=Path, default=TAGGER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
