"""Multiply with 8-bit weights by int8 activations, and lose next to nothing.

The processor's fast kernel for 8-bit weights rounds each block of its input to 255 steps of the block's
largest value (onnxruntime, contrib_ops/cpu/quantization/matmul_nbits.cc). Here the graph itself rounds a row
x to such steps, h, and the product computes h and the rest x − h side by side, as two rows: W·h + W·(x − h).
The rest is at most half a step, and of that the kernel keeps 255 steps again, so what is
lost is 1/254 of what was. The weights are read from memory once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from app.graph.index import GraphIndex, number
from app.graph.last_logits import product_input

_STEPS = 127.0
_AXES_ARE_INPUTS = 18


def compute_logits_in_two_steps(model: onnx.ModelProto, logits: str) -> None:
    """Let the last product of a decoder compute in two steps, if its weights have 8 bits.

    No later layer evens its rounding out: it falls on the logits themselves.

    Args:
        model: changed in place; the last product computes few rows, as the work doubles.
        logits: name of the output.
    """
    graph = model.graph
    opset = next((each.version for each in model.opset_import if each.domain == ""), 1)
    index = GraphIndex(graph)
    _, cone, _ = product_input(index, logits)
    for node in cone:
        if node.op_type == "MatMulNBits" and number(node, "bits", 4) == 8 and _whole_blocks(node):
            place = next(at for at, each in enumerate(graph.node) if each.name == node.name)
            _Product(graph, node, index.initializers[node.input[2]].data_type, opset).split(place)


def _whole_blocks(node: onnx.NodeProto) -> bool:
    return number(node, "K", 0) % number(node, "block_size", 32) == 0


@dataclass
class _Product:
    graph: onnx.GraphProto
    node: onnx.NodeProto
    dtype: int
    opset: int

    def split(self, place: int) -> None:
        """Put what rounds before the product, and what adds up behind it."""
        before = list(self._two_rows(self.node.input[0]))
        self.node.input[0] = before[-1].output[0]
        result, self.node.output[0] = self.node.output[0], self._name("both")
        first = self._integers("first", [0])
        total = self._make("ReduceSum", [self.node.output[0], first], result, keepdims=0)
        for offset, each in enumerate(before):
            self.graph.node.insert(place + offset, each)
        self.graph.node.insert(place + len(before) + 1, total)

    def _two_rows(self, x: str) -> Iterator[onnx.NodeProto]:
        """From x [..., K] to [2, ..., K]: rounded, and the rest."""
        block = int(number(self.node, "block_size", 32))
        name, steps = self._name, self._floats("steps", _STEPS)
        yield self._make("Reshape", [x, self._integers("blocks", [-1, block])], name("x"))
        yield self._make("Abs", [name("x")], name("abs"))
        yield self._largest(name("abs"), name("largest"))
        yield self._make("Max", [name("largest"), self._floats("tiny", self._tiny())], name("peak"))
        yield self._make("Div", [name("x"), name("peak")], name("share"))
        yield self._make("Mul", [name("share"), steps], name("scaled"))
        yield self._make("Round", [name("scaled")], name("level"))
        yield self._make("Div", [name("level"), steps], name("rounded_share"))
        yield self._make("Mul", [name("rounded_share"), name("peak")], name("rounded"))
        yield self._make("Sub", [name("x"), name("rounded")], name("rest"))
        yield self._make("Concat", [name("rounded"), name("rest")], name("rows"), axis=0)
        yield self._make("Shape", [x], name("shape"))
        yield self._make("Concat", [self._integers("two", [2]), name("shape")], name("shapes"), axis=0)
        yield self._make("Reshape", [name("rows"), name("shapes")], name("input"))

    def _largest(self, given: str, result: str) -> onnx.NodeProto:
        if self.opset < _AXES_ARE_INPUTS:
            return self._make("ReduceMax", [given], result, axes=[1], keepdims=1)
        return self._make("ReduceMax", [given, self._integers("axis", [1])], result, keepdims=1)

    def _tiny(self) -> float:
        """A block of zeros is divided by it."""
        return float(np.finfo(helper.tensor_dtype_to_np_dtype(self.dtype)).tiny)

    def _make(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> onnx.NodeProto:
        return helper.make_node(operator, inputs, [output], self._name(operator) + output, **attributes)

    def _integers(self, name: str, values: list[int]) -> str:
        return self._constant(name, np.array(values, np.int64))

    def _floats(self, name: str, value: float) -> str:
        return self._constant(name, np.array(value, helper.tensor_dtype_to_np_dtype(self.dtype)))

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        if all(each.name != self._name(name) for each in self.graph.initializer):
            self.graph.initializer.append(numpy_helper.from_array(value, self._name(name)))
        return self._name(name)

    def _name(self, part: str) -> str:
        return f"{self.node.name}/two_steps/{part}"
