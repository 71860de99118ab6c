"""A model's maxout layers without what only learning needs.

The layers note which of their pieces was the largest, and look at each number by itself to do so; the largest alone is
told for all numbers at once. The values are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy
from numpy.typing import NDArray
from thinc.api import Model

Rows = NDArray[numpy.float32]


def only_read_maxout(model: Model[Any, Any]) -> None:
    """Puts layers that read in the place of a model's maxout layers; for reading, not for training."""
    for layer in [node for node in model.walk() if node.name == "maxout"]:
        model.replace_node(layer, Model("read_maxout", _forward, layers=[layer]))


def _forward(model: Model[Any, Any], rows: Rows, is_train: bool) -> tuple[Rows, Callable[[object], object]]:
    layer: Any = model.layers[0]
    weights, bias = layer.get_param("W"), layer.get_param("b")
    found = rows @ weights.reshape(-1, weights.shape[-1]).T
    found += bias.ravel()
    pieces = weights.shape[1]
    return largest_pieces(found, pieces), _untrained


def largest_pieces(rows: Rows, pieces: int) -> Rows:
    """Of each row's numbers, which lie piece beside piece, the largest piece of each."""
    return reduce(numpy.maximum, (rows[:, piece::pieces] for piece in range(pieces)))


def _untrained(gradient: object) -> object:
    raise NotImplementedError("this layer reads and does not learn")
