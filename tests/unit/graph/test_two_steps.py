"""The last product in two steps is as good as exact, in graphs of any age and type."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from app.graph.accuracy import set_accuracy
from app.graph.quantize import dequantize_rows, quantize_rows
from app.graph.two_steps import compute_logits_in_two_steps

WIDTH, ROWS = 192, 64
RANDOM = np.random.default_rng(3)
WEIGHTS = quantize_rows(RANDOM.standard_normal((ROWS, WIDTH)).astype(np.float32), 8)


def head(dtype: Any, opset: int, block: int) -> onnx.ModelProto:
    """A graph whose logits are one product with 8-bit weights."""
    scales = np.repeat(WEIGHTS.scales, 32 // block, axis=1).astype(dtype)
    levels = WEIGHTS.packed.reshape(ROWS, -1, block)
    weights = [numpy_helper.from_array(levels, "w"), numpy_helper.from_array(scales.reshape(-1), "s")]
    kind = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    sizes = {"N": ROWS, "K": WIDTH, "bits": 8, "block_size": block}
    product = helper.make_node("MatMulNBits", ["x", "w", "s"], ["y"], "head", domain="com.microsoft", **sizes)
    after = helper.make_node("Identity", ["y"], ["logits"], "after")
    given = helper.make_tensor_value_info("x", kind, [1, "tokens", WIDTH])
    result = helper.make_tensor_value_info("logits", kind, [1, "tokens", ROWS])
    graph = helper.make_graph([product, after], "head", [given], [result], weights)
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def compute(model: onnx.ModelProto, x: NDArray[Any]) -> NDArray[np.float64]:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    result: NDArray[np.float64] = session.run(None, {"x": x})[0].astype(np.float64)
    return result


def states(dtype: Any) -> NDArray[Any]:
    """Rows whose blocks have one large value each, which rounding suits least; one is all zeros."""
    x = RANDOM.standard_normal((1, 3, WIDTH)).astype(dtype)
    x[..., ::32] *= 20
    x[:, 1] = 0
    return x


@pytest.mark.parametrize("block", [16, 32])
@pytest.mark.parametrize(("dtype", "opset", "share"), [("f4", 17, 50), ("f4", 21, 50), ("f2", 21, 4)])
def test_next_to_nothing_is_lost(dtype: str, opset: int, share: float, block: int) -> None:
    x = states(dtype)
    expected = x.astype(np.float64) @ dequantize_rows(WEIGHTS, WIDTH, 8).astype(np.float64).T
    model = head(dtype, opset, block)
    set_accuracy(model.graph, exact=False)
    once = compute(model, x)
    compute_logits_in_two_steps(model, "logits")
    twice = compute(model, x)
    assert np.isfinite(twice).all()
    assert np.abs(twice - expected).max() < np.abs(once - expected).max() / share
