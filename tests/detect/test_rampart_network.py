"""Products of whole numbers in place of those with weights in four bits, on one layer of a few random weights."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from deid.detect.rampart_network import network
from deid.detect.tagger import STATES

COLUMNS, BLOCK = 6, 32
LAYER = "/bert/encoder/layer.0/"
DRAWN = np.random.default_rng(7)


def layer(rows: int, name: str = LAYER) -> tuple[onnx.ModelProto, np.ndarray]:
    """A model of one product `read` x weights = STATES[0] with weights in four bits, and these as real numbers."""
    fours = DRAWN.integers(0, 16, (COLUMNS, rows // BLOCK, BLOCK), dtype=np.uint8)
    scales = DRAWN.uniform(0.01, 0.1, (COLUMNS, rows // BLOCK)).astype(np.float32)
    packed = fours[..., 0::2] | fours[..., 1::2] << 4
    node = helper.make_node(
        "MatMulNBits", ["read", "packed", "scales"], [STATES[0]], name=f"{name}MatMul_Q4", domain="com.microsoft",
        K=rows, N=COLUMNS, bits=4, block_size=BLOCK,
    )  # fmt: skip
    states = [helper.make_node("Identity", [STATES[0]], [state]) for state in STATES[1:]]
    graph = helper.make_graph(
        [node, *states, helper.make_node("Identity", [STATES[0]], ["logits"])],
        "one layer",
        [helper.make_tensor_value_info("read", TensorProto.FLOAT, ["texts", "pieces", rows])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", "pieces", COLUMNS])],
        [numpy_helper.from_array(packed, "packed"), numpy_helper.from_array(scales.reshape(-1), "scales")],
    )
    domains = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    weights = (fours.astype(np.float32) - 8) * scales[..., np.newaxis]
    return helper.make_model(graph, opset_imports=domains, ir_version=9), weights.reshape(COLUMNS, rows).T


def multiplied(model: onnx.ModelProto, folder: Path, read: np.ndarray) -> np.ndarray:
    file = folder / "model.onnx"
    onnx.save(model, file)
    session = onnxruntime.InferenceSession(network(file), providers=["CPUExecutionProvider"])
    logits, *states = session.run(["logits", *STATES], {"read": read.astype(np.float32)})
    assert all(np.array_equal(logits, state) for state in states)
    return logits


@pytest.mark.parametrize("rows", [64, 384, 1536])
def test_products_are_those_of_the_weights_in_four_bits_within_what_eight_bits_can_say(
    rows: int, tmp_path: Path
) -> None:
    model, weights = layer(rows)
    read = DRAWN.normal(size=(2, 5, rows))
    if rows > 384:  # what leaves the middle of a layer has been bent
        read = np.maximum(read, -0.17)
    exact = read @ weights
    assert np.abs(multiplied(model, tmp_path, read) - exact).mean() < 0.02 * np.abs(exact).mean()


def test_no_product_of_four_bits_is_left_in_a_layer_and_the_rest_stays(tmp_path: Path) -> None:
    for name, kinds in ((LAYER, {"MatMulIntegerToFloat"}), ("/classifier/", {"MatMulNBits"})):
        onnx.save(layer(64, name)[0], tmp_path / "model.onnx")
        made = onnx.load_from_string(network(tmp_path / "model.onnx"))
        assert {node.op_type for node in made.graph.node if node.op_type.startswith("MatMul")} == kinds
