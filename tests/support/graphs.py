"""Tiny decoder graphs as optimum exports them: plain ONNX operators, caches that concatenate.

gpt-oss graphs come from the exporter instead (`tests.support.checkpoints`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper


@dataclass(frozen=True)
class TinyDecoder:
    """Sizes and forms of a decoder.

    Attributes:
        ids: type of input_ids, attention_mask and position_ids.
        floats: type of weights, caches and logits.
        learned_positions: adds an embedding of position_ids, which the graph then takes as an input.
        tied: logits come from the transposed embedding.
        softcap: logits go through c · tanh(x / c).
    """

    layers: int = 3
    hidden: int = 32
    heads: int = 2
    vocabulary: int = 50
    positions: int = 64
    ids: type = np.int64
    floats: type = np.float32
    learned_positions: bool = True
    tied: bool = False
    softcap: float = 0.0
    seed: int = 0

    @property
    def head_dim(self) -> int:
        """Width of a head."""
        return self.hidden // self.heads


@dataclass
class _Graph:
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def op(self, kind: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        output = name or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(self, value: Any, dtype: Any = np.int64) -> str:
        return self.weight(f"constant_{len(self.weights)}", np.array(value, dtype))

    def weight(self, name: str, value: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def make_decoder(model: TinyDecoder) -> onnx.ModelProto:
    """The graph with its weights inside."""
    graph, random = _Graph(), np.random.default_rng(model.seed)

    def normal(name: str, *shape: int) -> str:
        values = random.standard_normal(shape) * shape[0] ** -0.5
        return graph.weight(name, values.astype(model.floats))

    embedding = normal("embedding", model.vocabulary, model.hidden)
    x = graph.op("Gather", embedding, "input_ids")
    if model.learned_positions:
        x = graph.op(
            "Add", x, graph.op("Gather", normal("places", model.positions, model.hidden), "position_ids")
        )
    bias = _attention_bias(graph, model)
    for layer in range(model.layers):
        x = graph.op("Add", x, _attention(graph, model, layer, x, bias, normal))
        inner = graph.op("Tanh", graph.op("MatMul", x, normal(f"up.{layer}", model.hidden, 64)))
        x = graph.op("Add", x, graph.op("MatMul", inner, normal(f"down.{layer}", 64, model.hidden)))
    _logits(graph, model, x, embedding, normal)
    return helper.make_model(
        helper.make_graph(graph.nodes, "decoder", *_borders(model), graph.weights),
        opset_imports=[helper.make_opsetid("", 21)],
        ir_version=10,
    )


def _logits(graph: _Graph, model: TinyDecoder, x: str, embedding: str, normal: Any) -> None:
    table = (
        graph.op("Transpose", embedding, perm=[1, 0])
        if model.tied
        else normal("head", model.hidden, model.vocabulary)
    )
    if not model.softcap:
        graph.op("MatMul", x, table, name="logits")
        return
    cap = graph.constant(model.softcap, model.floats)
    capped = graph.op("Tanh", graph.op("Div", graph.op("MatMul", x, table), cap))
    graph.op("Mul", capped, cap, name="logits")


def _attention_bias(graph: _Graph, model: TinyDecoder) -> str:
    """[batch, 1, sequence, total]: 0 where a key is visible, -1e4 where it is not."""
    past = graph.op("Gather", graph.op("Shape", "past_key_values.0.key"), graph.constant(2))
    new = graph.op("Gather", graph.op("Shape", "input_ids"), graph.constant(1))
    total, zero, one = graph.op("Add", past, new), graph.constant(0), graph.constant(1)
    rows = graph.op("Unsqueeze", graph.op("Range", past, total, one), graph.constant([1]))
    visible = graph.op("LessOrEqual", graph.op("Range", zero, total, one), rows)
    hidden, shown = graph.constant(-1e4, model.floats), graph.constant(0, model.floats)
    causal = graph.op("Where", visible, shown, hidden)
    mask = graph.op(
        "Unsqueeze", graph.op("Cast", "attention_mask", to=TensorProto.BOOL), graph.constant([1, 2])
    )
    return graph.op("Add", causal, graph.op("Where", mask, shown, hidden))


def _attention(graph: _Graph, model: TinyDecoder, layer: int, x: str, bias: str, normal: Any) -> str:
    split = graph.constant([0, 0, model.heads, model.head_dim])

    def heads(kind: str) -> str:
        product = graph.op("MatMul", x, normal(f"{kind}.{layer}", model.hidden, model.hidden))
        return graph.op("Transpose", graph.op("Reshape", product, split), perm=[0, 2, 1, 3])

    def cached(kind: str) -> str:
        past = f"past_key_values.{layer}.{kind}"
        return graph.op("Concat", past, heads(kind), name=f"present.{layer}.{kind}", axis=2)

    keys = graph.op("Transpose", cached("key"), perm=[0, 1, 3, 2])
    scores = graph.op("Add", graph.op("MatMul", heads("query"), keys), bias)
    mixed = graph.op("MatMul", graph.op("Softmax", scores, axis=-1), cached("value"))
    joined = graph.op(
        "Reshape", graph.op("Transpose", mixed, perm=[0, 2, 1, 3]), graph.constant([0, 0, model.hidden])
    )
    return graph.op("MatMul", joined, normal(f"out.{layer}", model.hidden, model.hidden))


def _borders(model: TinyDecoder) -> tuple[list[onnx.ValueInfoProto], list[onnx.ValueInfoProto]]:
    def value(name: str, dtype: type, *shape: int | str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(np.dtype(dtype)), shape)

    inputs = [
        value("input_ids", model.ids, "batch", "sequence"),
        value("attention_mask", model.ids, "batch", "total"),
    ]
    if model.learned_positions:
        inputs.append(value("position_ids", model.ids, "batch", "sequence"))
    outputs = [value("logits", model.floats, "batch", "sequence", model.vocabulary)]
    for layer in range(model.layers):
        for kind in ("key", "value"):
            shape = ("batch", model.heads, "past", model.head_dim)
            inputs.append(value(f"past_key_values.{layer}.{kind}", model.floats, *shape))
            shape = ("batch", model.heads, "total", model.head_dim)
            outputs.append(value(f"present.{layer}.{kind}", model.floats, *shape))
    return inputs, outputs


def save_external(model: onnx.ModelProto, path: Path, files: int = 1) -> Path:
    """Write a graph with every weight of 64 bytes and more in numbered data files beside it, in turn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = [bytearray() for _ in range(files)]
    large = [tensor for tensor in model.graph.initializer if len(tensor.raw_data) >= 64]
    for number, tensor in enumerate(large):
        file = number % files
        content = contents[file]
        content.extend(b"\0" * (-len(content) % 64))
        point_outside(tensor, data_name(path, file), len(content))
        content.extend(tensor.raw_data)
        tensor.ClearField("raw_data")
    for file, content in enumerate(contents):
        (path.parent / data_name(path, file)).write_bytes(content)
    path.write_bytes(model.SerializeToString())
    return path


def data_name(path: Path, file: int) -> str:
    """What transformers.js calls the data files of a graph."""
    return f"{path.name}_data" + (f"_{file}" if file else "")


def point_outside(tensor: onnx.TensorProto, location: str, offset: int = 0) -> None:
    """Declare a tensor's bytes to lie in another file."""
    entries: Mapping[str, object] = {"location": location, "offset": offset, "length": len(tensor.raw_data)}
    del tensor.external_data[:]
    for key, value in entries.items():
        tensor.external_data.add(key=key, value=str(value))
    tensor.data_location = TensorProto.EXTERNAL


def op_types(model: onnx.ModelProto) -> Sequence[str]:
    """The operators of a graph, in order."""
    return [node.op_type for node in model.graph.node]
