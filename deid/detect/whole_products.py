"""Products of whole numbers in an ONNX graph: two to four times as fast as those of real ones, and nearly as exact.

A weight gets seven bits and a scale for its column: of eight, processors that add up pairs of products in sixteen bits
would run over, and read otherwise than the rest. What is multiplied with it gets eight bits and a scale for its piece
of text: with one scale for a whole batch, what is read of a text would depend on the texts beside it.

Import this where a model is loaded or made: onnx takes a third of a second.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

_MOST_OF_SEVEN_BITS, _MOST_OF_EIGHT = 63, 255
_LEAST = np.float32(1e-12)  # of a scale, where all is zero
# Where zero lies in eight bits, and the least scale. What has been bent (GELU) never lies below -0.17, so most of the
# bits are for what lies above zero.
_EVEN, _BENT = (128, _LEAST), (16, np.float32(0.17 / 16))


def in_seven_bits(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (..., inputs, columns) as whole numbers, and a scale (..., columns) for each column."""
    scales = np.maximum(np.abs(weights).max(axis=-2), _LEAST) / _MOST_OF_SEVEN_BITS
    return np.rint(weights / scales[..., None, :]).astype(np.int8), scales


class Steps:
    """Adds steps and tensors to `graph`, behind those that it has. Methods return the names of what is made."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self._graph = graph
        self._whole: dict[str, tuple[str, str, str]] = {}

    def product(self, read: str, weights: np.ndarray, made: str, *, is_bent: bool = False) -> str:
        """`read` (..., inputs) x `weights` (inputs, columns). `is_bent`: what is read comes from a GELU."""
        if read not in self._whole:
            self._whole[read] = self._make_whole(read, *(_BENT if is_bent else _EVEN))
        values, by_piece, zero = self._whole[read]
        in_bits, by_column = in_seven_bits(weights)
        factors = [
            values, self.tensor(f"{made}_weights", in_bits),
            self.tensor(f"{made}_one", np.float32(1)), self.tensor(f"{made}_columns", by_column), zero,
        ]  # fmt: skip
        whole = self.step("MatMulIntegerToFloat", factors, f"{made}_whole", domain="com.microsoft")
        return self.step("Mul", [whole, by_piece], made)

    def _make_whole(self, read: str, zero: int, least: np.float32) -> tuple[str, str, str]:
        """The names of what is read in eight bits, of each piece's scale, and of zero."""
        share = self.tensor(f"{read}_share", np.float32(1 / (_MOST_OF_EIGHT - zero)))
        last = self.tensor(f"{read}_last", np.array([-1]))
        most = self.step("ReduceMax", [self.step("Abs", [read], f"{read}_size"), last], f"{read}_most")
        wanted = self.step("Mul", [most, share], f"{read}_wanted")
        scale = self.step("Max", [wanted, self.tensor(f"{read}_least", least)], f"{read}_scale")
        # Each piece can have a scale of its own where the pieces are the first of two dimensions.
        pieces = self.step("Flatten", [read], f"{read}_pieces", axis=-1)
        scales = self.step("Reshape", [scale, last], f"{read}_scales")
        origin = self.tensor(f"{read}_zero", np.uint8(zero))
        zeros = self.step("Expand", [origin, self.step("Shape", [scales], f"{read}_many")], f"{read}_zeros")
        whole = self.step("QuantizeLinear", [pieces, scales, zeros], f"{read}_whole_pieces", axis=0)
        return (
            self.step("Reshape", [whole, self.step("Shape", [read], f"{read}_shape")], f"{read}_whole"),
            scale,
            origin,
        )

    def step(self, kind: str, read: Sequence[str], *made: str, **settings: Any) -> str:
        """Of several that are made the first."""
        self._graph.node.append(helper.make_node(kind, read, made, **settings))
        return made[0]

    def tensor(self, name: str, value: np.ndarray | np.generic) -> str:
        self._graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
        return name
