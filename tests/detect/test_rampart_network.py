"""Products of whole numbers in place of those with weights in four bits, on one layer of a few random weights."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from deid.detect.models import RAMPART, model_folder
from deid.detect.rampart import Rampart
from deid.detect.rampart_network import network, reads
from deid.detect.tagger import STATES

COLUMNS, BLOCK = 6, 32
LAYER = "/bert/encoder/layer.0/"
DRAWN = np.random.default_rng(7)


def layer(rows: int, name: str = LAYER) -> tuple[onnx.ModelProto, np.ndarray, np.ndarray]:
    """A model of one product `read` x weights + bias = STATES[0] with weights in four bits; both as real numbers."""
    fours = DRAWN.integers(0, 16, (COLUMNS, rows // BLOCK, BLOCK), dtype=np.uint8)
    scales = DRAWN.uniform(0.01, 0.1, (COLUMNS, rows // BLOCK)).astype(np.float32)
    packed = fours[..., 0::2] | fours[..., 1::2] << 4
    bias = DRAWN.normal(size=COLUMNS).astype(np.float32)
    node = helper.make_node(
        "MatMulNBits", ["read", "packed", "scales"], ["product"], name=f"{name}MatMul_Q4", domain="com.microsoft",
        K=rows, N=COLUMNS, bits=4, block_size=BLOCK,
    )  # fmt: skip
    add = helper.make_node("Add", ["bias", "product"], [STATES[0]])
    states = [helper.make_node("Identity", [STATES[0]], [state]) for state in STATES[1:]]
    tensors = {"packed": packed, "scales": scales.reshape(-1), "bias": bias}
    graph = helper.make_graph(
        [node, add, *states, helper.make_node("Identity", [STATES[0]], ["logits"])],
        "one layer",
        [helper.make_tensor_value_info("read", TensorProto.FLOAT, ["texts", "pieces", rows])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", "pieces", COLUMNS])],
        [numpy_helper.from_array(tensor, name) for name, tensor in tensors.items()],
    )
    domains = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    weights = (fours.astype(np.float32) - 8) * scales[..., np.newaxis]
    return helper.make_model(graph, opset_imports=domains, ir_version=9), weights.reshape(COLUMNS, rows).T, bias


def in_whole_numbers(model: onnx.ModelProto, folder: Path) -> bytes:
    onnx.save(model, folder / "model.onnx")
    np.save(folder / "ranges.npy", np.full((len(reads(model)), 384), 4, dtype=np.float32))
    return network(folder / "model.onnx", folder / "ranges.npy")


@pytest.mark.parametrize("rows", [384, 1536])
def test_products_are_those_of_the_weights_in_four_bits_within_what_eight_bits_can_say(
    rows: int, tmp_path: Path
) -> None:
    model, weights, bias = layer(rows)
    read = DRAWN.normal(size=(2, 5, rows)).clip(-4, 4).astype(np.float32)
    if rows > 384:  # what leaves the middle of a layer has been bent
        read = np.maximum(read, -0.17)
    session = onnxruntime.InferenceSession(in_whole_numbers(model, tmp_path), providers=["CPUExecutionProvider"])
    logits, *states = session.run(["logits", *STATES], {"read": read})
    assert all(np.array_equal(logits, state) for state in states)
    exact = read @ weights + bias
    assert np.abs(logits - exact).mean() < 0.02 * np.abs(exact).mean()


def test_no_product_of_four_bits_is_left_in_a_layer_and_the_rest_stays(tmp_path: Path) -> None:
    for name, kinds in ((LAYER, {"MatMulIntegerToFloat"}), ("/classifier/", {"MatMulNBits"})):
        made = onnx.load_from_string(in_whole_numbers(layer(384, name)[0], tmp_path))
        assert {node.op_type for node in made.graph.node if node.op_type.startswith("MatMul")} == kinds


def test_ranges_of_another_network_are_no_ranges(tmp_path: Path) -> None:
    onnx.save(layer(384)[0], tmp_path / "model.onnx")
    np.save(tmp_path / "ranges.npy", np.ones((2, 384), dtype=np.float32))
    with pytest.raises(ValueError, match="zip"):
        network(tmp_path / "model.onnx", tmp_path / "ranges.npy")


@pytest.mark.model
def test_the_states_of_a_text_are_those_of_real_numbers_within_a_tenth() -> None:
    reader = Rampart(0.2)
    text = "So I rang Tess Quillfeather at the Orchard in Chatham. She was fourteen, and her dad drove a minicab."
    rows = list(reader.rows(text))
    whole = reader.states(rows)[1]
    model = onnx.load(model_folder(RAMPART) / "onnx" / "model_q4.onnx")
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in STATES)
    reader.__dict__["_session"] = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    for states, real in zip(whole, reader.states(rows)[1], strict=True):
        for state, exact in zip(states, real, strict=True):
            assert np.linalg.norm(state - exact) < 0.1 * np.linalg.norm(exact)
