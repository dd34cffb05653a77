"""Adapt a published decoder to the provider that computes it, without copying its weights.

The adapted graph is a new header in a cache folder; its external data are the model's own files.
onnxruntime (1.32) refuses external data that leaves the header's folder, absolute paths, and symbolic
links that lead outside, as in a Hugging Face cache. It does accept another folder to start from:
the session option `session.model_external_initializers_file_folder_path`. So every adapted header
names its data relative to `AdaptedGraph.data_folder`, the folder that holds the resolved files, and a
session must be given that option (`AdaptedGraph.session_options`). Neither links nor rights to write
beside the model are needed, and it works on Windows as well.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import onnx

from app.graph.accuracy import is_small, set_accuracy
from app.graph.adapted_cache import AdaptedCache
from app.graph.conformance import require_conforming, tokens_together
from app.graph.data_folder import DataFolder, locate_data
from app.graph.external_data import check_data, required_bytes
from app.graph.header import parse_header, read_bytes
from app.graph.inputs import bind_inputs
from app.graph.interface import GraphInterface, read_interface
from app.graph.last_logits import keep_last_logits
from app.graph.layout import ModelFolder
from app.graph.look_ups import look_ups, name_nodes
from app.graph.operators import check_operators
from app.graph.split import split
from app.graph.two_steps import compute_logits_in_two_steps
from app.paths import adapted_prefix

_log = logging.getLogger(__name__)

# Raised whenever the adapted graphs of an older version must not be used any more.
_VERSION = 3


@dataclass(frozen=True)
class GraphPlan:
    """What to change.

    Attributes:
        provider: whose kernels compute it, as the table of conformance names it: "cpu" or "webgpu".
        software: that provider's adapter is software.
        exact: no product rounds its activations to int8 (`app.graph.accuracy`).
        last_logits: compute logits for the last position only.
        parts: into how many graphs to cut, for loading side by side.
    """

    provider: str = "cpu"
    software: bool = False
    exact: bool = False
    last_logits: bool = True
    parts: int = 1


@dataclass(frozen=True)
class GraphPart:
    """One part of an adapted decoder.

    Attributes:
        path: its `.onnx` header.
        inputs: names, tensors handed over from earlier parts among them.
        outputs: names, tensors for later parts among them.
    """

    path: Path
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class AdaptedGraph:
    """A decoder ready for its provider.

    Attributes:
        parts: in order of execution.
        interface: of the whole.
        data_folder: where the external data of every part lie.
        look_ups: names of the nodes that take the tokens' rows out of a table; they are the processor's
            on every provider, so that the table takes no graphics memory.
        together: tokens that the provider computes rightly at once; None for any number.
    """

    parts: tuple[GraphPart, ...]
    interface: GraphInterface
    data_folder: Path
    look_ups: tuple[str, ...] = ()
    together: int | None = None

    @property
    def session_options(self) -> Mapping[str, str]:
        """Configuration entries every session over a part needs."""
        return {"session.model_external_initializers_file_folder_path": str(self.data_folder)}


def adapt_graph(folder: ModelFolder, plan: GraphPlan, cache: Path, runtime_version: str) -> AdaptedGraph:
    """Adapt a decoder, or find it adapted already.

    Args:
        folder: the model.
        plan: what to change.
        cache: where adapted graphs are kept; made when needed, safe for concurrent processes.
        runtime_version: of onnxruntime; another version adapts anew.

    Raises:
        ModelDamaged: a file is missing, cut short or no ONNX model.
        NotADecoder: the graph is no decoder with a KV cache.
        UnsupportedModel: it has operators that cannot run.
        StorageError: the model cannot be read, or the cache cannot be written.
    """
    content = read_bytes(folder.graph)
    model = parse_header(content, folder.graph)
    check_operators(model)
    require_conforming(model, folder.graph, plan.provider, runtime_version, software=plan.software)
    interface = read_interface(model)
    name_nodes(model.graph)
    needed = required_bytes(model, folder.graph)
    check_data(folder.graph.parent, needed)
    data = locate_data(folder.graph.parent, needed)
    stored = AdaptedCache(cache).get(
        _key(content, plan, runtime_version, data), lambda: _adapted(model, interface, plan, data)
    )
    parts = tuple(GraphPart(part.path, part.inputs, part.outputs) for part in stored)
    together = tokens_together(model, plan.provider, runtime_version, software=plan.software)
    return AdaptedGraph(parts, interface, data.root, look_ups(model.graph, interface.input_ids), together)


def _adapted(
    model: onnx.ModelProto, interface: GraphInterface, plan: GraphPlan, data: DataFolder
) -> list[onnx.ModelProto]:
    bind_inputs(model.graph, plan.last_logits)
    set_accuracy(model.graph, exact=plan.exact)
    if plan.last_logits and (reason := keep_last_logits(model.graph, interface.logits)):
        _log.info("logits are computed for every position: %s", reason)
    elif plan.last_logits and plan.provider == "cpu" and not plan.exact and is_small(model.graph):
        compute_logits_in_two_steps(model, interface.logits)
    data.point(model)
    return split(model, plan.parts)


def _key(content: bytes, plan: GraphPlan, runtime_version: str, data: DataFolder) -> str:
    graph = hashlib.sha256(content).hexdigest()
    identity = [
        _VERSION,
        graph,
        asdict(plan),
        runtime_version,
        sorted(data.moved.items()),
    ]
    rest = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()
    return adapted_prefix(graph) + rest[:32]
