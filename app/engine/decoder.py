"""Computing logits: token ids through the parts of a graph, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np

from app.engine.draw import Logits
from app.engine.failures import explain_run
from app.engine.kv_cache import KvCache, cache_names
from app.engine.runtime import InferenceSession, IOBinding, OrtValue, RunOptions
from app.graph.adapt import AdaptedGraph, GraphPart
from app.memory_plan import PREFILL_CHUNK


@dataclass
class _Part:
    """One part's session, with a binding that is good while no shape of an output changes.

    `outputs` are in the order of binding: what the cache binds, then the others. A run leaves what it
    allocated bound, so the next one of the same shape writes into the same memory, and `given` and `results`
    need not be bound or asked for again.
    """

    session: InferenceSession
    inputs: frozenset[str]
    cached: tuple[str, ...]
    outputs: tuple[str, ...]
    binding: IOBinding | None = None
    shape: tuple[int, int] | None = None
    given: dict[str, OrtValue] = field(default_factory=dict)
    results: dict[str, OrtValue] = field(default_factory=dict)


class Decoder:
    """A loaded graph.

    Args:
        graph: the adapted graph.
        sessions: one for each part.
        model: the graph's file as the user knows it, for errors.
        cache: its keys and values.

    Attributes:
        chunk: the most tokens it may be given at once.
        run_s: seconds spent inside onnxruntime since the start.
    """

    def __init__(
        self,
        graph: AdaptedGraph,
        sessions: Sequence[InferenceSession],
        model: Path,
        cache: KvCache,
    ) -> None:
        self.cache = cache
        self.chunk = min(PREFILL_CHUNK, graph.together or PREFILL_CHUNK)
        self.run_s = 0.0
        self._interface = graph.interface
        self._model = model
        cached = [present for _, present in cache_names(graph.interface.layers)]
        self._parts = [
            _part(part, session, cached) for part, session in zip(graph.parts, sessions, strict=True)
        ]

    def try_out(self) -> None:
        """Compute one token and forget it: kernels are made ready, and what the device lacks shows now.

        Raises:
            InferenceFailed: as `compute`.
        """
        self.compute([0], RunOptions())
        self.cache.truncate(0)

    def compute(self, ids: Sequence[int], options: RunOptions) -> Logits:
        """Append tokens to the cache and compute the logits behind the last one.

        Args:
            ids: one or more token ids.
            options: of the run; set its `terminate` in another thread to stop it.

        Returns:
            Logits [vocabulary] of the graph's type, valid until the next call.

        Raises:
            InferenceFailed: a kernel failed, or the memory does not hold the cache.
            Cancelled: the run was terminated; the cache is as before.
        """
        with explain_run(self._model):
            past = len(self.cache.tokens)
            self.cache.reserve(past + len(ids))
            tensors = self._inputs(ids, past)
            for part in self._parts:
                tensors |= self._run(part, tensors, len(ids), options)
            self.cache.advance(ids, tensors)
            logits: Logits = tensors[self._interface.logits].numpy()[0, -1]
        return logits

    def _inputs(self, ids: Sequence[int], past: int) -> dict[str, OrtValue]:
        interface = self._interface
        total = past + len(ids)
        arrays = {interface.input_ids: np.array([ids], interface.input_ids_type)}
        if interface.attention_mask:
            arrays[interface.attention_mask] = np.ones((1, total), interface.attention_mask_type)
        if interface.position_ids:
            arrays[interface.position_ids] = np.arange(past, total, dtype=interface.position_ids_type)[None]
        return {name: OrtValue.ortvalue_from_numpy(array) for name, array in arrays.items()}

    def _run(
        self, part: _Part, tensors: Mapping[str, OrtValue], length: int, options: RunOptions
    ) -> dict[str, OrtValue]:
        binding = self._bound(part, length)
        for name in part.inputs:
            value = tensors.get(name)
            if value is not None and part.given.get(name) is not value:
                binding.bind_ortvalue_input(name, value)
                part.given[name] = value
        start = perf_counter()
        part.session.run_with_iobinding(binding, options)
        self.run_s += perf_counter() - start
        if not part.results:
            part.results = dict(zip(part.outputs, binding.get_outputs(), strict=True))
        return part.results

    def _bound(self, part: _Part, length: int) -> IOBinding:
        shape = (self.cache.capacity, length)
        if part.binding is None or part.shape != shape:
            part.binding, part.shape = part.session.io_binding(), shape
            part.given, part.results = {}, {}
            self.cache.bind(part.binding, part.inputs, part.cached)
            for name in part.outputs[len(part.cached) :]:
                part.binding.bind_output(name)
        return part.binding


def _part(part: GraphPart, session: InferenceSession, cached: Sequence[str]) -> _Part:
    mine = tuple(name for name in cached if name in part.outputs)
    others = tuple(name for name in part.outputs if name not in mine)
    return _Part(session, frozenset(part.inputs), mine, mine + others)
