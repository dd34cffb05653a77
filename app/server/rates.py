"""How many requests a minute a caller may make: a token bucket for each.

See Turner, "New Directions in Communications (or Which Way to the Information Age?)", IEEE Communications
Magazine 24 (10), 1986.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_MINUTE = 60.0
_MOST_CALLERS = 1024


@dataclass(frozen=True)
class _Bucket:
    """What a caller had left.

    Attributes:
        tokens: requests it could make at once.
        at: when that was, in seconds of the clock.
    """

    tokens: float
    at: float


class Rates:
    """A bucket for each caller: it holds a minute's requests, which may come at once, and fills steadily.

    For one thread. Of many callers those seen last are known; who was forgotten has a full bucket.

    Args:
        per_minute: requests a caller may make; 0: as many as it wants.
        clock: gives seconds, and never goes back.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, caller: str) -> float:
        """Count one request.

        Args:
            caller: a key's hash, or an address.

        Returns:
            Seconds until the caller may come again; 0 where this request passes. Who is refused does not pay.
        """
        if not self._per_minute:
            return 0.0
        per_second, now = self._per_minute / _MINUTE, self._clock()
        known = self._buckets.pop(caller, _Bucket(self._per_minute, now))
        tokens = min(self._per_minute, known.tokens + (now - known.at) * per_second)
        passes = tokens >= 1
        self._buckets[caller] = _Bucket(tokens - passes, now)
        if len(self._buckets) > _MOST_CALLERS:
            del self._buckets[next(iter(self._buckets))]
        return 0.0 if passes else (1 - tokens) / per_second
