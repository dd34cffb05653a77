"""What a step tells its graph: where each query stands, and what it sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.graph.directml.bucket import Bucket
from app.graph.directml.names import LAST_ROW, MASKED, POSITIONS, SLOT, bias_name, window_name


def step_inputs(
    bucket: Bucket, moved: int, recent: int, tokens: int, windows: list[int], dtype: np.dtype[Any]
) -> Iterator[tuple[str, NDArray[Any]]]:
    """The small inputs of a run, by name.

    Rows behind `tokens` fill a piece of a prompt that is shorter than the bucket; they see like the others,
    since a row that saw nothing could spread numbers that are none.

    Args:
        bucket: sizes.
        moved: tokens whose keys are in the main cache.
        recent: tokens whose keys are in the recent cache.
        tokens: that are computed.
        windows: the lengths of sliding windows.
        dtype: of activations.
    """
    positions = moved + recent + np.arange(bucket.tokens)
    slots = moved + np.arange(bucket.recent)
    yield POSITIONS, positions[None]
    yield bias_name(None), _bias(positions, np.arange(bucket.capacity), moved, slots, None, dtype)
    for window in windows:
        reached = moved - bucket.looked_back(window) + np.arange(bucket.looked_back(window))
        yield window_name(window), np.maximum(reached, 0)
        yield bias_name(window), _bias(positions, reached, moved, slots, window, dtype)
    if bucket.decodes:
        yield SLOT, (np.arange(bucket.recent) == recent).reshape(1, 1, -1, 1)
    else:
        yield LAST_ROW, np.array([tokens - 1])


def _bias(
    positions: NDArray[np.int64],
    main: NDArray[np.int64],
    moved: int,
    slots: NDArray[np.int64],
    window: int | None,
    dtype: np.dtype[Any],
) -> NDArray[Any]:
    """0 for keys that a query sees, `MASKED` for others: [1, 1, 1, tokens, keys]."""
    query = positions[:, None]
    in_main = np.broadcast_to((main >= 0) & (main < moved), (len(positions), len(main)))
    seen = np.concatenate([in_main, slots <= query], axis=1)
    if window is not None:
        seen &= np.concatenate([main, slots]) > query - window
    return np.where(seen, 0, MASKED).astype(dtype)[None, None, None]
