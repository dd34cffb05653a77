"""What is computed in fp32 whatever the type of activations is.

The residual stream, its norms, what decides between experts, and the norms and rotations of heads. In fp16
the stream loses low bits of every layer's share, which the router then reads: scores that are nearly equal
change places, and another expert is another result. Nor does the stream of a model that was trained in bf16,
as gpt-oss was, have to stay below fp16's largest number, 65,504. All of this is a few thousand numbers for a
token; products, caches and experts, where the bytes are, stay as narrow as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.graph.accuracy import routers
from app.graph.directml.attention_node import OPERATOR as ATTENTION
from app.graph.directml.cut import Cut
from app.graph.index import GraphIndex, reads

NORM, SKIP_NORM = "SimplifiedLayerNormalization", "SkipSimplifiedLayerNormalization"
ROTATION = "RotaryEmbedding"
SUM = 3
"""Which output of `SKIP_NORM` is the stream."""
_OF_HEADS = {"Cast", "Reshape", NORM, ROTATION}


def exact_values(index: GraphIndex, parts: Cut) -> frozenset[str]:
    """Names, in the published graph, of what is computed in fp32."""
    attentions = (node for node in parts.body if node.op_type == ATTENTION)
    heads = {name for node in attentions for given in node.input[:2] for name in _of_heads(index, given)}
    return frozenset({*_stream(parts), *heads, *_deciding(index)})


def _stream(parts: Cut) -> Iterator[str]:
    """The residual stream from the embedding on, and every norm of it."""
    stream = {parts.hidden}
    for node in parts.body:
        if stream.isdisjoint(node.input[:2]):
            continue
        if node.op_type in {"Add", "Cast"}:
            stream.add(node.output[0])
        elif node.op_type in {NORM, SKIP_NORM}:
            yield node.output[0]
            stream.update(node.output[SUM:])
    yield from stream


def _of_heads(index: GraphIndex, name: str) -> Iterator[str]:
    """Queries or keys, and all that they are between their product and attention."""
    node = index.producer.get(name)
    while node is not None and node.op_type in _OF_HEADS:
        yield name
        name = node.input[0]
        node = index.producer.get(name)


def _deciding(index: GraphIndex) -> Iterator[str]:
    """What decides between experts, and the constants it is made of."""
    pending = list(routers(index))
    while pending:
        name = pending.pop()
        yield name
        node = index.producer.get(name)
        given = reads(node) if node is not None else []
        pending.extend(other for other in given if other in index.producer and index.is_constant(other))
