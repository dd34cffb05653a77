"""The fixed sizes a graph is made for: DirectML fuses a graph only when every shape is known."""

from __future__ import annotations

from dataclasses import dataclass

from app.memory_plan import DEVICE_CHUNK


@dataclass(frozen=True)
class Bucket:
    """Sizes of one graph.

    Attributes:
        tokens: computed at once; 1, or `recent` for a piece of a prompt.
        capacity: keys that the main cache has room for.
        recent: keys that the recent cache has room for.
    """

    tokens: int
    capacity: int
    recent: int = DEVICE_CHUNK

    def __post_init__(self) -> None:
        assert self.tokens in {1, self.recent}, self

    @property
    def decodes(self) -> bool:
        """Whether one token is computed, behind others in the recent cache."""
        return self.tokens == 1

    def looked_back(self, window: int | None) -> int:
        """Keys of the main cache that a layer reads, all of them or those its window can reach."""
        return self.capacity if window is None else min(window - 1, self.capacity)
