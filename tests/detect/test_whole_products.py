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


MOST = np.full(INPUTS, 4.0)
BIAS = DRAWN.normal(size=COLUMNS).astype(np.float32)


def multiplied(read: np.ndarray, most: np.ndarray = MOST, *, is_bent: bool = False) -> np.ndarray:
    graph = onnx.GraphProto(name="one product")
    graph.input.append(helper.make_tensor_value_info("read", TensorProto.FLOAT, ["texts", "pieces", INPUTS]))
    graph.output.append(helper.make_tensor_value_info("made", TensorProto.FLOAT, ["texts", "pieces", COLUMNS]))
    steps = Steps(graph)
    if is_bent:
        assert steps.product_of_bent("read", WEIGHTS, "made") == "made"
    else:
        assert steps.product("read", most, WEIGHTS, BIAS, "made") == "made"
    domains = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=domains, ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    made: np.ndarray = session.run(["made"], {"read": read.astype(np.float32)})[0]
    return made


def test_a_product_is_that_of_real_numbers_within_what_eight_bits_can_say() -> None:
    read = DRAWN.normal(size=(2, 5, INPUTS)).clip(-4, 4)
    exact = read @ WEIGHTS + BIAS
    assert np.abs(multiplied(read) - exact).mean() < 0.03 * np.abs(exact).mean()


def test_so_is_one_of_what_has_been_bent_however_large_a_piece_of_it_is() -> None:
    read = np.random.default_rng(7).normal(size=(200, INPUTS)) * np.array([1, 2, 5, 20, 100])[:, None, None]
    read = np.maximum(read, -0.17)
    exact = read @ WEIGHTS
    assert (
        np.abs(multiplied(read, is_bent=True) - exact).mean(axis=(1, 2)) < 0.03 * np.abs(exact).mean(axis=(1, 2))
    ).all()


def test_a_channel_that_gets_large_does_not_take_the_bits_of_the_others() -> None:
    sizes = np.where(np.arange(INPUTS) == 7, 100.0, 1.0)
    read = DRAWN.normal(size=(2, 5, INPUTS)).clip(-4, 4) * sizes
    exact = read @ WEIGHTS + BIAS
    wrong = [np.abs(multiplied(read, most) - exact).mean() for most in (4 * sizes, np.full(INPUTS, 400.0))]
    assert wrong[0] < wrong[1] / 2


def test_what_is_larger_than_was_known_is_cut_there() -> None:
    read = np.zeros((1, 2, INPUTS))
    read[0, :, 0] = [4, 4000]
    assert np.array_equal(*multiplied(read)[0])


@pytest.mark.parametrize("is_bent", [False, True])
@settings(max_examples=20, deadline=None)
@given(size=st.floats(1e-6, 1e6))
def test_what_is_read_of_a_piece_is_its_own_whatever_is_read_beside_it(is_bent: bool, size: float) -> None:
    read = np.maximum(DRAWN.normal(size=(3, 4, INPUTS)) * np.array([1, size, 1 / size])[:, None, None], -0.17)
    beside = multiplied(read, is_bent=is_bent)
    assert np.array_equal(multiplied(read[:1], is_bent=is_bent)[0], beside[0])


def test_the_largest_values_do_not_run_over() -> None:
    read = np.sign(WEIGHTS.T)[np.newaxis] * 4.0  # each row as large as it can be with one column
    assert np.allclose(np.diag(multiplied(read)[0]), np.abs(WEIGHTS).sum(axis=0) * 4 + BIAS, rtol=0.02)


def test_nothing_read_is_the_bias_alone() -> None:
    assert np.array_equal(multiplied(np.zeros((1, 1, INPUTS)))[0, 0], BIAS)
    assert not multiplied(np.zeros((1, 2, INPUTS)), is_bent=True).any()


def test_weights_have_seven_bits_and_a_scale_for_each_column() -> None:
    several = np.stack([WEIGHTS, 100 * WEIGHTS, 0 * WEIGHTS])
    whole, scales = in_seven_bits(several)
    assert whole.dtype == np.int8
    assert np.abs(whole[:2]).max(axis=1).tolist() == [[63] * COLUMNS] * 2
    assert (np.abs(whole * scales[:, None] - several) <= scales[:, None] / 2 * 1.001).all()
