"""Computing logits with graphs of fixed shapes: prompts in pieces, answers token by token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.bucketed.cache import DeviceCache
from app.engine.bucketed.device import GraphDevice
from app.engine.bucketed.seen import step_inputs
from app.engine.bucketed.sessions import GraphSession, Sessions, Weights
from app.engine.draw import Logits
from app.engine.failures import explain_run
from app.engine.placement import Share, read_placement
from app.engine.runtime import OrtValue, RunOptions
from app.graph.directml.adapt import DirectmlModel
from app.graph.directml.bucket import Bucket
from app.graph.directml.names import HIDDEN, LAST
from app.memory_plan import DEVICE_CHUNK, PREFILL_CHUNK, device_capacity

# A piece of a prompt that is shorter goes token by token: a run over a whole piece takes longer.
_FEW = 8


class BucketedDecoder:
    """A loaded graph of fixed shapes.

    Args:
        model: its graphs.
        sessions: over them.
        weights: on the device.
        device: where it computes.
        context: the most tokens it will ever hold.
        recent: slots of the recent cache.

    Attributes:
        cache: its keys and values.
        chunk: the most tokens it may be given at once.
        sessions: over its graphs.
        run_s: seconds spent inside onnxruntime since the start.
    """

    def __init__(
        self,
        model: DirectmlModel,
        sessions: Sessions,
        weights: Weights,
        device: GraphDevice,
        context: int,
        recent: int = DEVICE_CHUNK,
    ) -> None:
        self.cache = DeviceCache(model.interface, model.dtype, device, recent)
        self.chunk = PREFILL_CHUNK
        self.run_s = 0.0
        self._model, self.sessions, self._weights = model, sessions, weights
        self._device, self._context = device, context
        self._reserve(1)

    @property
    def placement(self) -> Mapping[str, Share]:
        """What each execution provider computes of one token."""
        return read_placement(self.sessions.placed())

    def try_out(self) -> None:
        """Compute one token and forget it: what the device lacks shows now. Errors as in `compute`."""
        self.compute([0], RunOptions())
        self.cache.truncate(0)

    def compute(self, ids: Sequence[int], options: RunOptions) -> Logits:
        """Append tokens to the cache and compute the logits behind the last one.

        Args:
            ids: one or more token ids.
            options: of the run; set its `terminate` in another thread to stop it.

        Returns:
            Logits [vocabulary] of the device's type.

        Raises:
            InferenceFailed: a kernel failed, or the memory does not hold the cache.
            Cancelled: the run was terminated; the cache holds what was computed until then.
        """
        with explain_run(self._model.path):
            self._reserve(len(self.cache.tokens) + len(ids))
            for piece in self._pieces(ids):
                last = self._step(piece, options)
            return self._logits(last, options)

    def _pieces(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        """As many tokens as a graph takes at once."""
        slots = self.cache.slots
        for start in range(0, len(ids), slots):
            piece = ids[start : start + slots]
            if len(piece) > min(_FEW, slots - 1) and self.sessions.prefill is not None:
                yield piece
            else:
                yield from ([token] for token in piece)

    def _step(self, ids: Sequence[int], options: RunOptions) -> OrtValue:
        """Compute one token, or a piece of a prompt; the hidden states of the last."""
        cache, decodes = self.cache, len(ids) == 1
        if not decodes or cache.recent == cache.slots:
            cache.move(self.sessions.appends, options)
        bucket = Bucket(1 if decodes else cache.slots, cache.capacity, cache.slots)
        graph = self.sessions.decode if decodes else self.sessions.prefill
        assert graph is not None
        windows, dtype = self._model.windows, self._model.dtype
        inputs = dict(step_inputs(bucket, cache.moved, cache.recent, len(ids), windows, dtype))
        inputs[HIDDEN] = self._embedded(ids, bucket.tokens)
        last = self._run(graph, inputs, options)
        cache.advance(ids)
        return last

    def _embedded(self, ids: Sequence[int], tokens: int) -> NDArray[Any]:
        """Hidden states of some tokens, fp32 [1, tokens, width], with zeros behind them."""
        given = np.array([ids], self._model.interface.input_ids_type)
        (found,) = self.sessions.embedding.run(None, {self._model.interface.input_ids: given})
        rows = np.asarray(found)
        result = np.zeros((1, tokens, rows.shape[-1]), np.float32)
        result[:, : len(ids)] = rows
        return result

    def _run(self, graph: GraphSession, inputs: Mapping[str, NDArray[Any]], options: RunOptions) -> OrtValue:
        binding = graph.session.io_binding()
        for name in graph.weights:
            binding.bind_ortvalue_input(name, self._weights[name])
        for name, values in inputs.items():
            if name in graph.inputs:
                binding.bind_cpu_input(name, values)
        self.cache.bind(binding, graph.inputs)
        self._device.keep(binding, LAST)
        self._timed(graph, binding, options)
        last: OrtValue = binding.get_outputs()[-1]
        return last

    def _logits(self, last: OrtValue, options: RunOptions) -> Logits:
        head = self.sessions.head
        binding = head.session.io_binding()
        binding.bind_ortvalue_input(LAST, last)
        for name in head.weights:
            binding.bind_ortvalue_input(name, self._weights[name])
        binding.bind_output(self._model.interface.logits)
        self._timed(head, binding, options)
        logits: Logits = binding.get_outputs()[0].numpy()[0, -1]
        return logits

    def _timed(self, graph: GraphSession, binding: Any, options: RunOptions) -> None:
        start = perf_counter()
        graph.session.run_with_iobinding(binding, options)
        self.run_s += perf_counter() - start

    def _reserve(self, length: int) -> None:
        """Make room for `length` tokens, with sessions of that size."""
        if length <= self.cache.capacity:
            return
        capacity = device_capacity(length, self._context)
        self.sessions.open(capacity, self.cache.slots)
        self.cache.grow(capacity)
