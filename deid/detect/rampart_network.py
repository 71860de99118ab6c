"""Rampart's network as it is run here: its layers multiply whole numbers, and its inner states can be asked for.

The pinned file keeps the weights of the layers in four bits, of which onnxruntime makes real numbers before it
multiplies. Multiplied as whole numbers they take half of that time.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from deid.detect.tagger import STATES
from deid.detect.whole_products import Steps

_LAYERS = "/bert/encoder/"
_WIDTH = 384  # only the middle of a layer, whose values have been bent, is wider
_IN_FOUR_BITS, _ZERO_OF_FOUR_BITS = "MatMulNBits", 8


def network(file: Path) -> bytes:
    """The ONNX model in `file` with layers in whole numbers; its session gives STATES too."""
    model = onnx.load(file)
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    steps = Steps(model.graph)  # onnxruntime puts them into their order by itself
    for node in [node for node in model.graph.node if node.op_type == _IN_FOUR_BITS and node.name.startswith(_LAYERS)]:
        read, *in_four_bits = node.input
        weights = _real(*(numpy_helper.to_array(tensors[name]) for name in in_four_bits))
        steps.product(read, weights, node.output[0], is_bent=len(weights) > _WIDTH)
        model.graph.node.remove(node)
        for name in in_four_bits:
            model.graph.initializer.remove(tensors[name])
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in STATES)
    return bytes(model.SerializeToString())


def _real(packed: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """(inputs, outputs) of weights in four bits: (outputs, blocks, bytes of two weights each), and a scale a block."""
    pairs = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:2], -1)
    weights = (pairs.astype(np.float32) - _ZERO_OF_FOUR_BITS) * scales.reshape(*packed.shape[:2], 1)
    columns: np.ndarray = weights.reshape(len(packed), -1)
    return columns.T
