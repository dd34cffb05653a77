"""What the graphs of a decoder have in common: most nodes stay as they are published."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from app.graph.directml.decoder_source import DecoderSource, Graph
from app.graph.directml.device_weight import Layout, is_large
from app.graph.directml.exact import NORM, SKIP_NORM, SUM
from app.graph.directml.writer import Writer
from app.graph.index import number, set_attribute

SINGLE = np.dtype(np.float32)
_FLOATS = {TensorProto.FLOAT, TensorProto.FLOAT16}
_PRODUCER = "indoors"
_BIAS_INPUT, _SKIP_BIAS_INPUT = 5, 3
_OF_SHAPES = {"Shape", "Size"}


class PartWriter:
    """Writes one graph.

    A value is fp32 where the source says so, else of the type of activations, whatever it is in the
    published graph; it is cast where it is read in the other type.

    Args:
        source: what it is made from.
    """

    def __init__(self, source: DecoderSource) -> None:
        self._source = source
        self._writer = Writer(source.index, source.folder, source.dtype)
        self._types: dict[str, np.dtype[Any]] = {}
        self._known_as: dict[str, str] = {}

    def _finish(self) -> Graph:
        model = self._writer.finish(_PRODUCER, self._source.version)
        return Graph(model, tuple(self._writer.weights.values()))

    def _begin(self, published: str, name: str, dtype: np.dtype[Any]) -> None:
        """A value of the published graph is given under another name."""
        self._known_as[published] = name
        self._types[name] = dtype

    def _keep(self, node: onnx.NodeProto) -> None:
        """Append a node as it is, but for weights, what DirectML refuses, and types."""
        if node.op_type == "Transpose" and self._is_large(node.input[0]):
            return  # the product that reads it takes the transposed weight
        if node.op_type == "Cast" and self._is_float(node):
            self._known_as[node.output[0]] = self._known_as.get(node.input[0], node.input[0])
        elif node.op_type == SKIP_NORM and node.output[0] in self._source.exact:
            self._added_and_normed(node)
        elif node.op_type == "Add" and node.output[0] in self._source.exact and self._adds_up(node):
            self._added([self._value(name, SINGLE) for name in node.input], node.output[0])
        else:
            self._kept(node)

    def _kept(self, node: onnx.NodeProto) -> None:
        kept, dtype = self._read(node), self._type(node.output[0])
        set_attribute(kept, "accuracy_level", None)
        _set_floats(kept, dtype)
        if _has_bias(kept):
            self._unbiased(kept)
        else:
            self._writer.keep(kept)
        if node.op_type not in _OF_SHAPES | {"Cast"}:
            self._types.update((name, dtype) for name in node.output)

    def _read(self, node: onnx.NodeProto) -> onnx.NodeProto:
        """A node with its inputs as they are known here, in the type it computes in."""
        dtype, read = self._type(node.output[0]), onnx.NodeProto()
        read.CopyFrom(node)
        del read.input[:]
        read.input.extend(self._value(name, dtype) for name in node.input)
        return read

    def _type(self, name: str) -> np.dtype[Any]:
        return SINGLE if name in self._source.exact else self._writer.dtype

    def _value(self, name: str, dtype: np.dtype[Any]) -> str:
        """What a value of the published graph is called here; floats in the type that is asked for."""
        name = self._known_as.get(name, name)
        made = self._types.get(name)
        if made is None:
            return self._weight(name, dtype)
        if made == dtype:
            return name
        cast = f"/{dtype}/{name}"
        if cast not in self._types:
            self._writer.cast(name, dtype, cast)
            self._types[cast] = dtype
        return cast

    def _weight(self, name: str, dtype: np.dtype[Any]) -> str:
        maker = self._source.index.producer.get(name)
        if maker is not None and maker.op_type == "Transpose" and self._is_large(maker.input[0]):
            return self._writer.weight(maker.input[0], Layout.TRANSPOSED, dtype)
        return self._writer.read(name, dtype)

    def _is_float(self, cast: onnx.NodeProto) -> bool:
        to = {int(number(cast, "to", 0))}
        return to <= _FLOATS and self._known_as.get(cast.input[0], cast.input[0]) in self._types

    def _is_large(self, name: str) -> bool:
        tensor = self._source.index.initializers.get(name)
        return tensor is not None and len(tensor.dims) == 2 and is_large(tensor)

    def _added_and_normed(self, node: onnx.NodeProto) -> None:
        """The residual stream with a layer's share, and the norm of it."""
        given = [self._value(name, SINGLE) for name in node.input]
        result, share = node.output[0], given[1]
        path = result.removesuffix("/output_0")
        total = f"{path}/sum"
        if len(given) > _SKIP_BIAS_INPUT and given[_SKIP_BIAS_INPUT]:
            share = self._writer.node("Add", [share, given[_SKIP_BIAS_INPUT]], f"{path}/share")
        self._added([given[0], share], total)
        epsilon = number(node, "epsilon", 1e-12)
        self._writer.node(NORM, [total, given[2]], result, axis=-1, epsilon=epsilon)
        self._types[result] = SINGLE
        self._known_as.update((name, total) for name in node.output[SUM:])

    def _adds_up(self, node: onnx.NodeProto) -> bool:
        return not any(self._source.index.is_constant(name) for name in node.input)

    def _added(self, parts: list[str], output: str) -> None:
        """The residual stream with a layer's share, fp32 [1, tokens, width]."""
        both = self._writer.node("Concat", parts, f"{output.removesuffix('/output_0')}/rows", axis=0)
        self._writer.summed(both, output)
        self._types[output] = SINGLE

    def _unbiased(self, node: onnx.NodeProto) -> None:
        """DirectML's MatMulNBits refuses a bias."""
        bias, output = node.input[_BIAS_INPUT], node.output[0]
        product = f"/product/{output}"
        node.output[0] = node.name = product
        del node.input[_BIAS_INPUT:]
        while not node.input[-1]:
            del node.input[-1]
        self._writer.keep(node)
        self._writer.node("Add", [product, bias], output)


def _has_bias(node: onnx.NodeProto) -> bool:
    return node.op_type == "MatMulNBits" and len(node.input) > _BIAS_INPUT and bool(node.input[_BIAS_INPUT])


def _set_floats(node: onnx.NodeProto, dtype: np.dtype[Any]) -> None:
    """The type of floats in a node's attributes."""
    for item in node.attribute:
        if item.type == onnx.AttributeProto.TENSOR and item.t.data_type in _FLOATS:
            values = numpy_helper.to_array(item.t).astype(dtype)
            item.t.CopyFrom(numpy_helper.from_array(values, item.t.name))
