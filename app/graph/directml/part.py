"""What the graphs of a decoder have in common: most nodes stay as they are published."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from app.graph.directml.decoder_source import DecoderSource, Graph
from app.graph.directml.device_weight import Layout, is_large
from app.graph.directml.writer import Writer
from app.graph.index import set_attribute

_SINGLE = np.dtype(np.float32)
_BIAS_INPUT = 5
_PRODUCER = "indoors"


class PartWriter:
    """Writes one graph.

    Args:
        source: what it is made from.
    """

    def __init__(self, source: DecoderSource) -> None:
        self._source = source
        self._writer = Writer(source.index, source.folder, source.dtype, narrows=source.narrows)
        self._exact = source.exact

    def _finish(self) -> Graph:
        model = self._writer.finish(_PRODUCER, self._source.version)
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
        set_attribute(kept, "accuracy_level", None)
        if self._source.narrows and not exact:
            _narrow(kept)
        if exact and node.input[0] not in self._exact and not self._source.index.is_constant(node.input[0]):
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
        del node.input[_BIAS_INPUT:]
        while not node.input[-1]:
            del node.input[-1]
        self._writer.keep(node)
        self._writer.node("Add", [product, bias], output)

    def _input(self, name: str, exact: bool) -> str:
        dtype = _SINGLE if exact else None
        maker = self._source.index.producer.get(name)
        if maker is not None and maker.op_type == "Transpose" and self._is_large(maker.input[0]):
            return self._writer.weight(maker.input[0], Layout.TRANSPOSED, dtype)
        return self._writer.read(name, dtype)

    def _is_large(self, name: str) -> bool:
        tensor = self._source.index.initializers.get(name)
        return tensor is not None and len(tensor.dims) == 2 and is_large(tensor)

    def _cast(self, value: str, output: str) -> str:
        return self._writer.node("Cast", [value], output, to=TensorProto.FLOAT)


def _has_bias(node: onnx.NodeProto) -> bool:
    return node.op_type == "MatMulNBits" and len(node.input) > _BIAS_INPUT and bool(node.input[_BIAS_INPUT])


def _narrow(node: onnx.NodeProto) -> None:
    """fp16 in place of fp32 in a node's attributes."""
    for item in node.attribute:
        if node.op_type == "Cast" and item.name == "to" and item.i == TensorProto.FLOAT:
            item.i = TensorProto.FLOAT16
        if item.type == onnx.AttributeProto.TENSOR and item.t.data_type == TensorProto.FLOAT:
            values = numpy_helper.to_array(item.t).astype(np.float16)
            item.t.CopyFrom(numpy_helper.from_array(values, item.t.name))
