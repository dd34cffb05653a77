"""The graph that moves recent keys or values into the main cache."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx

from app.graph.directml.bucket import Bucket
from app.graph.directml.names import MAIN, MOVED, PLACES, RECENT
from app.graph.emit import NodeEmitter

_INT64 = np.dtype(np.int64)


def append_graph(
    bucket: Bucket, heads: int, head_dim: int, dtype: np.dtype[Any], version: str
) -> onnx.ModelProto:
    """Both caches one behind the other, and of them the keys at some places.

    Inputs: the main cache [1, heads, capacity, head_dim], the recent one, and for each key of the new main
    cache its place in the two. Output: the new main cache.

    Args:
        bucket: sizes.
        heads: of keys and values.
        head_dim: width of one.
        dtype: element type.
        version: of the application.
    """
    emitter = NodeEmitter()
    shape = (1, heads, bucket.capacity, head_dim)
    emitter.input(MAIN, dtype, shape)
    emitter.input(RECENT, dtype, (1, heads, bucket.recent, head_dim))
    emitter.input(PLACES, _INT64, (bucket.capacity,))
    emitter.output(MOVED, dtype, shape)
    both = emitter.node("Concat", [MAIN, RECENT], "both", axis=2)
    emitter.node("Gather", [both, PLACES], MOVED, axis=2)
    return emitter.finish("indoors", version)
