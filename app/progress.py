"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a phase ("load", "prefill", "quantize" …), what is done and the total, in the phase's unit."""


def silent(phase: str, done: int, total: int) -> None:
    """A Progress that nobody watches."""
