"""The tagger's network: as torch teaches it, and as the ONNX file that deid reads."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn
from torch.nn import functional

from deid.detect.tagger import CLASSES, FIGURES
from deid.detect.whole_products import Steps, in_seven_bits, sizes

WIDTH = 192
_DROPPED = 0.3
_BOTH_WAYS = ("", "_reverse")
# onnxruntime takes one scale for all that a recurrent layer reads in a step. That it is always the same one, whatever
# is read together, the written network has two units for, which are constant, one as large as any can be and one as
# small. Both come from a bias, through the GELU, and out of a cell that forgets nothing and takes nothing in. Two more
# are idle: products take four at a time.
_UNITS = WIDTH + 4
_BIASES = np.array([20, -0.7518, 0, 0], dtype=np.float32)
_BENT = functional.gelu(torch.from_numpy(_BIASES)).numpy()
# Where onnxruntime's tanh and sigmoid, which are exact to seven figures, are at their largest (all numbers were tried,
# on a processor with FMA); where a sigmoid is nothing, and where it is one.
_CELLS = np.array([8.47554, -8.47554, 0, 0], dtype=np.float32)
_WIDEST, _SHUT, _OPEN = 17.482065, -50, 50

_Weights = Mapping[str, np.ndarray]


class Head(nn.Module):
    """A narrowing layer, one recurrent layer both ways, and a class for each piece. (rows, pieces, FIGURES) in."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(FIGURES)
        self.narrow = nn.Linear(FIGURES, WIDTH)
        self.drop = nn.Dropout(_DROPPED)
        self.recur = nn.LSTM(WIDTH, WIDTH, batch_first=True, bidirectional=True)
        self.tell = nn.Linear(2 * WIDTH, len(CLASSES) + 1)

    def narrowed(self, seen: Tensor) -> Tensor:
        return functional.gelu(self.narrow(self.drop(self.norm(seen))))

    def forward(self, seen: Tensor, lengths: Tensor) -> Tensor:
        narrow = self.drop(self.narrowed(seen))
        packed = nn.utils.rnn.pack_padded_sequence(narrow, lengths, batch_first=True, enforce_sorted=False)
        told, _ = nn.utils.rnn.pad_packed_sequence(self.recur(packed)[0], batch_first=True, total_length=seen.shape[1])
        return self.tell(self.drop(told))


@torch.no_grad()
def write_onnx(heads: Sequence[Head], seen: Tensor, path: Path) -> None:
    """The heads as one model of whole numbers, whose chances are their mean. It reads several reaches of talk at once.

    `states` (pieces, FIGURES) are those of all reaches, one behind the other; `places` (longest, reaches) tells where
    each piece of a reach stands there, `lengths` (reaches,) how many there are, and `back` (pieces,) where each stands
    in `places`, read line by line. `beyond` (heads,) tells whether a unit was larger than the constant one after all:
    then what was read of a reach is not its own. `seen` (pieces, FIGURES) is of taught talk: how large states get.
    """
    graph = onnx.GraphProto(name="tagger")
    for name, kind, shape in (
        ("states", TensorProto.FLOAT, ["pieces", FIGURES]),
        ("places", TensorProto.INT64, ["longest", "reaches"]),
        ("lengths", TensorProto.INT32, ["reaches"]),
        ("back", TensorProto.INT64, ["pieces"]),
    ):
        graph.input.append(helper.make_tensor_value_info(name, kind, shape))
    graph.output.append(helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["pieces", len(CLASSES) + 1]))
    graph.output.append(helper.make_tensor_value_info("beyond", TensorProto.BOOL, [len(heads)]))
    _add(heads, seen, Steps(graph))
    domains = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=domains, ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _add(heads: Sequence[Head], seen: Tensor, to: Steps) -> None:
    """Each head's weights take over its gains and biases of the states, so that all heads read the same."""
    most = functional.layer_norm(seen, (FIGURES,)).abs().amax(dim=0).numpy()
    normed = to.step("LayerNormalization", ["states", to.tensor("states_by", 1 / sizes(most))], "normed", axis=-1)
    to.tensor("both_ways", np.array([-1, 2 * _UNITS]))
    at_first = to.tensor("cells_at_first", np.tile(_with(np.zeros(WIDTH, np.float32), _CELLS), (2, 1, 1)))
    ways, units = to.tensor("ways", np.array([2])), to.tensor("units", np.array([_UNITS]))
    of_each = to.step("Concat", [ways, to.step("Shape", ["lengths"], "reaches"), units], "of_each", axis=0)
    cells = to.step("Expand", [at_first, of_each], "cells")
    to.tensor("constant", np.array([WIDTH]))
    to.tensor("first", np.array([0]))
    chances, beyond = [], []
    for number, head in enumerate(heads):
        own, weights = f"head{number}_", {name: value.numpy() for name, value in head.state_dict().items()}
        narrow = _padded(weights["norm.weight"][:, None] * weights["narrow.weight"].T)
        bias = weights["narrow.weight"] @ weights["norm.bias"] + weights["narrow.bias"]
        narrowed = to.product_of_evened(normed, most, narrow, _with(bias, _BIASES), own + "narrowed")
        bent = to.step("Gelu", [narrowed], own + "bent")
        told = _recurred(bent, head.narrowed(seen).abs().amax(dim=0).numpy(), cells, weights, own, to)
        tell = _padded(weights["tell.weight"].reshape(-1, 2, WIDTH)).reshape(-1, 2 * _UNITS).T
        scored = to.step("MatMul", [told, to.tensor(own + "tell", tell)], own + "scored")
        biased = to.step("Add", [scored, to.tensor(own + "tell_bias", weights["tell.bias"])], own + "biased")
        chances.append(to.step("Softmax", [biased], own + "chances", axis=-1))
        most_told = to.step("ReduceMax", [to.step("Abs", [told], own + "size")], own + "most", keepdims=0)
        constant = to.step("Gather", [told, "constant"], own + "constants", axis=1)
        least = to.step("ReduceMin", [constant], own + "constant", keepdims=0)
        beyond.append(
            to.step("Unsqueeze", [to.step("Greater", [most_told, least], own + "is"), "first"], own + "beyond")
        )
    to.step("Mean", chances, "chances")
    to.step("Concat", beyond, "beyond", axis=0)


def _recurred(bent: str, most: np.ndarray, cells: str, head: _Weights, own: str, to: Steps) -> str:
    """What the recurrent layer makes of `bent` (pieces, _UNITS), whose sizes are `most`: (pieces, 2 * _UNITS)."""
    by = sizes(most)
    low, top = np.float32(_BENT[1] / by.min()), np.float32((most / by).max())
    evened_by = _with(1 / by, np.array([top / _BENT[0], low / _BENT[1], 0, 0], dtype=np.float32))
    evened = to.step("Mul", [bent, to.tensor(own + "bent_by", evened_by)], own + "evened")
    cut = to.step("Clip", [evened, to.tensor(own + "low", low), to.tensor(own + "top", top)], own + "cut")
    row = to.step("Gather", [cut, "places"], own + "laid_out", axis=0)
    weights, scales = [], []
    for of, inputs in (("weight_ih", by), ("weight_hh", np.ones(WIDTH, np.float32))):
        gates = _padded(_padded(_gates(head, of) * inputs), -2).reshape(2, -1, _UNITS)
        whole, by_column = in_seven_bits(np.swapaxes(gates, 1, 2))
        weights.append(to.tensor(own + of, whole))
        scales += [
            to.tensor(f"{own}{of}_scales", by_column),
            to.tensor(f"{own}{of}_zeros", np.zeros(by_column.shape, np.int8)),
        ]
    biases = _padded(np.stack([_gates(head, "bias_ih"), _gates(head, "bias_hh")], axis=1))
    biases[:, 0, :, WIDTH : WIDTH + 2] = np.array([_SHUT, _WIDEST, _OPEN, 0])[:, None]
    told = [row, *weights, to.tensor(own + "biases", biases.reshape(2, -1)), "lengths", "", cells, ""]
    recurred = to.step(
        "DynamicQuantizeLSTM", [*told, *scales], own + "recurred", domain="com.microsoft", hidden_size=_UNITS,
        direction="bidirectional",
    )  # fmt: skip
    beside = to.step("Transpose", [recurred], own + "beside", perm=[0, 2, 1, 3])
    return to.step("Gather", [to.step("Reshape", [beside, "both_ways"], own + "laid"), "back"], own + "told", axis=0)


def _gates(head: _Weights, of: str) -> np.ndarray:
    """Both ways (2, 4, WIDTH, ...). torch keeps a cell's gates as input, forget, cell, output; ONNX as input, output,
    forget, cell.
    """
    both = [np.split(head[f"recur.{of}_l0{way}"], 4) for way in _BOTH_WAYS]
    return np.stack([(put_in, give_out, forget, cell) for put_in, forget, cell, give_out in both])


def _with(values: np.ndarray, of_more: np.ndarray) -> np.ndarray:
    """What belongs to each unit, with that of the four further ones."""
    return np.concatenate([values, of_more])


def _padded(weights: np.ndarray, axis: int = -1) -> np.ndarray:
    """Weights that have none for the further units."""
    widths = [(0, 0)] * weights.ndim
    widths[axis] = (0, _UNITS - WIDTH)
    return np.pad(weights, widths)
