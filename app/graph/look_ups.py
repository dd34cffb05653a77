"""The nodes that take the tokens' rows out of a table; and names, by which sessions tell of nodes."""

from __future__ import annotations

import onnx

from app.graph.index import GraphIndex

_LOOK_UPS = {"Gather", "GatherBlockQuantized"}


def name_nodes(graph: onnx.GraphProto) -> None:
    """Give every node a name that has none."""
    for number, node in enumerate(graph.node):
        node.name = node.name or f"indoors_{node.op_type}_{number}"


def look_ups(graph: onnx.GraphProto, ids: str) -> tuple[str, ...]:
    """Names of the nodes that look up tokens, and of the casts of what they find.

    Args:
        graph: whose nodes all have names.
        ids: the input with the tokens' ids.
    """
    index = GraphIndex(graph)
    found = [node for node in index.consumers[ids] if _looks_up(node, index)]
    rows = [index.consumers[node.output[0]] for node in found]
    casts = [readers[0] for readers in rows if len(readers) == 1 and readers[0].op_type == "Cast"]
    return tuple(node.name for node in (*found, *casts))


def _looks_up(node: onnx.NodeProto, index: GraphIndex) -> bool:
    return node.op_type in _LOOK_UPS and node.input[0] in index.initializers
