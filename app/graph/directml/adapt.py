"""Make a published decoder ready for DirectML, without a copy of its weights on disk.

A published graph of this kind is wrong on DirectML: its kernel for attention ignores sinks, windows and
rotation, and there is none for quantised experts (`app.graph.conformance_rules`). The graphs made here use
operators that it computes rightly, with fixed shapes, so that it fuses them:

    embedding   on the processor: the published nodes; token ids → hidden states
    body        hidden states → the last one's, reading and writing caches; one graph for each `Bucket`
    head        the last hidden state → logits
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper

from app.errors import UnsupportedModel
from app.graph.conformance import conformance
from app.graph.data_folder import DataFolder, locate_data
from app.graph.directml.append import append_graph
from app.graph.directml.body import BodyWriter
from app.graph.directml.bucket import Bucket
from app.graph.directml.cut import cut
from app.graph.directml.decoder_source import DecoderSource, Graph
from app.graph.directml.device_weight import DeviceWeight
from app.graph.directml.experts import MOST_AT_ONCE
from app.graph.directml.experts_node import OPERATOR as EXPERTS
from app.graph.directml.head import HeadWriter
from app.graph.external_data import check_data, required_bytes
from app.graph.header import read_header
from app.graph.index import GraphIndex, reads
from app.graph.inputs import bind_inputs
from app.graph.interface import GraphInterface, read_interface
from app.graph.layout import ModelFolder
from app.graph.operators import check_operators

_OLDEST_OPSET = 13


@dataclass(frozen=True)
class DirectmlModel:
    """A decoder whose graphs can be made.

    Attributes:
        interface: of the published graph, with the types it has on the device.
        dtype: of activations and caches on the device.
        path: of the published graph.
    """

    interface: GraphInterface
    dtype: np.dtype[Any]
    path: Path
    _source: DecoderSource
    _data: DataFolder
    _model: onnx.ModelProto
    _runtime: str

    @property
    def windows(self) -> list[int]:
        """Every length of a sliding window."""
        return self._source.windows

    @property
    def data_folder(self) -> Path:
        """Where the external data of the embedding's graph lie."""
        return self._data.root

    @property
    def prefills(self) -> bool:
        """Whether prompts are computed in pieces; else token by token, for there are too many experts."""
        nodes = (node for node in self._source.parts.body if node.op_type == EXPERTS)
        counts = (self._source.index.initializers[node.input[2]].dims[0] for node in nodes)
        return max(counts, default=0) <= MOST_AT_ONCE

    def body(self, bucket: Bucket) -> Graph:
        """The graph for some sizes, checked against what is known of DirectML's kernels.

        Raises:
            UnsupportedModel: a node cannot be computed there.
            ModelDamaged, StorageError: a weight cannot be read.
        """
        return self._checked(BodyWriter(self._source, bucket).write())

    def head(self) -> Graph:
        """The graph for the logits; errors as in `body`."""
        return self._checked(HeadWriter(self._source).write())

    def append(self, bucket: Bucket, heads: int, head_dim: int) -> onnx.ModelProto:
        """The graph that moves recent keys or values into the main cache."""
        return append_graph(bucket, heads, head_dim, self.dtype, self._source.version)

    def embedding(self) -> onnx.ModelProto:
        """The graph for the processor: token ids → hidden states, in the published types."""
        source, graph = self._source, onnx.GraphProto(name="embedding")
        graph.node.extend(source.parts.embedding)
        used = {name for node in graph.node for name in reads(node)}
        graph.initializer.extend(tensor for name, tensor in source.index.initializers.items() if name in used)
        ids = source.index.declared[self.interface.input_ids]
        graph.input.append(ids)
        kind = helper.np_dtype_to_tensor_dtype(source.interface.kv_type)
        graph.output.append(helper.make_tensor_value_info(source.parts.hidden, kind, None))
        made = helper.make_model(
            graph, ir_version=self._model.ir_version, opset_imports=self._model.opset_import
        )
        self._data.point(made)
        return made

    def read(self, weight: DeviceWeight) -> np.ndarray[Any, Any]:
        """The values of a weight as they must lie on the device."""
        return weight.read(self._source.folder)

    def _checked(self, graph: Graph) -> Graph:
        for finding in conformance(graph.model, "directml", self._runtime):
            raise UnsupportedModel(
                "DirectML cannot compute {path}: {operator} ({node}): {why}.",
                "Let the processor compute instead.",
                path=self.path,
                operator=finding.rule.operator,
                node=finding.first,
                why=finding.rule.why,
            )
        return graph


def adapt_for_directml(
    folder: ModelFolder, runtime: str, version: str, dtype: np.dtype[Any] | None = None
) -> DirectmlModel:
    """Look whether a decoder can be made ready, and how.

    Args:
        folder: the model.
        runtime: version of onnxruntime.
        version: of the application.
        dtype: of activations on the device; that of the published graph by default.

    Raises:
        ModelDamaged: a file is missing, cut short or no ONNX model.
        NotADecoder: the graph is no decoder with a KV cache.
        UnsupportedModel: it is not made of the parts that are known.
        StorageError: the model cannot be read.
    """
    model = read_header(folder.graph)
    check_operators(model)
    _check_opset(model, folder.graph)
    interface = read_interface(model)
    needed = required_bytes(model, folder.graph)
    check_data(folder.graph.parent, needed)
    bind_inputs(model.graph, last_logits=False)
    index = GraphIndex(model.graph)
    dtype = dtype or interface.kv_type
    parts = cut(index, interface, folder.graph)
    source = DecoderSource(index, interface, parts, folder.graph.parent, dtype, version)
    data = locate_data(folder.graph.parent, needed)
    interface = replace(interface, kv_type=dtype, logits_type=dtype)
    return DirectmlModel(interface, dtype, folder.graph, source, data, model, runtime)


def _check_opset(model: onnx.ModelProto, path: Path) -> None:
    opset = next((each.version for each in model.opset_import if each.domain in {"", "ai.onnx"}), 0)
    if opset < _OLDEST_OPSET:
        raise UnsupportedModel(
            "{path} uses operators of the year it was made in, which cannot be made ready for DirectML.",
            "Choose a newer export of the model.",
            path=path,
        )
