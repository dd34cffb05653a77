"""How precisely quantised products are computed on the CPU."""

from __future__ import annotations

from collections.abc import Iterator

import onnx

from app.graph.index import GraphIndex, all_nodes, set_attribute

_QUANTISED = {"MatMulNBits", "QMoE"}
_NAME = "accuracy_level"
_PASSED_THROUGH = {"Add", "Cast", "Reshape", "Flatten", "Squeeze", "Identity"}


def set_accuracy(graph: onnx.GraphProto, level: int) -> None:
    """Set `accuracy_level` on every quantised product.

    At level 4 onnxruntime rounds activations to int8 in blocks (ContribOperators.md, MatMulNBits),
    which is several times faster. Level 0 is exact: the attribute is removed where an exporter put
    it. A product that decides between experts always stays exact: it is tiny, and a rounded router
    picks other experts.

    Args:
        graph: changed in place, subgraphs included.
        level: 0 to 4.
    """
    deciding = routers(GraphIndex(graph))
    for node in all_nodes(graph.node):
        if node.op_type in _QUANTISED and node.domain == "com.microsoft":
            set_attribute(node, _NAME, None if node.output[0] in deciding or not level else level)


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
