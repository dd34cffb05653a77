"""The head of a decoder: from the last hidden states to the logits."""

from __future__ import annotations

import onnx

from app.graph.directml.decoder_source import Graph
from app.graph.directml.device_weight import Layout
from app.graph.directml.names import LAST
from app.graph.directml.part import PartWriter
from app.graph.external_data import tensor_bytes
from app.graph.index import set_attribute
from app.memory_plan import row_pieces


class HeadWriter(PartWriter):
    """Writes the head's graph."""

    def write(self) -> Graph:
        """The graph: hidden states of one position → logits."""
        parts, writer, interface = self._source.parts, self._writer, self._source.interface
        writer.input(LAST, writer.dtype, (1, 1, parts.width))
        self._begin(parts.source, LAST, writer.dtype)
        writer.output(interface.logits, writer.dtype, (1, 1, interface.vocabulary_size))
        for node in parts.head:
            if self._is_packed(node):
                self._in_pieces(node)
            else:
                self._keep(node)
        return self._finish()

    def _is_packed(self, node: onnx.NodeProto) -> bool:
        stored = len(node.input) > 1 and node.input[1] in self._source.index.initializers
        return node.op_type == "MatMulNBits" and stored and not any(node.input[3:])

    def _in_pieces(self, node: onnx.NodeProto) -> None:
        """A product in pieces whose levels fill the powers of two that memory comes in."""
        levels, scales = (self._source.index.initializers[name] for name in node.input[1:3])
        rows, of_row = levels.dims[0], scales.dims[0] // levels.dims[0]
        outputs = []
        for first, last in row_pieces(rows, tensor_bytes(levels) // rows):
            piece = onnx.NodeProto()
            piece.CopyFrom(node)
            del piece.input[:]
            piece.input.extend(
                [
                    self._value(node.input[0], self._writer.dtype),
                    self._writer.weight(levels.name, Layout.STORED, rows=(first, last)),
                    self._writer.weight(scales.name, Layout.STORED, rows=(first * of_row, last * of_row)),
                ]
            )
            set_attribute(piece, "N", last - first)
            set_attribute(piece, "accuracy_level", None)
            piece.output[0] = piece.name = f"{node.output[0]}/{first}"
            outputs.append(piece.name)
            self._writer.keep(piece)
        self._writer.node("Concat", outputs, node.output[0], axis=-1)
