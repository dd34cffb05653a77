"""Who makes and who reads each tensor of a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import onnx

_KEEPS_RANK = {"Cast", "DequantizeLinear", "Identity", "Transpose"}


class GraphIndex:
    """Look-ups over one graph; built once, not updated when the graph changes.

    Attributes:
        graph: the graph.
        producer: tensor name → the node that makes it.
        consumers: tensor name → the nodes that read it, in the graph's order.
        initializers: tensor name → its weights' description.
        declared: tensor name → its type and shape, where the graph writes them down.
    """

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.producer: dict[str, onnx.NodeProto] = {}
        self.consumers: defaultdict[str, list[onnx.NodeProto]] = defaultdict(list)
        self.initializers = {tensor.name: tensor for tensor in graph.initializer}
        for node in graph.node:
            self.producer.update((name, node) for name in node.output if name)
            for name in reads(node):
                self.consumers[name].append(node)
        self.declared = {value.name: value for value in (*graph.input, *graph.output, *graph.value_info)}
        self._constant = _constants(graph)

    def is_constant(self, name: str) -> bool:
        """Whether a tensor is an initializer, or made from initializers and constants alone."""
        return name in self._constant

    def variable_inputs(self, node: onnx.NodeProto) -> list[str]:
        """The tensors a node reads that are not constants."""
        return [name for name in reads(node) if not self.is_constant(name)]

    def rank(self, name: str) -> int | None:
        """Number of dimensions of a constant; None where it takes more than a look."""
        if name in self.initializers:
            return len(self.initializers[name].dims)
        node = self.producer.get(name)
        if node is None:
            return None
        if node.op_type == "Constant":
            value = attribute(node, "value")
            return None if value is None else len(value.t.dims)
        return self.rank(node.input[0]) if node.op_type in _KEEPS_RANK else None


def _constants(graph: onnx.GraphProto) -> set[str]:
    constant = {tensor.name for tensor in graph.initializer}
    for node in graph.node:
        if not node.op_type.startswith("Random") and constant.issuperset(reads(node)):
            constant.update(node.output)
    return constant


def reads(node: onnx.NodeProto) -> list[str]:
    """The tensors a node reads, those its subgraphs take from outside included; no empty names."""
    names = [name for name in node.input if name]
    for graph in subgraphs(node):
        names.extend(_captured(graph))
    return names


def subgraphs(node: onnx.NodeProto) -> Iterator[onnx.GraphProto]:
    """The graphs in a node's attributes (the branches of If, the body of Loop and Scan)."""
    for attribute in node.attribute:
        if attribute.type == onnx.AttributeProto.GRAPH:
            yield attribute.g
        yield from attribute.graphs


def all_nodes(nodes: Iterable[onnx.NodeProto]) -> Iterator[onnx.NodeProto]:
    """Every node, those of subgraphs included."""
    for node in nodes:
        yield node
        for graph in subgraphs(node):
            yield from all_nodes(graph.node)


def all_tensors(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    """Every initializer, those of subgraphs included, and every tensor in an attribute."""
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.TENSOR:
                yield attribute.t
        for inner in subgraphs(node):
            yield from all_tensors(inner)


def attribute(node: onnx.NodeProto, name: str) -> onnx.AttributeProto | None:
    """A node's attribute, or None."""
    return next((item for item in node.attribute if item.name == name), None)


def number(node: onnx.NodeProto, name: str, default: float) -> float:
    """The value of a node's attribute that is a number."""
    found = attribute(node, name)
    return default if found is None else float(onnx.helper.get_attribute_value(found))


def set_attribute(node: onnx.NodeProto, name: str, value: int | None) -> None:
    """Set a node's attribute; None removes it."""
    if (found := attribute(node, name)) is not None:
        node.attribute.remove(found)
    if value is not None:
        node.attribute.append(onnx.helper.make_attribute(name, value))


def _captured(graph: onnx.GraphProto) -> Iterator[str]:
    own = {tensor.name for tensor in graph.initializer} | {value.name for value in graph.input}
    own.update(name for node in graph.node for name in node.output)
    for node in graph.node:
        yield from (name for name in reads(node) if name not in own)
    yield from (value.name for value in graph.output if value.name not in own)
