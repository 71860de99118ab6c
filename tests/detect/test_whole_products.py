"""Products of whole numbers beside those of the real ones that they stand for."""

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from deid.detect.whole_products import Steps, in_seven_bits

DRAWN = np.random.default_rng(7)
INPUTS, COLUMNS = 384, 6
WEIGHTS = DRAWN.normal(size=(INPUTS, COLUMNS)).astype(np.float32)


def multiplied(read: np.ndarray, *, is_bent: bool = False) -> np.ndarray:
    graph = onnx.GraphProto(name="one product")
    graph.input.append(helper.make_tensor_value_info("read", TensorProto.FLOAT, ["texts", "pieces", INPUTS]))
    graph.output.append(helper.make_tensor_value_info("made", TensorProto.FLOAT, ["texts", "pieces", COLUMNS]))
    assert Steps(graph).product("read", WEIGHTS, "made", is_bent=is_bent) == "made"
    domains = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=domains, ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    made: np.ndarray = session.run(["made"], {"read": read.astype(np.float32)})[0]
    return made


@pytest.mark.parametrize("is_bent", [False, True])
def test_a_product_is_that_of_real_numbers_within_what_eight_bits_can_say(is_bent: bool) -> None:
    read = DRAWN.normal(size=(2, 5, INPUTS))
    if is_bent:
        read = np.maximum(read, -0.17)
    exact = read @ WEIGHTS
    assert np.abs(multiplied(read, is_bent=is_bent) - exact).mean() < 0.03 * np.abs(exact).mean()


@settings(max_examples=20, deadline=None)
@given(st.floats(1e-6, 1e6))
def test_what_is_read_of_a_piece_is_its_own_whatever_is_read_beside_it(size: float) -> None:
    read = DRAWN.normal(size=(3, 4, INPUTS))
    beside = multiplied(read * np.array([1, size, -size])[:, None, None])
    assert np.array_equal(multiplied(read[:1])[0], beside[0])


def test_the_largest_values_do_not_run_over() -> None:
    read = np.sign(WEIGHTS.T)[np.newaxis] * 1000.0  # each row as large as it can be with one column
    assert np.allclose(np.diag(multiplied(read)[0]), np.abs(WEIGHTS).sum(axis=0) * 1000, rtol=0.02)


def test_nothing_read_is_nothing() -> None:
    assert not multiplied(np.zeros((1, 2, INPUTS))).any()


def test_weights_have_seven_bits_and_a_scale_for_each_column() -> None:
    several = np.stack([WEIGHTS, 100 * WEIGHTS, 0 * WEIGHTS])
    whole, scales = in_seven_bits(several)
    assert whole.dtype == np.int8
    assert np.abs(whole[:2]).max(axis=1).tolist() == [[63] * COLUMNS] * 2
    assert (np.abs(whole * scales[:, None] - several) <= scales[:, None] / 2 * 1.001).all()
