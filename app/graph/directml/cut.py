"""Where a decoder is cut: embedding, body, head.

The embedding's table is large and read by rows, so the processor looks it up. The head is the product with
the vocabulary, which needs the last position only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import onnx

from app.errors import UnsupportedModel
from app.graph.directml.attention_node import OPERATOR as ATTENTION
from app.graph.directml.attention_node import live_inputs
from app.graph.index import GraphIndex, reads
from app.graph.interface import GraphInterface
from app.graph.last_logits import product_input

_NORM = "SimplifiedLayerNormalization"
_TAKES_ROWS = {"Slice", "Gather"}
_REMEDY = "Let the processor compute instead."


@dataclass(frozen=True)
class Cut:
    """The three parts of a decoder, each as the nodes of the published graph in order of execution.

    Attributes:
        hidden: the value between embedding and body, [1, tokens, width].
        width: of the hidden states.
        last: the last value of the body, [1, tokens, width].
        source: what the head reads: `last`, or rows that the graph takes of it by itself.
        embedding: nodes that make `hidden` of the token ids.
        body: nodes that make `last` of `hidden`.
        head: nodes that make the logits of `last`.
    """

    hidden: str
    width: int
    last: str
    source: str
    embedding: tuple[onnx.NodeProto, ...]
    body: tuple[onnx.NodeProto, ...]
    head: tuple[onnx.NodeProto, ...]


def cut(index: GraphIndex, interface: GraphInterface, path: Path) -> Cut:
    """Find the parts.

    Args:
        index: of the graph.
        interface: of the graph.
        path: its file, for errors.

    Raises:
        UnsupportedModel: the graph is not made of these three.
    """
    if not interface.shares_kv:
        raise _unusual(path, "its attention is not GroupQueryAttention with a cache")
    source, last = _head(index, interface, path)
    hidden, width = _hidden(index, path)
    embedding = _needed(index, [hidden], {interface.input_ids}, path)
    body = _needed(index, [last], {hidden, interface.position_ids or ""}, path)
    head = _needed(index, [interface.logits], {source}, path)
    return Cut(hidden, width, last, source, embedding, body, head)


def _head(index: GraphIndex, interface: GraphInterface, path: Path) -> tuple[str, str]:
    """What the product with the vocabulary reads, and the hidden states that it is taken from."""
    source, _, reason = product_input(index, interface.logits)
    if reason:
        raise _unusual(path, reason)
    maker = index.producer.get(source)
    if maker is not None and maker.op_type in _TAKES_ROWS:
        return source, maker.input[0]
    return source, source


def _hidden(index: GraphIndex, path: Path) -> tuple[str, int]:
    """What the first norm reads, and its width."""
    for node in index.graph.node:
        if node.op_type == _NORM and node.input[1] in index.initializers:
            return node.input[0], index.initializers[node.input[1]].dims[-1]
    raise _unusual(path, "it has no norm")


def _needed(
    index: GraphIndex, wanted: Iterable[str], given: Collection[str], path: Path
) -> tuple[onnx.NodeProto, ...]:
    """Nodes that make some values out of given ones and weights."""
    seen, pending, chosen = set(given), list(wanted), set()
    while pending:
        name = pending.pop()
        if name in seen or name in index.initializers:
            continue
        seen.add(name)
        node = index.producer.get(name)
        if node is None:
            raise _unusual(path, f"a part of it reads {name}")
        chosen.add(id(node))
        pending.extend(live_inputs(node) if node.op_type == ATTENTION else reads(node))
    return tuple(node for node in index.graph.node if id(node) in chosen)


def _unusual(path: Path, why: str) -> UnsupportedModel:
    return UnsupportedModel("{path} cannot be made ready for DirectML: {why}.", _REMEDY, path=path, why=why)
