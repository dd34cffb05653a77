"""How many bytes of weights a decoder reads for one token."""

from __future__ import annotations

from pathlib import Path

import onnx

from app.graph.external_data import tensor_bytes
from app.graph.header import read_header
from app.graph.index import GraphIndex, attribute

_EXPERTS = {"QMoE", "MoE"}
_EXPERT_WEIGHTS = 2
# They read rows of a table, not all of it.
_LOOK_UP = {"Gather", "GatherBlockQuantized", "GroupQueryAttention", "RotaryEmbedding"}


def bytes_per_decoded_token(graph: Path) -> int:
    """Bytes of weights, as they are stored, that one token's pass through a graph has to read.

    Of a mixture of experts only the chosen ones count; rows of tables are left out.

    Args:
        graph: an `.onnx` header.

    Raises:
        ModelError, StorageError: it cannot be read.
    """
    index = GraphIndex(read_header(graph).graph)
    return sum(_read_by(node, index) for node in index.graph.node if node.op_type not in _LOOK_UP)


def _read_by(node: onnx.NodeProto, index: GraphIndex) -> int:
    tensors = [index.initializers[name] for name in node.input if name in index.initializers]
    total = sum(tensor_bytes(tensor) for tensor in tensors)
    if node.op_type not in _EXPERTS:
        return total
    chosen, experts = attribute(node, "k"), index.initializers.get(node.input[_EXPERT_WEIGHTS])
    return total * chosen.i // experts.dims[0] if chosen and experts else total
