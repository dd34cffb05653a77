"""What can go wrong on the way: faults that the hub server commits when it is told to."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass
class Fault:
    """One way to fail.

    Attributes:
        part: it strikes requests whose path holds this.
        times: how often it strikes.
        status: answer with this status instead.
        headers: sent with the status; also sent over the usual ones of a body.
        delay_s: wait before answering at all.
        reset_after: send so many bytes of the body, then reset the connection.
        stall_after: send so many bytes of the body, then nothing for `stall_s`.
        stall_s: how long a stall lasts.
        short_by: say and send so many bytes less than there are.
        cut_by: say the right length, and end properly so many bytes early.
        flip_at: a byte at this place of the file comes out wrong.
        no_ranges: send the whole file whatever was asked.
        after: let so many matching requests pass first.
    """

    part: str = ""
    times: int = 1
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    reset_after: int | None = None
    stall_after: int | None = None
    stall_s: float = 30.0
    short_by: int = 0
    cut_by: int = 0
    flip_at: int | None = None
    no_ranges: bool = False
    after: int = 0


class Faults:
    """Those that are still to strike."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()
        self.struck = 0

    def add(self, *faults: Fault) -> None:
        with self._lock:
            self._waiting.extend(faults)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def next_for(self, path: str) -> Fault:
        """The fault that strikes this request; one that does nothing where none does."""
        with self._lock:
            for fault in self._waiting:
                if fault.part not in path:
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                self.struck += 1
                return fault
        return Fault()
