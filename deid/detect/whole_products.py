"""Products of whole numbers in an ONNX graph: two to four times as fast as those of real ones, and nearly as exact.

A weight gets seven bits and a scale for its column: of eight, processors that add up pairs of products in sixteen bits
would run over, and read otherwise than the rest. What is multiplied with it gets eight bits: either by how large each
channel is known to get, or with a scale for its piece of text. With one scale for whatever a batch holds, what is read
of a text would depend on the texts beside it.

Import this where a model is loaded or made: onnx takes a third of a second.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

_MOST_OF_SEVEN_BITS, _MOST_OF_EIGHT = 63, 255
_LEAST = np.float32(1e-12)  # of a scale, where all is zero
_EVEN = 128  # where zero lies in eight bits
_EVENED = 0.7  # of the powers from 0.3 to 1 the one that kept most of channels and weights, on marked texts
# What has been bent (GELU) never lies below -0.17, so most of the bits are for what lies above zero.
_ZERO_OF_BENT, _LEAST_OF_BENT = 16, np.float32(0.17 / 16)


def in_seven_bits(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (..., inputs, columns) as whole numbers, and a scale (..., columns) for each column."""
    scales = np.maximum(np.abs(weights).max(axis=-2), _LEAST) / _MOST_OF_SEVEN_BITS
    return np.rint(weights / scales[..., None, :]).astype(np.int8), scales


def sizes(most: np.ndarray) -> np.ndarray:
    """By what channels are divided that get so large, so that few do not take the bits of all."""
    evened: np.ndarray = (np.maximum(most, _LEAST) ** _EVENED).astype(np.float32)
    return evened


class Steps:
    """Adds steps and tensors to `graph`, behind those that it has. Methods return the names of what is made."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self._graph = graph
        self._evened: dict[str, str] = {}
        self._whole: dict[str, str] = {}

    def product(self, read: str, most: np.ndarray, weights: np.ndarray, bias: np.ndarray, made: str) -> str:
        """`read` (..., inputs) x `weights` (inputs, columns) + `bias`. Beyond `most` (inputs,) what is read is cut."""
        if read not in self._evened:
            self._evened[read] = self.step("Mul", [read, self.tensor(f"{read}_by", 1 / sizes(most))], f"{read}_evened")
        return self.product_of_evened(self._evened[read], most, weights, bias, made)

    def product_of_evened(self, read: str, most: np.ndarray, weights: np.ndarray, bias: np.ndarray, made: str) -> str:
        """The same where `read` has been divided by `sizes(most)`."""
        share, zero = f"{read}_share", f"{read}_zero"
        if read not in self._whole:
            scale = np.float32((most / sizes(most)).max() / (_EVEN - 1))
            factors = [read, self.tensor(share, scale), self.tensor(zero, np.uint8(_EVEN))]
            self._whole[read] = self.step("QuantizeLinear", factors, f"{read}_whole")
        in_bits, by_column = in_seven_bits(weights * sizes(most)[:, None])
        factors = [
            self._whole[read], self.tensor(f"{made}_weights", in_bits), share,
            self.tensor(f"{made}_columns", by_column), zero, "", self.tensor(f"{made}_bias", bias),
        ]  # fmt: skip
        return self.step("MatMulIntegerToFloat", factors, made, domain="com.microsoft")

    def product_of_bent(self, read: str, weights: np.ndarray, made: str) -> str:
        """The same of what comes from a GELU, without a bias: with a scale for each piece, for a few are far larger
        than all others."""
        last = self.tensor(f"{read}_last", np.array([-1]))
        share = self.tensor(f"{read}_share", np.float32(1 / (_MOST_OF_EIGHT - _ZERO_OF_BENT)))
        wanted = self.step("Mul", [self.step("ReduceMax", [read, last], f"{read}_most"), share], f"{read}_wanted")
        by_piece = self.step("Max", [wanted, self.tensor(f"{read}_least", _LEAST_OF_BENT)], f"{read}_scale")
        # Each piece can have a scale of its own where the pieces are the first of two dimensions.
        pieces = self.step("Flatten", [read], f"{read}_pieces", axis=-1)
        scales = self.step("Reshape", [by_piece, last], f"{read}_scales")
        zero = self.tensor(f"{read}_zero", np.uint8(_ZERO_OF_BENT))
        zeros = self.step("Expand", [zero, self.step("Shape", [scales], f"{read}_many")], f"{read}_zeros")
        whole = self.step("QuantizeLinear", [pieces, scales, zeros], f"{read}_whole_pieces", axis=0)
        values = self.step("Reshape", [whole, self.step("Shape", [read], f"{read}_shape")], f"{read}_whole")
        in_bits, by_column = in_seven_bits(weights)
        factors = [
            values, self.tensor(f"{made}_weights", in_bits),
            self.tensor(f"{made}_one", np.float32(1)), self.tensor(f"{made}_columns", by_column), zero,
        ]  # fmt: skip
        multiplied = self.step("MatMulIntegerToFloat", factors, f"{made}_whole", domain="com.microsoft")
        return self.step("Mul", [multiplied, by_piece], made)

    def step(self, kind: str, read: Sequence[str], *made: str, **settings: Any) -> str:
        """Of several that are made the first."""
        self._graph.node.append(helper.make_node(kind, read, made, **settings))
        return made[0]

    def tensor(self, name: str, value: np.ndarray | np.generic) -> str:
        self._graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
        return name
