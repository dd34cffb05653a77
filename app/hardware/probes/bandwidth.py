"""How fast the processor reads memory: decoding reads every active weight once a token, so this bounds it.

The C library's `memcmp` reads two blocks as fast as a loop over vectors does, and ctypes lets go of the
interpreter's lock meanwhile, so threads read side by side.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import psutil

from app.hardware.machine import Bandwidth, Fact, Unknown
from app.phrases import Phrase

_BYTES = 1 << 28
_SECONDS = 0.4
_LEAST_FREE = 1 << 30


class BandwidthProbe:
    """Measures it, unless it was measured before: that takes half a second of every core.

    Args:
        known: what was measured before, bytes a second.
    """

    topic = Phrase("Read bandwidth of the memory")

    def __init__(self, known: float | None = None) -> None:
        self._known = known

    def look(self) -> Iterable[Fact]:
        """Measure."""
        if self._known:
            return [Bandwidth(self._known)]
        if psutil.virtual_memory().available < _LEAST_FREE:
            return [Unknown(self.topic, Phrase("Too little memory is free to measure it."))]
        return [Bandwidth(read_bandwidth(psutil.cpu_count(logical=False) or 1))]


def read_bandwidth(threads: int, size: int = _BYTES, seconds: float = _SECONDS) -> float:
    """Bytes a second that so many threads read together, the best round.

    Args:
        threads: one for each physical core.
        size: of what is read; more than the caches hold.
        seconds: how long to go on; one round at least.

    Raises:
        OSError, ValueError: the memory cannot be had.
    """
    with mmap.mmap(-1, size) as memory:
        if hasattr(mmap, "MADV_HUGEPAGE"):
            memory.madvise(mmap.MADV_HUGEPAGE)
        start = ctypes.addressof(_hold(memory))
        pieces = [(start + number * (size // threads), size // threads) for number in range(threads)]
        with ThreadPoolExecutor(threads, "bandwidth") as pool:
            list(pool.map(_touch, pieces))
            deadline, best = perf_counter() + seconds, 0.0
            while not best or perf_counter() < deadline:
                best = max(best, _round(pool, pieces))
    return best


def _hold(memory: mmap.mmap) -> ctypes.c_char:
    """The first byte; letting go of it lets the memory be closed."""
    return ctypes.c_char.from_buffer(memory)


def _round(pool: ThreadPoolExecutor, pieces: list[tuple[int, int]]) -> float:
    start = perf_counter()
    list(pool.map(_read, pieces))
    return sum(size for _, size in pieces) / (perf_counter() - start)


def _touch(piece: tuple[int, int]) -> None:
    """Write it, so that each page is there; a page that was only read is the same empty one everywhere."""
    address, size = piece
    ctypes.memset(address, 1, size)


def _read(piece: tuple[int, int]) -> None:
    address, size = piece
    _memcmp(address, address + size // 2, ctypes.c_size_t(size // 2))


def _library() -> ctypes.CDLL:
    return ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)


_memcmp = _library().memcmp
_memcmp.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
