"""Rampart's network as it is run here: its layers multiply whole numbers, and its inner states can be asked for.

The pinned file keeps the weights of the layers in four bits, of which onnxruntime makes real numbers before it
multiplies. Multiplied as whole numbers they take half of that time.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from deid.detect.models import RANGES
from deid.detect.tagger import STATES
from deid.detect.whole_products import Steps

_LAYERS = "/bert/encoder/"
_WIDTH = 384  # only the middle of a layer, whose values have been bent, is wider
_IN_FOUR_BITS, _ZERO_OF_FOUR_BITS = "MatMulNBits", 8


def network(file: Path, ranges: Path = RANGES) -> bytes:
    """The ONNX model in `file` with layers in whole numbers; its session gives STATES too.

    `ranges`: how large each channel gets of what the layers multiply (reads, _WIDTH), in the order of `reads`.
    """
    model = onnx.load(file)
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    added = {name: node for node in model.graph.node if node.op_type == "Add" for name in node.input}
    most = dict(zip(reads(model), np.load(ranges), strict=True))
    steps = Steps(model.graph)  # onnxruntime puts them into their order by itself
    for node in list(_products(model)):
        read, *unneeded = node.input
        weights = _real(*(numpy_helper.to_array(tensors[name]) for name in unneeded))
        if read in most:
            add = added[node.output[0]]
            bias = next(name for name in add.input if name in tensors)
            steps.product(read, most[read], weights, numpy_helper.to_array(tensors[bias]), add.output[0])
            model.graph.node.remove(add)
            unneeded.append(bias)
        else:
            steps.product_of_bent(read, weights, node.output[0])
        model.graph.node.remove(node)
        for name in unneeded:
            model.graph.initializer.remove(tensors[name])
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in STATES)
    return bytes(model.SerializeToString())


def reads(model: onnx.ModelProto) -> list[str]:
    """What the products of the layers read, without what has been bent."""
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    inputs = {node.input[0]: tensors[node.input[1]].dims[1:] for node in _products(model)}
    return [name for name, (blocks, half) in inputs.items() if blocks * half * 2 == _WIDTH]


def _products(model: onnx.ModelProto) -> Iterator[onnx.NodeProto]:
    return (node for node in model.graph.node if node.op_type == _IN_FOUR_BITS and node.name.startswith(_LAYERS))


def _real(packed: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """(inputs, outputs) of weights in four bits: (outputs, blocks, bytes of two weights each), and a scale a block."""
    pairs = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:2], -1)
    weights = (pairs.astype(np.float32) - _ZERO_OF_FOUR_BITS) * scales.reshape(*packed.shape[:2], 1)
    columns: np.ndarray = weights.reshape(len(packed), -1)
    return columns.T
