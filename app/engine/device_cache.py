"""A KV cache that lies in an adapter's memory and never leaves it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.engine.kv_cache import cache_names
from app.engine.runtime import InferenceSession, IOBinding, OrtValue
from app.graph.interface import GraphInterface


class DeviceCache:
    """Buffers [1, heads, context, head_dim] that are past and present at once, made whole at the start.

    To grow them would mean to copy every head's rows on the adapter, which no call of onnxruntime does.

    Args:
        interface: of a graph that shares its caches.
        context: tokens they have room for.
        session: computes the graph; the buffers are its own.
        memory: where they lie, as onnxruntime calls it: "webgpu".
    """

    def __init__(
        self, interface: GraphInterface, context: int, session: InferenceSession, memory: str
    ) -> None:
        self.tokens: list[int] = []
        self._interface = interface
        self._context = context
        self._values = {
            name: session.create_ortvalue_from_shape_and_type(
                [1, layer.heads, context, layer.head_dim], interface.kv_type.type, memory
            )
            for layer in interface.layers
            for name in (layer.past_key, layer.past_value)
        }

    @property
    def capacity(self) -> int:
        """Tokens the buffers have room for."""
        return self._context

    def reserve(self, length: int) -> None:
        """There is room for the whole context already."""

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
