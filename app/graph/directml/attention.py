"""GroupQueryAttention with sinks and windows, written out in operators that DirectML computes rightly.

Keys and values lie in two caches: a main one, which these graphs only read, and a recent one of a few slots,
which a step writes. So a token costs no copy of the whole cache.

    scores = [Q·Kmainᵀ, Q·Krecentᵀ]·scale + bias, sink      one row for each query, the sink a last column
    out    = softmax(scores)·[Vmain, Vrecent]               without that column

Query heads that share keys are rows of one product, so keys are not repeated. What a query sees is decided
by the bias alone, which comes from outside and is 0 or `names.MASKED`. The operator: onnxruntime,
docs/ContribOperators.md; sinks: Xiao et al. 2023, "Efficient Streaming Language Models with Attention Sinks".
"""

from __future__ import annotations

import numpy as np

from app.graph.directml.attention_node import Attention
from app.graph.directml.bucket import Bucket
from app.graph.directml.names import SLOT, bias_name, new_name, recent_name, window_name
from app.graph.directml.rotation import Rotation
from app.graph.directml.writer import Writer
from app.graph.emit import MICROSOFT
from app.graph.interface import KvLayer

_INT64 = np.dtype(np.int64)


class AttentionEmitter:
    """Emits one layer.

    Args:
        writer: where to.
        bucket: sizes.
        attention: what to compute; queries, keys and values are fp32.
        layer: names and sizes of its cache.
        rotation: of queries and keys.
    """

    def __init__(
        self, writer: Writer, bucket: Bucket, attention: Attention, layer: KvLayer, rotation: Rotation
    ) -> None:
        self._writer, self._bucket, self._rotation = writer, bucket, rotation
        self._attention, self._layer = attention, layer
        self._path = attention.node.output[0].removesuffix("/output_0")
        self._group = attention.heads // layer.heads

    def emit(self) -> None:
        """Append the nodes; the last makes the published node's first output."""
        names = zip(self._projected(), "qkv", strict=True)
        queries, keys, values = (self._heads(value, name) for value, name in names)
        recent_keys = self._written(keys, self._layer.past_key, "k")
        recent_values = self._written(values, self._layer.past_value, "v")
        rows = self._query_rows(queries)
        weights = self._weights(rows, self._reached(self._layer.past_key, "k"), recent_keys)
        mixed = [
            self._node("MatMul", [weight, cache], f"mix.{number}")
            for number, (weight, cache) in enumerate(
                zip(weights, (self._reached(self._layer.past_value, "v"), recent_values), strict=True)
            )
        ]
        self._joined(self._node("Add", mixed, "mix"))

    def _node(
        self, operator: str, inputs: list[str], name: str, domain: str = "", **attributes: object
    ) -> str:
        return self._writer.node(operator, inputs, f"{self._path}/{name}", domain, **attributes)

    def _reshaped(self, value: str, shape: list[int], name: str) -> str:
        return self._writer.reshaped(value, shape, f"{self._path}/{name}")

    def _projected(self) -> tuple[str, str, str]:
        """Queries, keys and values, each [1, tokens, heads · head_dim]."""
        node, size = self._attention.node, self._layer.head_dim
        if node.input[1]:
            return node.input[0], node.input[1], node.input[2]
        widths = [self._attention.heads * size, self._layer.heads * size, self._layer.heads * size]
        sizes = self._writer.constant(f"/split/{widths}", widths, _INT64)
        parts = [f"{self._path}/{name}" for name in "qkv"]
        self._writer.node("Split", [node.input[0], sizes], parts, axis=-1)
        return parts[0], parts[1], parts[2]

    def _heads(self, value: str, name: str) -> str:
        """[1, tokens, heads, head_dim], rotated where they must be, of the type of activations."""
        count = self._attention.heads if name == "q" else self._layer.heads
        size, tokens = self._layer.head_dim, self._bucket.tokens
        heads = self._reshaped(value, [1, tokens, count, size], f"{name}.heads")
        if name != "v" and self._attention.rotates:
            cos, sin = self._attention.node.input[7:9]
            path = f"{self._path}/{name}.rotation"
            heads = self._rotation.rotated(heads, count, size, (cos, sin), path)
        return self._writer.cast(heads, self._writer.dtype, f"{self._path}/{name}.cast")

    def _written(self, value: str, past: str, name: str) -> str:
        """The recent cache with the new keys or values, [1, kv_heads, recent, head_dim]: an output."""
        shape = (1, self._layer.heads, self._bucket.recent, self._layer.head_dim)
        output = self._writer.output(new_name(past), self._writer.dtype, shape)
        if not self._bucket.decodes:
            return self._writer.node("Transpose", [value], output, perm=[0, 2, 1, 3])
        turned = self._node("Transpose", [value], f"{name}.turned", perm=[0, 2, 1, 3])
        recent = self._writer.input(recent_name(past), self._writer.dtype, shape)
        return self._writer.node("Where", [SLOT, turned, recent], output)

    def _reached(self, past: str, name: str) -> str:
        """Keys or values of the main cache that queries may see."""
        heads, size, window = self._layer.heads, self._layer.head_dim, self._attention.window
        self._writer.input(past, self._writer.dtype, (1, heads, self._bucket.capacity, size))
        if window is None:
            return past
        return self._node("Gather", [past, window_name(window)], f"{name}.window", axis=2)

    def _query_rows(self, queries: str) -> str:
        """Queries as rows for their keys: [1, kv_heads, group · tokens, head_dim]."""
        heads, size, tokens = self._layer.heads, self._layer.head_dim, self._bucket.tokens
        split = self._reshaped(queries, [1, tokens, heads, self._group, size], "q.groups")
        turned = self._node("Transpose", [split], "q.turned", perm=[0, 2, 3, 1, 4])
        return self._reshaped(turned, [1, heads, self._group * tokens, size], "q.rows")

    def _weights(self, rows: str, main: str, recent: str) -> list[str]:
        """What each value counts, of the main and of the recent cache."""
        parts = [
            self._node(
                "FusedMatMul", [rows, keys], f"scores.{number}", MICROSOFT, transB=1, alpha=self._scale
            )
            for number, keys in enumerate((main, recent))
        ]
        reached = self._bucket.looked_back(self._attention.window)
        keys, heads, tokens = reached + self._bucket.recent, self._layer.heads, self._bucket.tokens
        scores = self._node("Concat", parts, "scores", axis=-1)
        scores = self._reshaped(scores, [1, heads, self._group, tokens, keys], "scores.heads")
        scores = self._node("Add", [self._capped(scores), bias_name(self._attention.window)], "scores.seen")
        weights = self._node("Softmax", [self._with_sinks(scores)], "softmax", axis=-1)
        places = ((0, reached), (reached, keys))
        return [self._part(weights, place, number) for number, place in enumerate(places)]

    @property
    def _scale(self) -> float:
        return self._attention.scale

    def _capped(self, scores: str) -> str:
        if not self._attention.softcap:
            return scores
        cap = self._writer.number(self._attention.softcap)
        bounded = self._node("Tanh", [self._node("Div", [scores, cap], "cap.div")], "cap.tanh")
        return self._node("Mul", [bounded, cap], "cap")

    def _with_sinks(self, scores: str) -> str:
        if not (self._attention.sinks or self._attention.zero_sink):
            return scores
        heads, tokens = self._attention.heads, self._bucket.tokens
        values = self._writer.values(self._attention.sinks) if self._attention.sinks else np.zeros(heads)
        shape = (1, self._layer.heads, self._group, tokens, 1)
        column = np.broadcast_to(values.reshape(1, self._layer.heads, self._group, 1, 1), shape)
        sinks = self._writer.constant(f"{self._path}/sinks", column, self._writer.dtype)
        return self._node("Concat", [scores, sinks], "scores.sinks", axis=-1)

    def _part(self, weights: str, place: tuple[int, int], number: int) -> str:
        bounds = [self._writer.constant(f"/index/{index}", [index], _INT64) for index in (*place, 4)]
        part = self._node("Slice", [weights, *bounds], f"weights.{number}.heads")
        rows = self._group * self._bucket.tokens
        return self._reshaped(part, [1, self._layer.heads, rows, place[1] - place[0]], f"weights.{number}")

    def _joined(self, mixed: str) -> None:
        heads, size, tokens = self._layer.heads, self._layer.head_dim, self._bucket.tokens
        split = self._reshaped(mixed, [1, heads, self._group, tokens, size], "mix.heads")
        turned = self._node("Transpose", [split], "mix.turned", perm=[0, 3, 1, 2, 4])
        output = self._attention.node.output[0]
        self._writer.reshaped(turned, [1, tokens, heads * self._group * size], output)
