"""Whether a model fits into this computer's memory, from its size alone.

A first answer, before the graph is read: it knows nothing of graphics memory or of the context chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import psutil

from app.library.catalog import Variant
from app.library.installed import InstalledModel

# 17.1 GB for the 13.9 GB of gpt-oss-20b's weights: those that are repacked lie in memory beside the file's.
_OVERHEAD = 1.23
_RUNTIME_BYTES = 200_000_000


class Verdict(StrEnum):
    """Whether it runs."""

    RUNS = "runs"
    TIGHT = "tight"
    DOES_NOT_FIT = "does not fit"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Memory:
    """The computer's memory in bytes: what is free now, and all of it."""

    free: int
    total: int


@dataclass(frozen=True)
class Fit:
    """A verdict and the two numbers it rests on, in bytes.

    Attributes:
        verdict: "tight" means that it fits once other programs are closed.
        needed: None when the model's size is not known.
        free: what it could have now.
    """

    verdict: Verdict
    needed: int | None
    free: int

    @property
    def runs(self) -> bool:
        """It is known to run, if need be once other programs are closed."""
        return self.verdict in {Verdict.RUNS, Verdict.TIGHT}


def memory_now() -> Memory:
    """What the system says at this moment."""
    found = psutil.virtual_memory()
    return Memory(found.available, found.total)


def memory_needed(weight_bytes: int | None, measured: int | None = None) -> int | None:
    """What a model takes when it runs.

    Args:
        weight_bytes: size of its files; None when unknown.
        measured: what was measured with this very variant, if it was.
    """
    if measured or not weight_bytes:
        return measured
    return round(weight_bytes * _OVERHEAD) + _RUNTIME_BYTES


def judge(needed: int | None, memory: Memory, freed: int = 0) -> Fit:
    """Compare what a model needs with what there is.

    Args:
        needed: bytes; None when unknown.
        memory: of the computer.
        freed: bytes that the model loaded now gives back before the new one is loaded.
    """
    free = min(memory.free + freed, memory.total)
    if needed is None:
        return Fit(Verdict.UNKNOWN, None, free)
    if needed <= free:
        return Fit(Verdict.RUNS, needed, free)
    return Fit(Verdict.TIGHT if needed <= memory.total else Verdict.DOES_NOT_FIT, needed, free)


def of_model(model: InstalledModel, memory: Memory) -> Fit:
    """Whether an installed model runs here now."""
    return judge(memory_needed(model.manifest.bytes), memory)


def of_variant(variant: Variant, memory: Memory) -> Fit:
    """Whether a variant of the catalogue would run here now."""
    return judge(memory_needed(variant.known_bytes, variant.memory_bytes), memory)
