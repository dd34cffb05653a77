"""What a QMoE node asks for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import onnx

from app.errors import UnsupportedModel
from app.graph.index import GraphIndex, attribute, number
from app.memory_plan import group_of_experts

OPERATOR = "QMoE"
SCORES = 1
"""Which input the router's scores are."""


@dataclass(frozen=True)
class Experts:
    """What one QMoE node asks for.

    Attributes:
        node: as published.
        count: experts.
        chosen: experts for each token.
        hidden: width of the hidden states.
        inner: width of an expert.
        bits: of a weight.
        block: weights that share a scale.
        alpha: of the gate's sigmoid.
        beta: added to the linear part.
        limit: bound of gate and linear part; infinite for none.
    """

    node: onnx.NodeProto
    count: int
    chosen: int
    hidden: int
    inner: int
    bits: int
    block: int
    alpha: float
    beta: float
    limit: float

    @property
    def group(self) -> int:
        """Experts of one product over all of them."""
        return group_of_experts(self.count, 4 * self.inner * self.hidden)


def read_experts(node: onnx.NodeProto, index: GraphIndex) -> Experts:
    """Read a QMoE node.

    Raises:
        UnsupportedModel: it asks for what is not written out here.
    """
    first, second = (index.initializers[node.input[place]].dims for place in (2, 5))
    found = Experts(
        node=node,
        count=second[0],
        chosen=int(number(node, "k", 1)),
        hidden=second[1],
        inner=first[1] // 2,
        bits=int(number(node, "expert_weight_bits", 4)),
        block=int(number(node, "block_size", 0)),
        alpha=number(node, "activation_alpha", 1),
        beta=number(node, "activation_beta", 0),
        limit=number(node, "swiglu_limit", math.inf),
    )
    if problem := next(_problems(found), ""):
        raise UnsupportedModel(
            "{node} cannot be computed on DirectML: {problem}.",
            "Let the processor compute instead.",
            node=node.name or node.op_type,
            problem=problem,
        )
    return found


def _problems(found: Experts) -> Iterator[str]:
    node = found.node
    names = [*node.input, *[""] * (15 - len(node.input))]
    kind = attribute(node, "activation_type")
    if found.block < 16:
        yield "its experts have no blocks that share a scale"
    elif found.hidden % found.block or found.inner % found.block:
        yield "rows do not divide into blocks"
    if any(names[8:11]):
        yield "it has three matrices for each expert"
    if any(names[11:14]):
        yield "it has zero points"
    if names[14]:
        yield "its routing is separate"
    if kind is None or kind.s != b"swiglu":
        yield "its activation is not swiglu"
    if number(node, "swiglu_fusion", 0) != 1:
        yield "gate and linear part are not interleaved"
    if not number(node, "normalize_routing_weights", 0):
        yield "its routing weights are not normalised"
