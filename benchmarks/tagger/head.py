"""The tagger's network: as torch teaches it, and as the ONNX file that deid reads."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from deid.detect.tagger import CLASSES, SHAPES, STATES

SEEN = len(STATES) * 384 + SHAPES
WIDTH = 192
_DROPPED = 0.3


class Head(nn.Module):
    """A narrowing layer, one recurrent layer both ways, and a class for each piece. (rows, pieces, SEEN) in."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(SEEN)
        self.narrow = nn.Linear(SEEN, WIDTH)
        self.drop = nn.Dropout(_DROPPED)
        self.recur = nn.LSTM(WIDTH, WIDTH, batch_first=True, bidirectional=True)
        self.tell = nn.Linear(2 * WIDTH, len(CLASSES) + 1)

    def forward(self, seen: Tensor, lengths: Tensor) -> Tensor:
        narrow = self.drop(functional.gelu(self.narrow(self.drop(self.norm(seen)))))
        packed = nn.utils.rnn.pack_padded_sequence(narrow, lengths, batch_first=True, enforce_sorted=False)
        told, _ = nn.utils.rnn.pad_packed_sequence(self.recur(packed)[0], batch_first=True, total_length=seen.shape[1])
        return self.tell(self.drop(told))


def write_onnx(heads: Sequence[Head], path: Path) -> None:
    """The heads as one model, whose chances are their mean. Weights are kept in half precision."""
    graph = _Graph()
    for number, head in enumerate(heads):
        graph.add_head(f"head{number}_", {name: value.numpy() for name, value in head.state_dict().items()})
    graph.nodes.append(helper.make_node("Mean", [f"head{number}_chances" for number in range(len(heads))], ["chances"]))
    seen = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["rows", "pieces", SEEN])
    lengths = helper.make_tensor_value_info("lengths", TensorProto.INT32, ["rows"])
    chances = helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["rows", "pieces", len(CLASSES) + 1])
    whole = helper.make_graph(graph.nodes, "tagger", [seen, lengths], [chances], graph.weights)
    model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString(deterministic=True))


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add_head(self, own: str, weights: Mapping[str, np.ndarray]) -> None:
        both = ("", "_reverse")
        inputs = np.stack([_gates(weights[f"recur.weight_ih_l0{way}"]) for way in both])
        again = np.stack([_gates(weights[f"recur.weight_hh_l0{way}"]) for way in both])
        biases = np.stack(
            [np.concatenate([_gates(weights[f"recur.bias_{of}_l0{way}"]) for of in ("ih", "hh")]) for way in both]
        )
        self._step("LayerNormalization", own, "states", "normed", weights["norm.weight"], weights["norm.bias"], axis=-1)
        self._step("MatMul", own, own + "normed", "narrowed", weights["narrow.weight"].T)
        self._step("Add", own, own + "narrowed", "narrow", weights["narrow.bias"])
        self._step("Gelu", own, own + "narrow", "bent")
        self._step("Transpose", own, own + "bent", "by_piece", perm=[1, 0, 2])
        names = [self._weight(own, value) for value in (inputs, again, biases)]
        self.nodes.append(
            helper.make_node(
                "LSTM", [own + "by_piece", *names, "lengths"], [own + "recurred"],
                hidden_size=WIDTH, direction="bidirectional",
            )
        )  # fmt: skip
        self._step("Transpose", own, own + "recurred", "by_row", perm=[2, 0, 1, 3])
        self.weights.append(numpy_helper.from_array(np.array([0, 0, 2 * WIDTH]), own + "shape"))
        self.nodes.append(helper.make_node("Reshape", [own + "by_row", own + "shape"], [own + "told"]))
        self._step("MatMul", own, own + "told", "scored", weights["tell.weight"].T)
        self._step("Add", own, own + "scored", "scores", weights["tell.bias"])
        self._step("Softmax", own, own + "scores", "chances", axis=-1)

    def _step(self, kind: str, own: str, read: str, made: str, *values: np.ndarray, **settings: object) -> None:
        names = [self._weight(own, value) for value in values]
        self.nodes.append(helper.make_node(kind, [read, *names], [own + made], **settings))

    def _weight(self, own: str, value: np.ndarray) -> str:
        name = f"{own}weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(value.astype(np.float16), f"{name}_half"))
        self.nodes.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
        return name


def _gates(weights: np.ndarray) -> np.ndarray:
    """torch keeps a cell's gates as input, forget, cell, output; ONNX as input, output, forget, cell."""
    put_in, forget, cell, give_out = np.split(weights, 4)
    return np.concatenate([put_in, give_out, forget, cell])
