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


DEVICE_CHUNK = 64
"""Tokens of a prompt that a graph of fixed shapes computes at once; also the slots of its recent cache."""

SMALLEST_ALLOCATION = 1 << 16
_FIRST_DEVICE_CAPACITY = 8192
_ALIGNED_ROWS = 64
_SMALL_MATRIX = 1 << 20
_WASTE = 1.15
_GROUP_BYTES = 1 << 27


def device_capacity(length: int, context: int) -> int:
    """Tokens a cache of fixed size has room for when it must hold `length` tokens of a context.

    Another size means other graphs, which a driver takes seconds to compile, so there are few sizes.
    """
    capacity = _FIRST_DEVICE_CAPACITY
    while capacity < length:
        capacity *= 2
    return max(length, min(capacity, context))


def allocated(size: int) -> int:
    """What a tensor of so many bytes takes on a DirectML device: a power of two, 64 KiB at least.

    (onnxruntime, core/providers/dml/DmlExecutionProvider/src/BucketizedBufferAllocator.cpp.)
    """
    return max(SMALLEST_ALLOCATION, 1 << (size - 1).bit_length())


def row_pieces(rows: int, row_bytes: int) -> Iterator[tuple[int, int]]:
    """Ranges of a matrix's rows, cut so that each fills the power of two that it takes, or nearly so."""
    first = 0
    while first < rows:
        left = (rows - first) * row_bytes
        fitting = (1 << (left.bit_length() - 1)) // row_bytes // _ALIGNED_ROWS * _ALIGNED_ROWS
        wasteful = left > _SMALL_MATRIX and allocated(left) > left * _WASTE
        last = first + fitting if wasteful and fitting else rows
        yield first, last
        first = last


def group_of_experts(count: int, unpacked_bytes: int) -> int:
    """Experts that are multiplied with together, so that their unpacked weights take little at once.

    Args:
        count: of all of them.
        unpacked_bytes: of the larger matrix of one, in fp16.
    """
    return max(1, min(count, _GROUP_BYTES // unpacked_bytes))


def device_workspace(heads: int, context: int, experts: int, unpacked_bytes: int) -> int:
    """What a piece of a prompt takes besides weights and cache.

    Scores before and after their softmax, in fp16, and the unpacked weights of a group of experts.
    """
    scores = 2 * heads * DEVICE_CHUNK * (context + DEVICE_CHUNK)
    return 2 * scores + group_of_experts(experts, unpacked_bytes) * unpacked_bytes
