"""The layers that read give what the layers that learn gave."""

from typing import Any

import numpy
import pytest
from thinc.api import Maxout, Model, chain

from deid.detect.maxout import only_read_maxout


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_the_values_are_the_same(pieces: int) -> None:
    random = numpy.random.default_rng(pieces)
    rows = random.normal(size=(7, 5)).astype("float32")
    model: Model[Any, Any] = chain(Maxout(4, 5, nP=pieces, normalize=True), Maxout(3, 4, nP=pieces))
    model.initialize(X=rows)
    for layer in [node for node in model.walk() if node.name == "maxout"]:
        bias: Any = random.normal(size=(layer.get_dim("nO"), pieces)).astype("float32")
        layer.set_param("b", bias)
    as_it_was = model.predict(rows)
    only_read_maxout(model)
    assert numpy.allclose(model.predict(rows), as_it_was, rtol=1e-6, atol=1e-6)
    assert [node.name for node in model.walk()].count("read_maxout") == 2


def test_the_layer_does_not_learn() -> None:
    model: Model[Any, Any] = chain(Maxout(4, 5, nP=2), Maxout(3, 4, nP=2))
    rows = numpy.ones((2, 5), "float32")
    model.initialize(X=rows)
    only_read_maxout(model)
    _, learn = model(rows, True)
    with pytest.raises(NotImplementedError):
        learn(numpy.ones((2, 3), "float32"))
