"""Compute logits for the last position only.

Published graphs multiply every position of a prompt by the whole vocabulary (201 088 columns for
gpt-oss), although generation reads the last row alone.
"""

from __future__ import annotations

import onnx
from onnx import TensorProto, helper, numpy_helper

from app.graph.index import GraphIndex, attribute, reads

_SLICED = "indoors_last_position"
_PRODUCTS = {"MatMul", "MatMulNBits", "MatMulInteger", "FusedMatMul", "DynamicQuantizeMatMul", "MatMulBnb4"}
# What adds up blocks of a row treats every position alike too, as long as it leaves the first two axes alone.
_WITHIN_ROWS = {"Reshape", "ReduceSum"}
_PACKED = {"MatMulNBits", "MatMulBnb4"}
# Operators that treat every position alike and keep the rank, so cutting before or after them is the
# same. DynamicQuantizeLinear takes its scale from all positions; from one, it is finer.
_ROW_WISE = _PRODUCTS | {
    "Add",
    "Cast",
    "Clip",
    "Div",
    "DynamicQuantizeLinear",
    "Identity",
    "Mul",
    "Sub",
    "Tanh",
}


def keep_last_logits(graph: onnx.GraphProto, logits: str) -> str:
    """Slice the input of the last product to its last position.

    The way back from the logits may lead only through operators that treat positions alike, with
    constants of at most the product's rank; then the sequence is axis 1 of what the product reads.

    Args:
        graph: changed in place.
        logits: name of the output, [batch, sequence, vocabulary].

    Returns:
        Empty when done, else why not, in words.
    """
    output = next(value for value in graph.output if value.name == logits)
    dims = output.type.tensor_type.shape.dim
    if len(dims) != 3:
        return "the logits have no three dimensions"
    if dims[1].dim_value == 1:
        return "the graph does so already"
    index = GraphIndex(graph)
    source, cone, reason = product_input(index, logits)
    if reason:
        return reason
    _insert_slice(graph, source, cone)
    dims[1].Clear()
    dims[1].dim_value = 1
    _forget_shapes(graph, {name for node in cone for name in node.output})
    return ""


def product_input(index: GraphIndex, logits: str) -> tuple[str, list[onnx.NodeProto], str]:
    """Walk back from the logits to the one tensor they all depend on, behind the product.

    Always the latest tensor of the frontier is replaced by what it is made from, so the frontier
    shrinks to one tensor exactly where every path has joined.

    Returns:
        That tensor, the nodes between it and the logits, and why there is none such, in words, else "".
    """
    cone: list[onnx.NodeProto] = []
    order = {name: place for place, node in enumerate(index.graph.node) for name in node.output}
    frontier = {logits}
    while True:
        latest = max(frontier, key=lambda name: order.get(name, -1))
        node = index.producer.get(latest)
        if node is None:
            return "", cone, "no product was found before the logits"
        row_wise = node.op_type in _ROW_WISE and not _raises_rank(index, node)
        if not row_wise and not _keeps_rows(index, node):
            return "", cone, f"{node.op_type} stands between the last product and the logits"
        cone.append(node)
        frontier.difference_update(node.output)
        frontier.update(index.variable_inputs(node))
        if len(frontier) == 1 and any(item.op_type in _PRODUCTS for item in cone):
            return frontier.pop(), cone, ""


def _keeps_rows(index: GraphIndex, node: onnx.NodeProto) -> bool:
    """Whether a node reshapes or adds up within the last axis only."""
    if node.op_type not in _WITHIN_ROWS or len(node.input) < 2 or node.input[1] not in index.initializers:
        return False
    argument = [int(value) for value in numpy_helper.to_array(index.initializers[node.input[1]])]
    if node.op_type == "ReduceSum":
        return argument == [-1]
    return argument[:2] == [0, 0] and not getattr(attribute(node, "allowzero"), "i", 0)


def _raises_rank(index: GraphIndex, node: onnx.NodeProto) -> bool:
    constants = [name for name in node.input if name and index.is_constant(name)]
    if node.op_type in _PACKED:
        return False
    if node.op_type in _PRODUCTS:
        return index.rank(node.input[1]) != 2
    return any((index.rank(name) or 0) > 3 for name in constants)


def _insert_slice(graph: onnx.GraphProto, source: str, cone: list[onnx.NodeProto]) -> None:
    bounds = {"starts": -1, "ends": 2**63 - 1, "axes": 1}
    for name, value in bounds.items():
        graph.initializer.append(helper.make_tensor(f"{_SLICED}/{name}", TensorProto.INT64, [1], [value]))
    sliced = helper.make_node(
        "Slice", [source, *(f"{_SLICED}/{name}" for name in bounds)], [_SLICED], name=_SLICED
    )
    for node in cone:
        for place, name in enumerate(node.input):
            if name == source:
                node.input[place] = _SLICED
    first = next(place for place, node in enumerate(graph.node) if _SLICED in reads(node))
    graph.node.insert(first, sliced)


def _forget_shapes(graph: onnx.GraphProto, names: set[str]) -> None:
    kept = [value for value in graph.value_info if value.name not in names]
    del graph.value_info[:]
    graph.value_info.extend(kept)
