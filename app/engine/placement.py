"""Which provider computes what: read from the sessions, since onnxruntime falls back without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import onnx

from app.engine.runtime import InferenceSession
from app.errors import UnsupportedModel
from app.graph.external_data import tensor_bytes
from app.graph.index import GraphIndex

HEAVY = frozenset(
    {
        "Attention",
        "Gemm",
        "GroupQueryAttention",
        "MatMul",
        "MatMulInteger",
        "MatMulNBits",
        "MoE",
        "MultiHeadAttention",
        "QMoE",
    }
)
"""Operators that nearly all the time is spent in."""


@dataclass
class Share:
    """What one provider computes of a graph.

    Attributes:
        nodes: how many.
        bytes: of the weights they read, as stored.
        operators: nodes by operator.
    """

    nodes: int = 0
    bytes: int = 0
    operators: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        """The share as JSON."""
        return {"nodes": self.nodes, "bytes": self.bytes, "operators": dict(self.operators)}


def read_placement(sessions: Iterable[tuple[InferenceSession, Mapping[str, int]]]) -> Mapping[str, Share]:
    """What each provider computes, by its name.

    Args:
        sessions: each made to record it, with the bytes of weights that its nodes read, by their names.
    """
    shares: dict[str, Share] = {}
    for session, weights in sessions:
        for subgraph in session.get_provider_graph_assignment_info():
            share = shares.setdefault(subgraph.ep_name, Share())
            for node in subgraph.get_nodes():
                share.nodes += 1
                share.bytes += weights.get(node.name, 0)
                share.operators[node.op_type] += 1
    return shares


def require_placement(placement: Mapping[str, Share], provider: str, model: Path) -> None:
    """Refuse a graph whose heavy nodes are not where they were expected.

    Args:
        placement: as it was read.
        provider: who was to compute them.
        model: the graph's file as the user knows it.

    Raises:
        UnsupportedModel: another provider was given some, which would be slow.
    """
    elsewhere = Counter[str]()
    for name, share in placement.items():
        if name != provider:
            elsewhere.update({kind: count for kind, count in share.operators.items() if kind in HEAVY})
    if not elsewhere:
        return
    expected = placement.get(provider, Share())
    total = elsewhere.total() + sum(expected.operators[kind] for kind in HEAVY)
    raise UnsupportedModel(
        "{provider} leaves {count} of the {total} products of {model} to the processor ({operators}): that "
        "would be slower than the processor alone.",
        "Use --device cpu, or another export of this model.",
        provider=provider.removesuffix("ExecutionProvider"),
        count=elsewhere.total(),
        total=total,
        model=model,
        operators=", ".join(sorted(elsewhere)),
    )


def bytes_of_nodes(graph: onnx.GraphProto) -> Mapping[str, int]:
    """Bytes of weights by the first node that reads them, also where they are only turned around before."""
    index, counted = GraphIndex(graph), set[str]()
    found = {}
    for node in graph.node:
        if index.is_constant(node.output[0]):  # computed when the session is made, and gone then
            continue
        mine = {tensor.name: tensor for tensor in _read_by(node, index) if tensor.name not in counted}
        counted.update(mine)
        found[node.name] = sum(map(tensor_bytes, mine.values()))
    return found


def _read_by(node: onnx.NodeProto, index: GraphIndex) -> Iterator[onnx.TensorProto]:
    for name in node.input:
        if name in index.initializers:
            yield index.initializers[name]
        elif name and index.is_constant(name) and name in index.producer:
            yield from _read_by(index.producer[name], index)
