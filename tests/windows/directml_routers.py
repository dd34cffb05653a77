"""Watching a decoder on DirectML: what its routers score and choose, beside the logits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray

from app.engine.bucketed.device import GraphDevice
from app.engine.bucketed.load import adapt_for, load_decoder
from app.engine.providers.directml import DirectMl
from app.engine.runtime import IOBinding, RunOptions
from app.graph.directml.adapt import DirectmlModel
from app.graph.directml.bucket import Bucket
from app.graph.directml.decoder_source import Graph
from app.graph.layout import ModelFolder
from app.progress import silent


@dataclass(frozen=True)
class WatchedModel(DirectmlModel):
    """Its bodies also give the scores and the choice of every router."""

    def body(self, bucket: Bucket) -> Graph:
        graph = super().body(bucket)
        names = [name for node in _routers(graph.model) for name in (node.input[0], node.output[1])]
        graph.model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
        return graph


@dataclass(frozen=True)
class WatchedDevice(GraphDevice):
    """Keeps the routers' outputs of every run.

    Attributes:
        names: of them.
        bindings: of the runs since they were last taken.
    """

    names: Sequence[str] = ()
    bindings: list[IOBinding] = field(default_factory=list)

    def keep(self, binding: IOBinding, name: str) -> None:
        for each in self.names:
            binding.bind_output(each)
        self.bindings.append(binding)
        super().keep(binding, name)

    def take(self, tokens: int) -> Iterator[list[NDArray[np.generic]]]:
        """For each run since the last call what the routers gave for its tokens, so many in all."""
        for binding in self.bindings:
            given = binding.get_outputs()[-1 - len(self.names) : -1]
            values = [value.numpy()[:tokens] for value in given]
            tokens -= len(values[0]) if values else 0
            yield values
        self.bindings.clear()


@dataclass(frozen=True)
class Watched:
    """What a model computed.

    Attributes:
        logits: behind every chunk, [chunks, vocabulary].
        scores: of the routers, [tokens, layers, experts]; no layers where there are none.
        chosen: by the routers, [tokens, layers, k].
    """

    logits: NDArray[np.float32]
    scores: NDArray[np.float32]
    chosen: NDArray[np.int64]

    def save(self, path: Path) -> None:
        """Write all of it."""
        np.savez(path, logits=self.logits, scores=self.scores, chosen=self.chosen)


def watch(folder: ModelFolder, ids: Sequence[int], chunks: Sequence[int], context: int) -> Watched:
    """Compute chunk by chunk on DirectML, in fp16."""
    provider = DirectMl("directml", 0)
    adapted = adapt_for(folder, provider, exact=False)
    model = WatchedModel(*(getattr(adapted, each.name) for each in fields(adapted)))
    decoder = load_decoder(model, provider, context, 2, silent, lambda: False)
    routers = _routers(model.body(Bucket(1, 64)).model)
    device = WatchedDevice(provider, [name for node in routers for name in (node.input[0], node.output[1])])
    decoder._device = device  # who binds the outputs of its runs
    rows, runs, past = [], list[list[NDArray[np.generic]]](), 0
    for chunk in chunks:
        rows.append(decoder.compute(ids[past : past + chunk], RunOptions()).astype(np.float32))
        runs.extend(device.take(chunk))
        past += chunk
    empty = np.zeros((past, 0, 0))
    scores, chosen = (_joined(runs, first) if routers else empty for first in (0, 1))
    return Watched(np.stack(rows), scores.astype(np.float32), chosen.astype(np.int64))


def _joined(runs: list[list[NDArray[np.generic]]], first: int) -> NDArray[np.generic]:
    """Every second output from `first` on, [tokens, layers, …]."""
    layers = [np.concatenate(values) for values in list(zip(*runs, strict=True))[first::2]]
    return np.stack(layers, axis=1)


def _routers(model: onnx.ModelProto) -> list[onnx.NodeProto]:
    return [node for node in model.graph.node if node.op_type == "TopK"]
