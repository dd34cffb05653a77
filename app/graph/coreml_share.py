"""How much of a decoder CoreML would take, by the operators it has builders for."""

from __future__ import annotations

from dataclasses import dataclass

import onnx

from app.graph.index import all_nodes

# ort:onnxruntime/core/providers/coreml/builders/op_builder_factory.cc; of Microsoft's own operators two.
_TEXT = """
    Add ArgMax AveragePool BatchNormalization Cast Clip Concat Conv ConvTranspose DepthToSpace Div
    Elu Erf Exp Flatten Gather Gelu Gemm GlobalAveragePool GlobalMaxPool GridSample
    GroupNormalization LRN LayerNormalization InstanceNormalization LeakyRelu MatMul Max MaxPool Mul
    PRelu Pad Pow Reciprocal ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum Relu Reshape Resize
    Round Shape Sigmoid Slice Softmax Split Sqrt Squeeze Sub Tanh Transpose Unsqueeze
"""
_STANDARD = frozenset(_TEXT.split())
_KNOWN = {"": _STANDARD, "ai.onnx": _STANDARD, "com.microsoft": frozenset({"FusedConv", "QuickGelu"})}


@dataclass(frozen=True)
class CoremlShare:
    """Nodes that CoreML has a builder for.

    Attributes:
        nodes: how many.
        of: of all nodes.
    """

    nodes: int
    of: int


def coreml_share(model: onnx.ModelProto) -> CoremlShare:
    """Count by the table; a builder may refuse a node all the same.

    Args:
        model: the graph; no weights are needed.
    """
    nodes = list(all_nodes(model.graph.node))
    taken = sum(node.op_type in _KNOWN.get(node.domain, ()) for node in nodes)
    return CoremlShare(taken, len(nodes))
