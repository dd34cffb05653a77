"""Logits are cut to the last position only where the way back to the last product is certain."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from app.graph.last_logits import keep_last_logits


def tail(*nodes: onnx.NodeProto, logits_shape: tuple[object, ...] = ("b", "s", 6)) -> onnx.ModelProto:
    """hidden [b, s, 4] → logits, with the weights table [4, 6], flipped [6, 4] and bias [6]."""
    random = np.random.default_rng(0)
    values = {"table": (4, 6), "bias": (6,), "cube": (1, 4, 6), "wide_bias": (1, 1, 6)}
    weights = [
        numpy_helper.from_array(random.standard_normal(shape).astype(np.float32), name)
        for name, shape in values.items()
    ]
    weights.append(numpy_helper.from_array(np.ascontiguousarray(_array(weights[0]).T), "flipped"))
    weights.append(numpy_helper.from_array(random.integers(0, 255, (4, 6), np.uint8), "table8"))
    weights.append(numpy_helper.from_array(np.array([-1, 4]), "flat"))
    weights.append(numpy_helper.from_array(np.array([1, -1, 6]), "unflat"))
    graph = helper.make_graph(
        nodes,
        "tail",
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["b", "s", 4])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, logits_shape)],
        weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)


def _array(tensor: onnx.TensorProto) -> np.ndarray:
    return numpy_helper.to_array(tensor)


def op(kind: str, inputs: str, outputs: str, **attributes: object) -> onnx.NodeProto:
    return helper.make_node(kind, inputs.split(), outputs.split(), **attributes)


def run(model: onnx.ModelProto, length: int = 5) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    hidden = np.random.default_rng(1).standard_normal((2, length, 4)).astype(np.float32)
    result: np.ndarray = session.run(["logits"], {"hidden": hidden})[0]
    return result


TAILS = {
    "product": [op("MatMul", "hidden table", "logits")],
    "bias and cast": [
        op("MatMul", "hidden table", "product"),
        op("Add", "product wide_bias", "sum"),
        op("Cast", "sum", "logits", to=TensorProto.FLOAT),
    ],
    "softcap": [
        op("MatMul", "hidden table", "product"),
        op("Constant", "", "cap", value_float=3.0),
        op("Div", "product cap", "small"),
        op("Tanh", "small", "bent"),
        op("Mul", "bent cap", "logits"),
    ],
    "transposed table": [
        op("Transpose", "flipped", "turned", perm=[1, 0]),
        op("MatMul", "hidden turned", "logits"),
    ],
    "a norm before": [
        op("Tanh", "hidden", "normed"),
        op("MatMul", "normed table", "logits"),
    ],
}


@pytest.mark.parametrize("name", TAILS)
def test_last_position(name: str) -> None:
    model = tail(*TAILS[name])
    expected = run(model)[:, -1:]
    assert keep_last_logits(model.graph, "logits") == ""
    np.testing.assert_allclose(run(model), expected, rtol=0, atol=1e-6)
    assert model.graph.output[0].type.tensor_type.shape.dim[1].dim_value == 1
    onnx.checker.check_model(model)


def test_dynamically_quantised_product() -> None:
    model = tail(
        op("DynamicQuantizeLinear", "hidden", "x8 x_scale x_zero"),
        op("MatMulInteger", "x8 table8 x_zero", "product"),
        op("Cast", "product", "floats", to=TensorProto.FLOAT),
        op("Mul", "floats x_scale", "logits"),
    )
    one = run(model, length=1)
    assert keep_last_logits(model.graph, "logits") == ""
    np.testing.assert_allclose(run(model, length=1), one, rtol=0, atol=1e-6)
    assert run(model).shape == (2, 1, 6)


def test_only_the_logits_lose_positions() -> None:
    model = tail(op("Tanh", "hidden", "normed"), op("MatMul", "normed table", "logits"))
    model.graph.output.append(helper.make_tensor_value_info("normed", TensorProto.FLOAT, ["b", "s", 4]))
    assert keep_last_logits(model.graph, "logits") == ""
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found = session.run(["normed"], {"hidden": np.zeros((1, 5, 4), np.float32)})[0]
    assert found.shape == (1, 5, 4)


@pytest.mark.parametrize(
    ("nodes", "shape", "reason"),
    [
        (
            [
                op("Reshape", "hidden flat", "rows"),
                op("MatMul", "rows table", "flat_logits"),
                op("Reshape", "flat_logits unflat", "logits"),
            ],
            ("b", "s", 6),
            "Reshape stands between",
        ),
        ([op("MatMul", "hidden cube", "logits")], ("b", "s", 6), "MatMul stands between"),
        ([op("MatMul", "hidden table", "logits")], ("n", 6), "no three dimensions"),
        ([op("MatMul", "hidden table", "logits")], ("b", 1, 6), "already"),
        ([op("Tanh", "hidden", "logits")], ("b", "s", 6), "no product was found"),
    ],
)
def test_uncertain_graphs_stay_as_they_are(
    nodes: list[onnx.NodeProto], shape: tuple[object, ...], reason: str
) -> None:
    model = tail(*nodes, logits_shape=shape)
    before = model.SerializeToString()
    assert reason in keep_last_logits(model.graph, "logits")
    assert model.SerializeToString() == before
