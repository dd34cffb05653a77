"""How fast this computer reads memory, which limits decoding: a token needs every active weight once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import numpy as np

_BYTES = 1 << 30
_ROUNDS = 8


def read_bandwidth(threads: int) -> float:
    """Bytes a second that so many threads read together, streaming; the best of several rounds.

    numpy gives the interpreter's lock back while it reduces, and asks Linux for large pages, so this comes to
    what a loop in C reads.
    """
    buffer = np.ones(_BYTES // 8, dtype=np.uint64)
    pieces = np.array_split(buffer, threads)
    with ThreadPoolExecutor(threads) as pool:
        return max(_read(pool, pieces) for _ in range(_ROUNDS))


def _read(pool: ThreadPoolExecutor, pieces: list[np.ndarray[tuple[int], np.dtype[np.uint64]]]) -> float:
    start = perf_counter()
    list(pool.map(np.bitwise_xor.reduce, pieces))
    return sum(piece.nbytes for piece in pieces) / (perf_counter() - start)
