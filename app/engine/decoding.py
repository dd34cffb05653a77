"""What generation needs of whatever computes logits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.engine.draw import Logits
from app.engine.runtime import RunOptions


class Tokens(Protocol):
    """The tokens whose keys and values are kept.

    Attributes:
        tokens: ids, in order.
    """

    tokens: list[int]

    @property
    def capacity(self) -> int:
        """Tokens there is memory for now."""

    def truncate(self, length: int) -> None:
        """Forget everything behind the first `length` tokens."""


class LogitsSource(Protocol):
    """Computes logits of tokens, behind those it was given before.

    Attributes:
        chunk: the most tokens it may be given at once.
        run_s: seconds spent inside onnxruntime since the start.
    """

    chunk: int
    run_s: float

    @property
    def cache(self) -> Tokens:
        """What it was given before."""

    def compute(self, ids: Sequence[int], options: RunOptions) -> Logits:
        """Append tokens and compute the logits behind the last one.

        Raises:
            InferenceFailed: a kernel failed, or the memory does not hold the cache.
            Cancelled: the run was terminated.
        """
