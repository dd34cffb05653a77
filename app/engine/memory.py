"""How much memory there is, how much this process holds, and what a KV cache may take of it."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil

from app.errors import NotEnoughMemory, UsageError

_DEFAULT_SHARE = 0.25
_SMALLEST_DEFAULT = 2048
_STEP = 256


def available_bytes() -> int:
    """Memory, swap space included, that programs can still be given."""
    return int(psutil.virtual_memory().available + _free_swap())


def _free_swap() -> int:
    try:
        return int(psutil.swap_memory().free)
    except (OSError, RuntimeError):  # Windows with its performance counters switched off
        return 0


def private_bytes() -> int:
    """Memory of this process that no file backs; the system can drop mapped weights at any time."""
    process = psutil.Process()
    info = process.memory_info()
    if hasattr(info, "shared"):  # Linux: pages of files and of shared memory
        return int(info.rss - info.shared)
    if sys.platform == "win32":
        return int(info.private)
    return int(process.memory_full_info().uss)


def check_room(model: Path, weight_bytes: int, available: int) -> int:
    """What the weights leave of the available memory, in bytes.

    Args:
        model: the graph's file, for the error.
        weight_bytes: of the model's files; packing them for the processor takes about as much.
        available: memory in bytes.

    Raises:
        NotEnoughMemory: the weights alone do not fit.
    """
    if weight_bytes > available:
        raise NotEnoughMemory(
            "{model} needs {needed} of memory, and {free} are free.",
            "Close other programs, or choose a smaller model.",
            model=model,
            needed=_gigabytes(weight_bytes),
            free=_gigabytes(available),
        )
    return available - weight_bytes


def choose_context(wanted: int | None, longest: int, token_bytes: int, free: int) -> int:
    """Choose the context length.

    Args:
        wanted: what the user asked for, in tokens; None lets the memory decide.
        longest: the most the model was made for.
        token_bytes: of the KV cache, for each token.
        free: memory in bytes that the cache may come out of.

    Returns:
        Tokens: what was wanted, else as many as a quarter of the free memory holds (2,048 at least, and at
        most what the model was made for).

    Raises:
        UsageError: more than the model was made for, or more than the memory holds.
    """
    if wanted is None:
        fitting = int(free * _DEFAULT_SHARE) // token_bytes // _STEP * _STEP
        return min(longest, max(fitting, _SMALLEST_DEFAULT))
    if not 1 < wanted <= longest:
        raise UsageError(
            "A context of {wanted} tokens is not possible: this model takes 2 to {longest}.",
            "Use --context {most} or less.",
            wanted=wanted,
            longest=longest,
            most=str(longest),
        )
    if wanted * token_bytes > free:
        raise UsageError(
            "A context of {wanted} tokens needs {needed} of memory, and {free} are free.",
            "Use --context {possible} or less, or close other programs.",
            wanted=wanted,
            needed=_gigabytes(wanted * token_bytes),
            free=_gigabytes(free),
            possible=str(max(free // token_bytes // 2, 2)),
        )
    return wanted


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
