"""Which operators a graph uses, and whether they can run here."""

from __future__ import annotations

import onnx

from app.errors import UnsupportedModel
from app.graph.index import all_nodes, attribute

# onnxruntime's own operators live in these; anything else needs a library of custom operators,
# which would run foreign code and is never loaded.
_DOMAINS = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"}
# onnxruntime registers these in ONNX' own domain, although ONNX does not define them.
_EXTENSIONS = {"SimplifiedLayerNormalization"}


def check_operators(model: onnx.ModelProto) -> None:
    """Refuse a graph with operators that cannot run, or whose weights fit another processor only.

    Raises:
        UnsupportedModel: names the operator.
    """
    local = {(function.domain, function.name) for function in model.functions}
    bodies = [model.graph.node, *(function.node for function in model.functions)]
    for nodes in bodies:
        for node in all_nodes(nodes):
            if (node.domain, node.op_type) not in local:
                _check_known(node)
            _check_prepacked(node)


def _check_known(node: onnx.NodeProto) -> None:
    standard = node.domain in {"", "ai.onnx"}
    known = onnx.defs.has(node.op_type) or node.op_type in _EXTENSIONS if standard else True
    if node.domain in _DOMAINS and known:
        return
    name = f"{node.domain or 'ai.onnx'}:{node.op_type}"
    raise UnsupportedModel(
        "The graph uses an unknown operator {name}.",
        "Choose an export without custom operators; libraries of such operators are not loaded.",
        name=name,
    )


def _check_prepacked(node: onnx.NodeProto) -> None:
    prepacked = attribute(node, "weights_prepacked")
    if node.op_type == "QMoE" and prepacked is not None and prepacked.i != 0:
        raise UnsupportedModel(
            "The experts of {node} are packed for CUDA; no other processor can read them.",
            "Choose the model's CPU or WebGPU variant.",
            node=node.name or "QMoE",
        )
