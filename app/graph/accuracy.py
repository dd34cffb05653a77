"""How precisely quantised products are computed on the CPU."""

from __future__ import annotations

from collections.abc import Iterator

import onnx

from app.graph.index import GraphIndex, all_nodes, number, set_attribute

_QUANTISED = {"MatMulNBits", "QMoE"}
_NAME = "accuracy_level"
_ROUNDING = 4
_PASSED_THROUGH = {"Add", "Cast", "Reshape", "Flatten", "Squeeze", "Identity"}

_SMALL = 1 << 29
"""Weights a small model multiplies with: 38 ms a token exactly on one core, against 12 with rounding."""


def set_accuracy(graph: onnx.GraphProto, *, exact: bool) -> None:
    """Set `accuracy_level` on every quantised product.

    At level 4 onnxruntime rounds activations to int8 in blocks (ContribOperators.md, MatMulNBits),
    which is several times faster, and in a small model, whose choices between tokens are often close,
    turns some of them. Level 0 is exact: the attribute is removed where an exporter put it.

    In a small model the products with 4-bit weights are exact in any case: their kernel takes floats (3.5
    times as long for a token, 1.5 times for a prompt). Those with 8-bit weights are not: their matrices are
    unpacked for every token, which takes a hundred times as long (onnxruntime 1.32, 2048 x 2048, one core).
    A product that decides between experts is always exact: it is tiny, and a rounded router picks other
    experts.

    Args:
        graph: changed in place, subgraphs included.
        exact: all of them.
    """
    spared, small = routers(GraphIndex(graph)), is_small(graph)
    for node in _products(graph):
        kept = exact or node.output[0] in spared or (small and _is_four_bits(node))
        set_attribute(node, _NAME, None if kept else _ROUNDING)


def is_small(graph: onnx.GraphProto) -> bool:
    """Whether its quantised products, experts aside, are few enough to compute them with more precision."""
    return sum(number(node, "N", 0) * number(node, "K", 0) for node in _products(graph)) <= _SMALL


def _products(graph: onnx.GraphProto) -> Iterator[onnx.NodeProto]:
    for node in all_nodes(graph.node):
        if node.op_type in _QUANTISED and node.domain == "com.microsoft":
            yield node


def _is_four_bits(node: onnx.NodeProto) -> bool:
    return node.op_type == "MatMulNBits" and number(node, "bits", 4) == 4


def routers(index: GraphIndex) -> set[str]:
    """Names of the products whose result reaches the router input of a QMoE, and of all they pass through."""
    found: set[str] = set()
    for node in index.graph.node:
        if node.op_type == "QMoE":
            found.update(_back_to_product(index, node.input[1]))
    return found


def _back_to_product(index: GraphIndex, name: str) -> Iterator[str]:
    yield name
    node = index.producer.get(name)
    while node is not None and node.op_type in _PASSED_THROUGH:
        variable = index.variable_inputs(node)
        if len(variable) != 1:
            break
        name = variable[0]
        yield name
        node = index.producer.get(name)
