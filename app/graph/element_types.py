"""The element type of a tensor inside a graph, where the exporter did not write it down."""

from __future__ import annotations

from onnx import TensorProto

from app.graph.index import GraphIndex, attribute

_FIXED = {
    **dict.fromkeys(("Shape", "Size", "NonZero", "ArgMax", "ArgMin"), TensorProto.INT64),
    **dict.fromkeys(("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"), TensorProto.BOOL),
    **dict.fromkeys(("And", "Or", "Not", "Xor", "IsNaN", "IsInf"), TensorProto.BOOL),
    **dict.fromkeys(("MatMulInteger", "ConvInteger"), TensorProto.INT32),
}
# Operators whose result has the type of an input other than the first.
_LIKE_INPUT = {"Where": 1, "DequantizeLinear": 1, "GatherBlockQuantized": 2, "OneHot": 2}
_LIKE_FIRST = {
    *("Add", "Sub", "Mul", "Div", "Pow", "Neg", "Sqrt", "Reciprocal", "Sigmoid", "Tanh", "Softmax"),
    *("Erf", "Gelu", "FastGelu", "QuickGelu", "BiasGelu", "Clip", "Cos", "Sin", "Max", "Min", "Range"),
    *("MatMul", "FusedMatMul", "Gemm", "MatMulNBits", "MatMulBnb4", "QMoE", "MoE"),
    *("GroupQueryAttention", "MultiHeadAttention", "RotaryEmbedding", "Attention"),
    *("LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization"),
    *("SkipLayerNormalization", "SkipSimplifiedLayerNormalization"),
    *("Concat", "Expand", "Flatten", "Gather", "GatherElements", "GatherND", "Identity", "Reshape"),
    *("ScatterElements", "ScatterND", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Trilu"),
    *("Unsqueeze", "ReduceMean", "ReduceSum", "ReduceMax", "CumSum", "Abs", "Exp", "Log", "Round"),
}


def element_type(index: GraphIndex, name: str) -> int | None:
    """Find a tensor's element type: as written in the graph, else from the operators that led to it.

    Args:
        index: of the graph.
        name: the tensor.

    Returns:
        A `TensorProto` data type, or None when it cannot be told.
    """
    while name not in index.declared:
        if name in index.initializers:
            return int(index.initializers[name].data_type)
        node = index.producer.get(name)
        if node is None:
            return None
        if node.op_type == "Cast" and (to := attribute(node, "to")) is not None:
            return int(to.i)
        if node.op_type in _FIXED:
            return int(_FIXED[node.op_type])
        place = 0 if node.op_type in _LIKE_FIRST else _LIKE_INPUT.get(node.op_type)
        if place is None or place >= len(node.input):
            return None
        name = node.input[place]
    return int(index.declared[name].type.tensor_type.elem_type) or None
