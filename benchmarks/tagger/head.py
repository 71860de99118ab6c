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
_NOT_GIVEN = [""] * 4  # lengths, what was told before, cells, peepholes

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

    def forward(self, seen: Tensor, lengths: Tensor) -> Tensor:
        narrow = self.drop(functional.gelu(self.narrow(self.drop(self.norm(seen)))))
        packed = nn.utils.rnn.pack_padded_sequence(narrow, lengths, batch_first=True, enforce_sorted=False)
        told, _ = nn.utils.rnn.pad_packed_sequence(self.recur(packed)[0], batch_first=True, total_length=seen.shape[1])
        return self.tell(self.drop(told))


@torch.no_grad()
def write_onnx(heads: Sequence[Head], seen: Tensor, path: Path) -> None:
    """The heads as one model of whole numbers, whose chances are their mean. It reads the states of one reach of talk:
    its recurrent layers take a scale for all that they are given at once.

    `seen` (pieces, FIGURES) is of taught talk: how large the states get.
    """
    graph = onnx.GraphProto(name="tagger")
    graph.input.append(helper.make_tensor_value_info("states", TensorProto.FLOAT, ["pieces", FIGURES]))
    graph.output.append(helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["pieces", len(CLASSES) + 1]))
    most = functional.layer_norm(seen, (FIGURES,)).abs().amax(dim=0).numpy()
    _add([{name: value.numpy() for name, value in head.state_dict().items()} for head in heads], most, Steps(graph))
    domains = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=domains, ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


def _add(heads: Sequence[_Weights], most: np.ndarray, to: Steps) -> None:
    """Each head's weights take over its gains and biases of the states, so that all heads read the same."""
    normed = to.step("LayerNormalization", ["states", to.tensor("states_by", 1 / sizes(most))], "normed", axis=-1)
    to.tensor("one_row", np.array([1]))
    to.tensor("both_ways", np.array([0, 2 * WIDTH]))
    chances = []
    for number, head in enumerate(heads):
        own = f"head{number}_"
        narrow = head["norm.weight"][:, None] * head["narrow.weight"].T
        bias = head["narrow.weight"] @ head["norm.bias"] + head["narrow.bias"]
        narrowed = to.product_of_evened(normed, most, narrow, bias, own + "narrowed")
        bent = to.step("Gelu", [narrowed], own + "bent")
        told = _recurred(to.step("Unsqueeze", [bent, "one_row"], own + "row"), head, own, to)
        scored = to.step("MatMul", [told, to.tensor(own + "tell", head["tell.weight"].T)], own + "scored")
        biased = to.step("Add", [scored, to.tensor(own + "tell_bias", head["tell.bias"])], own + "biased")
        chances.append(to.step("Softmax", [biased], own + "chances", axis=-1))
    to.step("Mean", chances, "chances")


def _recurred(row: str, head: _Weights, own: str, to: Steps) -> str:
    """What the recurrent layer makes of `row` (pieces, 1, WIDTH): (pieces, 2 * WIDTH)."""
    weights, scales = [], []
    for of in ("weight_ih", "weight_hh"):
        whole, by_column = in_seven_bits(np.swapaxes(_gates(head, of), 1, 2))
        weights.append(to.tensor(own + of, whole))
        scales += [
            to.tensor(f"{own}{of}_scales", by_column),
            to.tensor(f"{own}{of}_zeros", np.zeros(by_column.shape, np.int8)),
        ]
    biases = np.concatenate([_gates(head, "bias_ih"), _gates(head, "bias_hh")], axis=1)
    recurred = to.step(
        "DynamicQuantizeLSTM", [row, *weights, to.tensor(own + "biases", biases), *_NOT_GIVEN, *scales],
        own + "recurred", domain="com.microsoft", hidden_size=WIDTH, direction="bidirectional",
    )  # fmt: skip
    return to.step("Reshape", [recurred, "both_ways"], own + "told")


def _gates(head: _Weights, of: str) -> np.ndarray:
    """Both ways (2, 4 * WIDTH, ...). torch keeps a cell's gates as input, forget, cell, output; ONNX as input, output,
    forget, cell.
    """
    both = [np.split(head[f"recur.{of}_l0{way}"], 4) for way in _BOTH_WAYS]
    return np.stack([np.concatenate([put_in, give_out, forget, cell]) for put_in, forget, cell, give_out in both])
