"""The KV cache: keys and values of every layer, for the tokens computed so far.

Where every cache goes through GroupQueryAttention, past and present are one buffer and a step writes its rows
in place. Other graphs concatenate: a step's present becomes the next step's past.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.engine.runtime import IOBinding, OrtValue
from app.graph.interface import GraphInterface, KvLayer
from app.memory_plan import cache_capacity


class KvCache(Protocol):
    """Keys and values of `tokens`, bound to the inputs and outputs of a run.

    Attributes:
        tokens: ids whose keys and values are in the cache, in order.
    """

    tokens: list[int]

    @property
    def capacity(self) -> int:
        """Tokens a run's bindings are good for; another number means binding anew."""

    def reserve(self, length: int) -> None:
        """Make room for `length` tokens; MemoryError when there is none."""

    def truncate(self, length: int) -> None:
        """Forget everything behind the first `length` tokens."""

    def bind(self, binding: IOBinding, inputs: Collection[str], outputs: Collection[str]) -> None:
        """Bind those pasts and presents that are among a graph part's inputs and outputs."""

    def advance(self, ids: Sequence[int], outputs: Mapping[str, OrtValue]) -> None:
        """A run over `ids` has succeeded; `outputs` are those of all parts that were not bound to buffers."""


def make_cache(interface: GraphInterface, context: int) -> KvCache:
    """An empty cache of the kind a graph needs.

    Args:
        interface: of the graph.
        context: the most tokens it will ever hold.
    """
    return SharedCache(interface, context) if interface.shares_kv else ConcatenatedCache(interface)


def bytes_per_token(interface: GraphInterface) -> int:
    """What one token takes in the cache, all layers together."""
    return sum(2 * layer.heads * layer.head_dim for layer in interface.layers) * interface.kv_type.itemsize


class SharedBuffers:
    """Buffers that are past and present at once; who inherits says where they lie and how they grow.

    Args:
        interface: of a graph that shares its caches.
    """

    def __init__(self, interface: GraphInterface) -> None:
        self.tokens: list[int] = []
        self._interface = interface
        self._values: dict[str, OrtValue] = {}

    def truncate(self, length: int) -> None:
        """Rows behind the tokens are simply written again."""
        del self.tokens[length:]

    def bind(self, binding: IOBinding, inputs: Collection[str], outputs: Collection[str]) -> None:
        """Bind each buffer as a past and as its present."""
        for past, present in cache_names(self._interface.layers):
            if past in inputs:
                binding.bind_ortvalue_input(past, self._values[past])
            if present in outputs:
                binding.bind_ortvalue_output(present, self._values[past])

    def advance(self, ids: Sequence[int], outputs: Mapping[str, OrtValue]) -> None:
        """The buffers hold the rows already."""
        del outputs
        self.tokens.extend(ids)


class SharedCache(SharedBuffers):
    """Buffers [1, heads, capacity, head_dim] in this computer's memory."""

    def __init__(self, interface: GraphInterface, context: int) -> None:
        super().__init__(interface)
        self._context = context
        self._arrays: dict[str, NDArray[Any]] = {}
        self._capacity = 0
        self.reserve(1)

    @property
    def capacity(self) -> int:
        """Tokens the buffers have room for."""
        return self._capacity

    def reserve(self, length: int) -> None:
        """Grow the buffers by doubling, up to the context; one at a time, so little memory is held twice."""
        if length <= self._capacity:
            return
        capacity = cache_capacity(self._capacity, length, self._context)
        for layer in self._interface.layers:
            for name in (layer.past_key, layer.past_value):
                self._grow(name, (1, layer.heads, capacity, layer.head_dim))
        self._capacity = capacity

    def _grow(self, name: str, shape: tuple[int, ...]) -> None:
        grown = np.zeros(shape, self._interface.kv_type)
        used = len(self.tokens)
        if used:
            grown[:, :, :used] = self._arrays[name][:, :, :used]
        self._arrays[name] = grown
        self._values[name] = OrtValue.ortvalue_from_numpy(grown)


class ConcatenatedCache:
    """Values [1, heads, length, head_dim] that every run returns longer."""

    def __init__(self, interface: GraphInterface) -> None:
        self.tokens: list[int] = []
        self._interface = interface
        self._values: dict[str, OrtValue] = {}
        for layer in interface.layers:
            empty = np.zeros((1, layer.heads, 0, layer.head_dim), interface.kv_type)
            for name in (layer.past_key, layer.past_value):
                self._values[name] = OrtValue.ortvalue_from_numpy(empty)

    @property
    def capacity(self) -> int:
        """Exactly the tokens it holds: bindings last for one run."""
        return len(self.tokens)

    def reserve(self, length: int) -> None:
        """Every run allocates its own presents."""

    def truncate(self, length: int) -> None:
        """Copy the first rows out of the values."""
        if length >= len(self.tokens):
            return
        del self.tokens[length:]
        for name, value in self._values.items():
            kept = np.ascontiguousarray(value.numpy()[:, :, :length])
            self._values[name] = OrtValue.ortvalue_from_numpy(kept)

    def bind(self, binding: IOBinding, inputs: Collection[str], outputs: Collection[str]) -> None:
        """Bind the pasts; the presents are allocated by the run."""
        for past, present in cache_names(self._interface.layers):
            if past in inputs:
                binding.bind_ortvalue_input(past, self._values[past])
            if present in outputs:
                binding.bind_output(present)

    def advance(self, ids: Sequence[int], outputs: Mapping[str, OrtValue]) -> None:
        """The presents become the pasts."""
        for past, present in cache_names(self._interface.layers):
            self._values[past] = outputs[present]
        self.tokens.extend(ids)


def cache_names(layers: Sequence[KvLayer]) -> Iterator[tuple[str, str]]:
    """Each past with its present, in the order in which caches bind them."""
    for layer in layers:
        yield layer.past_key, layer.present_key
        yield layer.past_value, layer.present_value
