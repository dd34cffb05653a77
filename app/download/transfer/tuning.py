"""The numbers of the transfer, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """How patient and how fine-grained the transfer is.

    Attributes:
        first_delay_s: wait before the first new attempt; doubled each time, with jitter.
        longest_delay_s: what the wait grows to.
        patience_s: a download fails after so long without a new byte.
        obeys: a host that asks for a wait is given it, however long.
        segment_bytes: the least one request asks for, when there is more to share out.
        largest_segment_bytes: the most.
        kept_share: one part in so many of a download may be lost with a connection that is cut off.
        sync_s: seconds after which what was fetched has to be on the disk itself: what a power cut may cost.
        checksum_rounds: how often wrong content is fetched again.
    """

    first_delay_s: float = 0.5
    longest_delay_s: float = 60.0
    patience_s: float = 300.0
    obeys: bool = True
    segment_bytes: int = 8 << 20
    largest_segment_bytes: int = 32 << 20
    kept_share: int = 200
    sync_s: float = 5.0
    checksum_rounds: int = 2
