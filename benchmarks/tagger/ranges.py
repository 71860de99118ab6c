"""Measures how large each channel gets of what the layers of Rampart multiply, over the marked texts.

    python -m benchmarks.tagger.ranges [--to FILE]

Reads what the tagger is taught on, in real numbers, and writes `deid/detect/rampart_ranges.npy`. What the tagger reads
are Rampart's states, so it is taught after this. About five minutes on two cores.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from benchmarks.tagger.rows import rows_of, sources
from deid.detect.batches import of_similar_length
from deid.detect.models import RAMPART, RANGES, model_folder
from deid.detect.rampart import Rampart
from deid.detect.rampart_network import reads

_ROWS_A_BATCH = 16


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures what Rampart's layers multiply.")
    parser.add_argument("--to", type=Path, default=RANGES)
    np.save(parser.parse_args().to, largest(Rampart(0.2)))


def largest(reader: Rampart) -> np.ndarray:
    """(reads, channels): the largest size of each channel over all pieces, those at a row's ends among them."""
    model = onnx.load(model_folder(RAMPART) / "onnx" / "model_q4.onnx")
    names = reads(model)
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    rows = [row for path in sources() for row in rows_of(path, reader)]
    most = np.zeros((len(names), 1), dtype=np.float32)
    for batch in of_similar_length(rows, _ROWS_A_BATCH):
        inputs = reader.inputs([rows[number] for number in batch])
        is_piece = inputs["attention_mask"].astype(bool)
        most = np.maximum(most, [np.abs(values[is_piece]).max(axis=0) for values in session.run(names, inputs)])
    return most


if __name__ == "__main__":
    main()
