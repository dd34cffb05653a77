"""The body and the head of a decoder as graphs for DirectML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

from app.graph.accuracy import routers
from app.graph.directml.attention import (
    SLOT,
    Attention,
    AttentionEmitter,
    bias_name,
    read_attention,
    window_name,
)
from app.graph.directml.bucket import Bucket
from app.graph.directml.cut import Cut
from app.graph.directml.device_weight import DeviceWeight, Layout, is_large
from app.graph.directml.experts import ExpertsEmitter, read_experts
from app.graph.directml.rotation import POSITIONS, Rotation
from app.graph.directml.writer import Writer
from app.graph.emit import MICROSOFT
from app.graph.external_data import tensor_bytes
from app.graph.index import GraphIndex, attribute, reads
from app.graph.interface import GraphInterface, KvLayer

HIDDEN, LAST_ROW, LAST = "hidden", "last.row", "last"
_SINGLE = np.dtype(np.float32)
_INT64 = np.dtype(np.int64)
_BOOL = np.dtype(np.bool_)
_BIAS_INPUT = 5
_PRODUCER = "indoors"


@dataclass(frozen=True)
class Graph:
    """One graph.

    Attributes:
        model: complete; nothing of it lies in other files.
        weights: its inputs that lie on the device, in order.
    """

    model: onnx.ModelProto
    weights: tuple[DeviceWeight, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of all inputs."""
        return tuple(value.name for value in self.model.graph.input)


@dataclass(frozen=True)
class Rewriter:
    """Makes the graphs of one model.

    Attributes:
        index: of the published graph.
        interface: of the published graph.
        parts: where it is cut.
        folder: where its external data start from.
        dtype: of activations on the device.
        version: of the application.
    """

    index: GraphIndex
    interface: GraphInterface
    parts: Cut
    folder: Path
    dtype: np.dtype[Any]
    version: str

    @property
    def narrows(self) -> bool:
        """Whether a graph of fp32 is made one of fp16."""
        return self.dtype != self.interface.kv_type

    def attentions(self) -> Iterator[tuple[Attention, KvLayer]]:
        """Every attention with its cache."""
        layers = {layer.past_key: layer for layer in self.interface.layers}
        for node in self.parts.body:
            if node.op_type == "GroupQueryAttention":
                yield read_attention(node, layers[node.input[3]]), layers[node.input[3]]

    def windows(self) -> list[int]:
        """Every length of a window there is."""
        return sorted({attention.window for attention, _ in self.attentions() if attention.window})

    def body(self, bucket: Bucket) -> Graph:
        """From hidden states to the last layer's, with caches.

        Raises:
            UnsupportedModel: a node asks for what cannot be written out.
            ModelDamaged, StorageError: a weight cannot be read.
        """
        return _Body(self, bucket).write()

    def head(self) -> Graph:
        """From the last layer's hidden states of one position to the logits."""
        return _Head(self).write()


class _Part:
    def __init__(self, rewriter: Rewriter) -> None:
        self._rewriter = rewriter
        self._writer = Writer(rewriter.index, rewriter.folder, rewriter.dtype)
        self._exact = _exact(rewriter.index) if rewriter.narrows else frozenset()

    def _finish(self) -> Graph:
        model = self._writer.finish(_PRODUCER, self._rewriter.version)
        return Graph(model, tuple(self._writer.weights.values()))

    def _keep(self, node: onnx.NodeProto) -> None:
        """Append a node as it is, but for weights, what DirectML refuses, and fp32."""
        if node.op_type == "Transpose" and self._is_large(node.input[0]):
            return  # the product that reads it takes the transposed weight
        kept = onnx.NodeProto()
        kept.CopyFrom(node)
        exact = node.output[0] in self._exact
        del kept.input[:]
        kept.input.extend(self._input(name, exact) for name in node.input)
        if (level := attribute(kept, "accuracy_level")) is not None:
            kept.attribute.remove(level)
        if self._rewriter.narrows and not exact:
            _narrow(kept)
        if exact and node.input[0] not in self._exact and not self._rewriter.index.is_constant(node.input[0]):
            kept.input[0] = self._cast(kept.input[0], f"/exact{node.output[0]}")
        if _has_bias(kept):
            self._unbiased(kept)
        else:
            self._writer.keep(kept)

    def _unbiased(self, node: onnx.NodeProto) -> None:
        """DirectML's MatMulNBits refuses a bias."""
        bias, output = node.input[_BIAS_INPUT], node.output[0]
        product = f"/product/{output}"
        node.output[0] = node.name = product
        del node.input[3:]
        self._writer.keep(node)
        self._writer.node("Add", [product, bias], output)

    def _input(self, name: str, exact: bool) -> str:
        dtype = _SINGLE if exact else None
        maker = self._rewriter.index.producer.get(name)
        if maker is not None and maker.op_type == "Transpose" and self._is_large(maker.input[0]):
            return self._writer.weight(maker.input[0], Layout.TRANSPOSED, dtype)
        return self._writer.read(name, dtype)

    def _is_large(self, name: str) -> bool:
        tensor = self._rewriter.index.initializers.get(name)
        return tensor is not None and len(tensor.dims) == 2 and is_large(tensor)

    def _cast(self, value: str, output: str) -> str:
        return self._writer.node("Cast", [value], output, to=TensorProto.FLOAT)


class _Body(_Part):
    def __init__(self, rewriter: Rewriter, bucket: Bucket) -> None:
        super().__init__(rewriter)
        self._bucket = bucket
        self._attentions = {id(attention.node): (attention, layer) for attention, layer in rewriter.attentions()}
        self._rotations = {
            interleaved: Rotation(self._writer, bucket, interleaved=interleaved) for interleaved in (False, True)
        }

    def write(self) -> Graph:
        self._declare()
        parts, writer = self._rewriter.parts, self._writer
        for node in parts.body:
            self._rewrite(node)
        writer.output(LAST, writer.dtype, (1, 1, parts.width))
        if self._bucket.decodes:
            writer.node("Identity", [self._known(parts.last)], LAST)
        else:
            row = writer.input(LAST_ROW, _INT64, (1,))
            writer.node("Gather", [self._known(parts.last), row], LAST, axis=1)
        return self._finish()

    def _declare(self) -> None:
        """The inputs that change from step to step."""
        writer, bucket, tokens = self._writer, self._bucket, self._bucket.tokens
        writer.input(HIDDEN, writer.dtype, (1, tokens, self._rewriter.parts.width))
        windows = sorted({attention.window or 0 for attention, _ in self._attentions.values()})
        for window in windows:
            keys = bucket.looked_back(window or None) + bucket.recent
            writer.input(bias_name(window or None), writer.dtype, (1, 1, 1, tokens, keys))
            if window:
                writer.input(window_name(window), _INT64, (bucket.looked_back(window),))
        if self._reads_positions():
            writer.input(POSITIONS, _INT64, (1, tokens))
        if bucket.decodes:
            writer.input(SLOT, _BOOL, (1, 1, bucket.recent, 1))

    def _reads_positions(self) -> bool:
        name = self._rewriter.interface.position_ids
        rotates = any(attention.rotates for attention, _ in self._attentions.values())
        return rotates or any(name in node.input for node in self._rewriter.parts.body)

    def _rewrite(self, node: onnx.NodeProto) -> None:
        if node.op_type == "GroupQueryAttention":
            attention, layer = self._attentions[id(node)]
            rotation = self._rotations[attention.interleaved]
            AttentionEmitter(self._writer, self._bucket, attention, layer, rotation).emit()
        elif node.op_type == "QMoE":
            kind = _SINGLE if self._rewriter.narrows else self._writer.dtype
            ExpertsEmitter(self._writer, self._bucket, read_experts(node, self._writer), kind).emit()
        else:
            self._keep(node)

    def _input(self, name: str, exact: bool) -> str:
        if name == self._rewriter.interface.position_ids:
            return POSITIONS
        return self._known(super()._input(name, exact))

    def _known(self, name: str) -> str:
        return HIDDEN if name == self._rewriter.parts.hidden else name


class _Head(_Part):
    def write(self) -> Graph:
        parts, writer, interface = self._rewriter.parts, self._writer, self._rewriter.interface
        writer.input(LAST, writer.dtype, (1, 1, parts.width))
        writer.output(interface.logits, writer.dtype, (1, 1, interface.vocabulary_size))
        for node in parts.head:
            if _is_packed(node) and node.input[1] in self._rewriter.index.initializers:
                self._in_pieces(node)
            else:
                self._keep(node)
        return self._finish()

    def _in_pieces(self, node: onnx.NodeProto) -> None:
        """Memory comes in powers of two, which the levels of a vocabulary miss by far."""
        outputs = []
        levels = self._rewriter.index.initializers[node.input[1]]
        for first, last in _pieces(levels.dims[0], tensor_bytes(levels) // levels.dims[0]):
            rows = (first, last)
            piece = onnx.NodeProto()
            piece.CopyFrom(node)
            piece.input[0] = self._input(node.input[0], exact=False)
            piece.input[1] = self._writer.weight(node.input[1], Layout.STORED, rows=rows)
            scales = self._scales(node.input[2], levels.dims[0])
            piece.input[2] = self._writer.weight(node.input[2], Layout.STORED, rows=(first * scales, last * scales))
            outputs.append(f"{node.output[0]}/{first}")
            del piece.input[3:]
            del piece.attribute[:]
            piece.attribute.extend(item for item in node.attribute if item.name not in {"N", "accuracy_level"})
            piece.attribute.append(helper.make_attribute("N", last - first))
            piece.output[0], piece.name = outputs[-1], outputs[-1]
            self._writer.keep(piece)
        self._writer.node("Concat", outputs, node.output[0], axis=-1)

    def _scales(self, name: str, rows: int) -> int:
        """Entries of the leading dimension of scales that belong to a row of levels."""
        return int(self._rewriter.index.initializers[name].dims[0] // rows)

    def _input(self, name: str, exact: bool) -> str:
        found = super()._input(name, exact)
        return LAST if found == self._rewriter.parts.source else found


def _exact(index: GraphIndex) -> frozenset[str]:
    """What decides between experts, and the constants it is made of: small errors there choose other ones."""
    found, pending = set[str](), list(routers(index))
    while pending:
        name = pending.pop()
        found.add(name)
        node = index.producer.get(name)
        given = reads(node) if node is not None else []
        pending.extend(other for other in given if other in index.producer and index.is_constant(other))
    return frozenset(found)


def _pieces(rows: int, row_bytes: int) -> Iterable[tuple[int, int]]:
    """Ranges of rows that fill powers of two, the last of them as good as it can."""
    first = 0
    while first < rows:
        left = (rows - first) * row_bytes
        fitting = (1 << (left.bit_length() - 1)) // row_bytes // 64 * 64
        wasteful = (1 << (left - 1).bit_length()) > left * 1.15
        last = first + fitting if wasteful and fitting and left > 1 << 20 else rows
        yield first, last
        first = last


def _is_packed(node: onnx.NodeProto) -> bool:
    return node.op_type == "MatMulNBits" and node.domain == MICROSOFT and not any(node.input[3:])


def _has_bias(node: onnx.NodeProto) -> bool:
    return node.op_type == "MatMulNBits" and len(node.input) > _BIAS_INPUT and bool(node.input[_BIAS_INPUT])


def _narrow(node: onnx.NodeProto) -> None:
    """fp16 in place of fp32 in a node's attributes."""
    for item in node.attribute:
        if node.op_type == "Cast" and item.name == "to" and item.i == TensorProto.FLOAT:
            item.i = TensorProto.FLOAT16
        if item.type == onnx.AttributeProto.TENSOR and item.t.data_type == TensorProto.FLOAT:
            values = onnx.numpy_helper.to_array(item.t).astype(np.float16)
            item.t.CopyFrom(onnx.numpy_helper.from_array(values, item.t.name))
