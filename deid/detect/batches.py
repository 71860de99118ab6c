"""What the models read in one batch: things of similar length, so that little is wasted on padding."""

from collections.abc import Iterator, Sequence, Sized
from math import inf


def of_similar_length(several: Sequence[Sized], most: int, *, in_all: float = inf) -> Iterator[list[int]]:
    """Their numbers, at most so many together, and no longer than so much in all where more than one fits."""
    batch: list[int] = []
    size = 0
    for number in sorted(range(len(several)), key=lambda number: len(several[number])):
        if batch and (len(batch) == most or size + len(several[number]) > in_all):
            yield batch
            batch, size = [], 0
        batch.append(number)
        size += len(several[number])
    if batch:
        yield batch
