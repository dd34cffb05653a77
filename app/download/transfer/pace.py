"""How fast: the bandwidth limit, the number of connections, the measured speed."""

from __future__ import annotations

import threading
import time
from collections import deque

_WINDOW_S = 5.0
_BURST_S = 0.25


class Limit:
    """A bandwidth limit that all connections share: a token bucket.

    Args:
        bytes_per_s: 0 for none.
    """

    def __init__(self, bytes_per_s: int) -> None:
        self._rate = bytes_per_s
        self._free_at = 0.0
        self._lock = threading.Lock()

    def set(self, bytes_per_s: int) -> None:
        """Change it."""
        with self._lock:
            self._rate = bytes_per_s
            self._free_at = 0.0

    def largest_read(self, wanted: int) -> int:
        """How much to read at once, so that a low limit does not come in bursts."""
        return min(wanted, max(int(self._rate * _BURST_S), 4096)) if self._rate else wanted

    def took(self, count: int, stop: threading.Event) -> None:
        """So many bytes came; wait until more may."""
        with self._lock:
            if not self._rate:
                return
            now = time.monotonic()
            self._free_at = max(self._free_at, now) + count / self._rate
            delay = self._free_at - now
        stop.wait(delay)


class Slots:
    """How many connections there may be at once.

    Args:
        count: so many.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._taken = 0
        self._changed = threading.Condition()

    @property
    def count(self) -> int:
        """So many may be taken."""
        return self._count

    def set(self, count: int) -> None:
        """Change it; connections beyond it end by themselves."""
        with self._changed:
            self._count = count
            self._changed.notify_all()

    def take(self, stop: threading.Event) -> bool:
        """Wait for a free one; False when stopped first."""
        with self._changed:
            while not self._changed.wait_for(lambda: self._taken < self._count, timeout=0.1):
                if stop.is_set():
                    return False
            self._taken += 1
            return True

    def give(self) -> None:
        """Give one back."""
        with self._changed:
            self._taken -= 1
            self._changed.notify()


class Speed:
    """Bytes a second over the last few seconds; only bytes that are told count."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])
        self._total = 0
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        """New bytes came."""
        with self._lock:
            self._total += count

    def bytes_per_s(self) -> float:
        """The speed now; call it regularly."""
        with self._lock:
            now = time.monotonic()
            if now - self._samples[-1][0] > _WINDOW_S / 20:
                self._samples.append((now, self._total))
            while len(self._samples) > 2 and now - self._samples[1][0] > _WINDOW_S:
                self._samples.popleft()
            begun, before = self._samples[0]
            return (self._total - before) / (now - begun) if now - begun > _WINDOW_S / 20 else 0.0
