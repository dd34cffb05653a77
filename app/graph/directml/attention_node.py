"""What a GroupQueryAttention node asks for."""

from __future__ import annotations

from dataclasses import dataclass

import onnx

from app.errors import UnsupportedModel
from app.graph.index import number
from app.graph.interface import KvLayer

OPERATOR = "GroupQueryAttention"
QUERIES_KEYS_VALUES = {0, 1, 2}
"""Which inputs these are; the first is all three where the others are empty."""
_INPUTS = 12
_BIAS, _SINKS = 10, 11
# Besides: cos, sin, sinks; not the caches, nor the lengths that follow from the mask.
_READ = {*QUERIES_KEYS_VALUES, 7, 8, _SINKS}


@dataclass(frozen=True)
class Attention:
    """What one GroupQueryAttention node asks for.

    Attributes:
        node: as published.
        heads: of queries.
        window: tokens a query looks back over, itself included; None for all.
        scale: factor of the scores.
        softcap: bound of the scores; 0 for none.
        rotates: queries and keys are rotated here.
        interleaved: pairs that are rotated are neighbours.
        sinks: name of the initializer; "" for none.
        zero_sink: softmax has a 1 added to its denominator.
    """

    node: onnx.NodeProto
    heads: int
    window: int | None
    scale: float
    softcap: float
    rotates: bool
    interleaved: bool
    sinks: str
    zero_sink: bool


def read_attention(node: onnx.NodeProto, layer: KvLayer) -> Attention:
    """Read a GroupQueryAttention node.

    Raises:
        UnsupportedModel: it asks for what is not written out here.
    """
    names = [*node.input, *[""] * (_INPUTS - len(node.input))]
    if names[_BIAS] or any(names[_INPUTS:]) or number(node, "qk_output", 0):
        raise UnsupportedModel(
            "{node} uses an option of attention that cannot be computed on DirectML.",
            "Let the processor compute instead.",
            node=node.name or node.op_type,
        )
    window = int(number(node, "local_window_size", -1))
    return Attention(
        node=node,
        heads=int(number(node, "num_heads", 0)),
        window=window if window > 0 else None,
        scale=number(node, "scale", 0) or layer.head_dim**-0.5,
        softcap=number(node, "softcap", 0),
        rotates=bool(number(node, "do_rotary", 0)),
        interleaved=bool(number(node, "rotary_interleaved", 0)),
        sinks=names[_SINKS],
        zero_sink=number(node, "smooth_softmax", 0) > 0,
    )


def live_inputs(node: onnx.NodeProto) -> list[str]:
    """The inputs of a GroupQueryAttention node that its replacement reads, caches left out."""
    return [name for place, name in enumerate(node.input) if name and place in _READ]
