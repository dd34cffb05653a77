"""A KV cache that lies in an adapter's memory and never leaves it."""

from __future__ import annotations

from app.engine.kv_cache import SharedBuffers
from app.engine.runtime import InferenceSession
from app.graph.interface import GraphInterface


class DeviceCache(SharedBuffers):
    """Buffers [1, heads, context, head_dim], made whole at the start.

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
        super().__init__(interface)
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
