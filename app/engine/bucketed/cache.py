"""Keys and values on the device: a main cache that steps only read, and a recent one that they write.

A step gives back the recent cache alone; when that is full it is moved into the main cache, a layer at a
time, on the device. So a token copies little, and no key or value passes through the processor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.engine.bucketed.device import GraphDevice
from app.engine.kv_cache import cache_names
from app.engine.runtime import InferenceSession, IOBinding, OrtValue, RunOptions
from app.graph.directml.names import MAIN, MOVED, PLACES, RECENT, new_name, recent_name
from app.graph.interface import GraphInterface, KvLayer


class DeviceCache:
    """Keys and values of `tokens`.

    Args:
        interface: of the published graph.
        dtype: of keys and values.
        device: where they lie.
        recent: slots of the recent cache.

    Attributes:
        tokens: ids whose keys and values are here, in order.
        moved: how many of them are in the main cache.
        capacity: tokens that the main cache has room for.
    """

    def __init__(
        self, interface: GraphInterface, dtype: np.dtype[np.floating], device: GraphDevice, recent: int
    ) -> None:
        self.tokens: list[int] = []
        self.moved = 0
        self.capacity = 0
        self.slots = recent
        self._layers, self._dtype, self._device = interface.layers, dtype, device
        self._main: dict[str, OrtValue] = {}
        self._recent = {name: self._empty(layer, recent) for name, layer in self._named()}
        self._next = {name: self._empty(layer, recent) for name, layer in self._named()}
        self._spare: dict[tuple[int, int], OrtValue] = {}

    @property
    def recent(self) -> int:
        """Tokens in the recent cache."""
        return len(self.tokens) - self.moved

    def grow(self, capacity: int) -> None:
        """Make the main cache larger; what it holds passes through the processor, this once."""
        self._spare.clear()
        for name, layer in self._named():
            old = self._main.pop(name, None)
            if old is None or not self.moved:
                self._main[name] = self._empty(layer, capacity)
            else:
                grown = np.zeros((1, layer.heads, capacity, layer.head_dim), self._dtype)
                grown[:, :, : self.moved] = old.numpy()[:, :, : self.moved]
                self._main[name] = self._device.put(grown)
        for layer in self._layers:
            self._spare[layer.heads, layer.head_dim] = self._empty(layer, capacity)
        self.capacity = capacity

    def truncate(self, length: int) -> None:
        """Forget everything behind the first `length` tokens: slots behind them are written again."""
        del self.tokens[length:]
        self.moved = min(self.moved, len(self.tokens))

    def bind(self, binding: IOBinding, inputs: Sequence[str]) -> None:
        """Bind both caches as far as a graph reads them, and the recent one of the next step."""
        for name, _ in self._named():
            if name in inputs:
                binding.bind_ortvalue_input(name, self._main[name])
            if recent_name(name) in inputs:
                binding.bind_ortvalue_input(recent_name(name), self._recent[name])
            binding.bind_ortvalue_output(new_name(name), self._next[name])

    def advance(self, ids: Sequence[int]) -> None:
        """A run over `ids` has succeeded."""
        self.tokens.extend(ids)
        self._recent, self._next = self._next, self._recent

    def move(self, appends: dict[tuple[int, int], InferenceSession], options: RunOptions) -> None:
        """Move the recent tokens into the main cache.

        Args:
            appends: sessions that do it, by heads and width of a head.
            options: of the runs.
        """
        if not self.recent:
            return
        places = np.arange(self.capacity)
        places[self.moved : len(self.tokens)] = self.capacity + np.arange(self.recent)
        for name, layer in self._named():
            size = (layer.heads, layer.head_dim)
            binding = appends[size].io_binding()
            binding.bind_ortvalue_input(MAIN, self._main[name])
            binding.bind_ortvalue_input(RECENT, self._recent[name])
            binding.bind_cpu_input(PLACES, places)
            binding.bind_ortvalue_output(MOVED, self._spare[size])
            appends[size].run_with_iobinding(binding, options)
            self._main[name], self._spare[size] = self._spare[size], self._main[name]
        self.moved = len(self.tokens)

    def _named(self) -> Iterator[tuple[str, KvLayer]]:
        for layer in self._layers:
            for past, _ in cache_names([layer]):
                yield past, layer

    def _empty(self, layer: KvLayer, keys: int) -> OrtValue:
        return self._device.zeros((1, layer.heads, keys, layer.head_dim), self._dtype)
