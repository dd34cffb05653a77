"""In which form a graph keeps each of its matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

BLOCK = 32


@dataclass(frozen=True)
class Floats:
    """Floats of one type; a type other than the activations' is widened when the graph is loaded."""

    dtype: np.dtype[Any]


@dataclass(frozen=True)
class Levels:
    """Whole numbers in blocks of a row that share a scale; see `app.graph.quantize`.

    Attributes:
        bits: of a level, 4 or 8.
        block: weights in a block.
        offsets: each block has a float that is added to all of its weights.
    """

    bits: int
    block: int = BLOCK
    offsets: bool = False

    def blocks_in(self, width: int) -> int:
        """Number of blocks in a row."""
        return -(-width // self.block)


Form = Floats | Levels


class Storage(Protocol):
    """Chooses the forms of a whole model."""

    @property
    def label(self) -> str:
        """What a manifest calls it."""
        ...

    @property
    def activations(self) -> np.dtype[Any]:
        """Type of activations, of the KV cache and of the logits."""
        ...

    def form(self, name: str) -> Form:
        """How a matrix that is multiplied with is stored.

        Args:
            name: its logical name. The matrices of experts are floats of the activations' type, or levels
                in blocks of 32 without offsets and all of the same bits.
        """
        ...

    def table(self, name: str) -> Form:
        """How the embedding table is stored."""
        ...
