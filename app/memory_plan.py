"""What the engine's memory on the processor depends on, as far as the engine decides it.

The engine computes by these rules and the fit estimates by them, so both sides read them here.
"""

from __future__ import annotations

from collections.abc import Iterator

# Long enough for the kernels to run at full speed, short enough for progress and for the memory that
# attention takes: heads x chunk x length probabilities (docs/performance.md).
PREFILL_CHUNK = 256
"""Tokens of a prompt that are computed at once."""

_PART_BYTES = 1 << 31
_MOST_PARTS = 24
# GroupQueryAttention with sinks writes probabilities [heads, sequence, length of the buffer], used or not
# (onnxruntime, gqa_attention_base.h), so a buffer starts small and doubles.
_FIRST_CAPACITY = 1024


def graph_parts(weight_bytes: int) -> int:
    """Sessions a model is loaded as: one for a small model, else one for about two gigabytes each."""
    return max(1, min(round(weight_bytes / _PART_BYTES), _MOST_PARTS))


def cache_capacity(now: int, length: int, context: int) -> int:
    """Tokens a shared KV cache has room for after it grew to hold `length` of a context."""
    capacity = max(now, _FIRST_CAPACITY)
    while capacity < length:
        capacity *= 2
    return max(length, min(capacity, context))


def cache_capacities(length: int, context: int) -> Iterator[int]:
    """Every capacity that a conversation growing to `length` tokens passes through."""
    capacity = 0
    while capacity < length:
        capacity = cache_capacity(capacity, min(capacity + 1, length), context)
        yield capacity


_FIRST_DEVICE_CAPACITY = 8192


def device_capacity(length: int, context: int) -> int:
    """Tokens a cache of fixed size has room for when it must hold `length` tokens of a context.

    Another size means other graphs, which a driver takes seconds to compile, so there are few sizes.
    """
    capacity = _FIRST_DEVICE_CAPACITY
    while capacity < length:
        capacity *= 2
    return max(length, min(capacity, context))
