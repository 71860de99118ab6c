"""Rampart's network as it is run here: its layers multiply whole numbers, and its inner states can be asked for.

The pinned file keeps the weights of the layers in four bits, of which onnxruntime makes real numbers before it
multiplies. Multiplied as whole numbers they take half of that time. A weight gets seven bits and a scale for its
column: of eight, processors that add up pairs of products in sixteen bits would run over, and read otherwise than the
rest. What is multiplied with it gets eight bits and a scale for its piece of text: with one scale for a whole batch,
what is read of a text would depend on the texts beside it.

Import this where the model is loaded: onnx takes a third of a second.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from deid.detect.tagger import STATES

_LAYERS = "/bert/encoder/"
_WIDTH = 384
_IN_FOUR_BITS, _ZERO_OF_FOUR_BITS = "MatMulNBits", 8
_MOST_OF_SEVEN_BITS, _MOST_OF_EIGHT = 63, 255
_LEAST = np.float32(1e-12)  # of a scale, where all is zero
# Where zero lies in eight bits, and the least scale. What leaves the middle of a layer, which is wider than the rest,
# has been bent (GELU): nothing lies below -0.17, so most of the bits are for what lies above zero.
_EVEN, _BENT = (128, _LEAST), (16, np.float32(0.17 / 16))


def network(file: Path) -> bytes:
    """The ONNX model in `file` with layers in whole numbers; its session gives STATES too."""
    model = onnx.load(file)
    layers = _Layers(model.graph)
    for node in [node for node in model.graph.node if node.op_type == _IN_FOUR_BITS and node.name.startswith(_LAYERS)]:
        layers.multiply_whole(node)
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in STATES)
    return bytes(model.SerializeToString())


class _Layers:
    """New nodes go behind the old ones: onnxruntime puts them into their order by itself."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self._graph = graph
        self._tensors = {tensor.name: tensor for tensor in graph.initializer}
        self._whole: dict[str, tuple[str, str, str]] = {}

    def multiply_whole(self, node: onnx.NodeProto) -> None:
        """Puts a product of whole numbers in place of `node`, a product with weights in four bits."""
        read, packed, scales = node.input
        made = node.output[0]
        weights = _real(*(numpy_helper.to_array(self._tensors[name]) for name in (packed, scales)))
        by_column = np.maximum(np.abs(weights).max(axis=0), _LEAST) / _MOST_OF_SEVEN_BITS
        if read not in self._whole:
            self._whole[read] = self._make_whole(read, *(_BENT if len(weights) > _WIDTH else _EVEN))
        values, by_piece, zero = self._whole[read]
        factors = [
            values, self._tensor(f"{packed}_whole", np.rint(weights / by_column).astype(np.int8)),
            self._tensor(f"{made}_one", np.float32(1)), self._tensor(f"{packed}_scale", by_column), zero,
        ]  # fmt: skip
        whole = self._step("MatMulIntegerToFloat", factors, f"{made}_whole", domain="com.microsoft")
        self._step("Mul", [whole, by_piece], made)
        self._graph.node.remove(node)
        for name in (packed, scales):
            self._graph.initializer.remove(self._tensors[name])

    def _make_whole(self, read: str, zero: int, least: np.float32) -> tuple[str, str, str]:
        """The names of what is read in eight bits, of each piece's scale, and of zero."""
        share = self._tensor(f"{read}_share", np.float32(1 / (_MOST_OF_EIGHT - zero)))
        last = self._tensor(f"{read}_last", np.array([-1]))
        most = self._step("ReduceMax", [self._step("Abs", [read], f"{read}_size"), last], f"{read}_most")
        wanted = self._step("Mul", [most, share], f"{read}_wanted")
        scale = self._step("Max", [wanted, self._tensor(f"{read}_least", least)], f"{read}_scale")
        scaled = self._step("Div", [read, scale], f"{read}_scaled")
        one, origin = self._tensor(f"{read}_one", np.float32(1)), self._tensor(f"{read}_zero", np.uint8(zero))
        return self._step("QuantizeLinear", [scaled, one, origin], f"{read}_whole"), scale, origin

    def _step(self, kind: str, read: list[str], made: str, domain: str = "") -> str:
        self._graph.node.append(helper.make_node(kind, read, [made], domain=domain))
        return made

    def _tensor(self, name: str, value: np.ndarray | np.generic) -> str:
        self._graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
        return name


def _real(packed: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """(inputs, outputs) of weights in four bits: (outputs, blocks, bytes of two weights each), and a scale a block."""
    pairs = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:2], -1)
    weights = (pairs.astype(np.float32) - _ZERO_OF_FOUR_BITS) * scales.reshape(*packed.shape[:2], 1)
    columns: np.ndarray = weights.reshape(len(packed), -1)
    return columns.T
