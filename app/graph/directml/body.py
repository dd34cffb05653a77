"""The body of a decoder: from the embedding's hidden states to those of the last layer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import onnx

from app.errors import UnsupportedModel
from app.graph.directml.attention import AttentionEmitter
from app.graph.directml.attention_node import OPERATOR as ATTENTION
from app.graph.directml.attention_node import QUERIES_KEYS_VALUES
from app.graph.directml.bucket import Bucket
from app.graph.directml.decoder_source import DecoderSource, Graph
from app.graph.directml.experts import ExpertsEmitter
from app.graph.directml.experts_node import OPERATOR as EXPERTS
from app.graph.directml.experts_node import SCORES, read_experts
from app.graph.directml.names import HIDDEN, LAST, LAST_ROW, POSITIONS, SLOT, bias_name, window_name
from app.graph.directml.part import SINGLE, PartWriter
from app.graph.directml.rotation import Rotation
from app.graph.emit import MICROSOFT
from app.graph.index import number

_INT64 = np.dtype(np.int64)
_BOOL = np.dtype(np.bool_)
_ROTATION = "RotaryEmbedding"


class BodyWriter(PartWriter):
    """Writes a body's graph.

    Args:
        source: what it is made from.
        bucket: sizes.
    """

    def __init__(self, source: DecoderSource, bucket: Bucket) -> None:
        super().__init__(source)
        self._bucket = bucket
        self._attentions = {
            id(attention.node): (attention, layer) for attention, layer in source.attentions()
        }
        self._rotations = {
            interleaved: Rotation(self._writer, bucket, interleaved=interleaved)
            for interleaved in (False, True)
        }

    def write(self) -> Graph:
        """The graph: hidden states of some tokens and the caches → hidden states of the last, new caches.

        Raises:
            UnsupportedModel: a node asks for what cannot be written out.
            ModelDamaged, StorageError: a weight cannot be read.
        """
        self._declare()
        parts, writer = self._source.parts, self._writer
        for node in parts.body:
            self._rewrite(node)
        writer.output(LAST, writer.dtype, (1, 1, parts.width))
        last = self._value(parts.last, writer.dtype)
        if self._bucket.decodes:
            writer.node("Identity", [last], LAST)
        else:
            row = writer.input(LAST_ROW, _INT64, (1,))
            writer.node("Gather", [last, row], LAST, axis=1)
        return self._finish()

    def _declare(self) -> None:
        """The inputs that change from step to step."""
        writer, bucket, tokens = self._writer, self._bucket, self._bucket.tokens
        writer.input(HIDDEN, SINGLE, (1, tokens, self._source.parts.width))
        self._begin(self._source.parts.hidden, HIDDEN, SINGLE)
        windows = sorted({attention.window or 0 for attention, _ in self._attentions.values()})
        for window in windows:
            keys = bucket.looked_back(window or None) + bucket.recent
            writer.input(bias_name(window or None), writer.dtype, (1, 1, 1, tokens, keys))
            if window:
                writer.input(window_name(window), _INT64, (bucket.looked_back(window),))
        if self._reads_positions():
            writer.input(POSITIONS, _INT64, (1, tokens))
            if self._source.interface.position_ids:
                self._known_as[self._source.interface.position_ids] = POSITIONS
        if bucket.decodes:
            writer.input(SLOT, _BOOL, (1, 1, bucket.recent, 1))

    def _reads_positions(self) -> bool:
        name = self._source.interface.position_ids
        rotates = any(attention.rotates for attention, _ in self._attentions.values())
        return rotates or any(name in node.input for node in self._source.parts.body)

    def _rewrite(self, node: onnx.NodeProto) -> None:
        if node.op_type == ATTENTION:
            attention, layer = self._attentions[id(node)]
            rotation = self._rotations[attention.interleaved]
            attention = replace(attention, node=self._taken(node, exact=QUERIES_KEYS_VALUES))
            AttentionEmitter(self._writer, self._bucket, attention, layer, rotation).emit()
            self._types[node.output[0]] = self._writer.dtype
        elif node.op_type == _ROTATION and node.domain == MICROSOFT:
            self._rotate(node)
        elif node.op_type == EXPERTS:
            experts = read_experts(self._taken(node, exact={SCORES}), self._source.index)
            ExpertsEmitter(self._writer, self._bucket, experts).emit()
            self._types[node.output[0]] = self._writer.dtype
        else:
            self._keep(node)

    def _taken(self, node: onnx.NodeProto, exact: Collection[int] = ()) -> onnx.NodeProto:
        """A node whose inputs, weights aside, are what they are here; fp32 those whose numbers are given."""
        taken = onnx.NodeProto()
        taken.CopyFrom(node)
        for place, name in enumerate(node.input):
            if self._known_as.get(name, name) in self._types:
                taken.input[place] = self._value(name, SINGLE if place in exact else self._writer.dtype)
        return taken

    def _rotate(self, node: onnx.NodeProto) -> None:
        """A rotation outside of attention, of queries or of keys."""
        readers = self._source.index.consumers[node.output[0]]
        if len(readers) != 1 or id(readers[0]) not in self._attentions:
            raise UnsupportedModel(
                "{node} rotates what is neither queries nor keys: that cannot be computed on DirectML.",
                "Let the processor compute instead.",
                node=node.name or node.op_type,
            )
        attention, layer = self._attentions[id(readers[0])]
        count = attention.heads if readers[0].input[0] == node.output[0] else layer.heads
        shape, path = (
            [1, self._bucket.tokens, count, layer.head_dim],
            node.output[0].removesuffix("/output_0"),
        )
        heads = self._writer.reshaped(self._value(node.input[0], SINGLE), shape, f"{path}/heads")
        rotation = self._rotations[bool(number(node, "interleaved", 0))]
        cos, sin = node.input[2:4]
        turned = rotation.rotated(heads, count, layer.head_dim, (cos, sin), path)
        self._writer.reshaped(turned, [*shape[:2], count * layer.head_dim], node.output[0])
        self._types[node.output[0]] = SINGLE
