"""The requests that other programs make: those that go on, and those that ended while the log is on."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

MOST_KEPT = 200
RUNNING = "running"
_OWN = frozenset({"number", "moment"})


@dataclass(frozen=True)
class Entry:
    """One request as it is now.

    Attributes:
        moment: when it came.
        method: of HTTP.
        path: what was asked for.
        model: the one that answers; empty where none is asked.
        state: "running", "completed", "incomplete", "failed", "cancelled" or "refused".
        status: of HTTP; 0 before the answer begins.
        input_tokens: of the prompt; 0 where they are not known.
        output_tokens: of the answer; 0 where they are not known.
        seconds: how long it took so far.
    """

    moment: datetime
    method: str
    path: str
    model: str
    state: str
    status: int
    input_tokens: int
    output_tokens: int
    seconds: float


class RequestLog(QObject):
    """Follows the requests of one window's server; nothing of it is written to the disk.

    Signals:
        changed: a request came, changed or ended, or the log was cleared.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._running: dict[int, Entry] = {}
        self._ended: deque[Entry] = deque(maxlen=MOST_KEPT)
        self._keeping = False

    @property
    def running(self) -> list[Entry]:
        """What is being answered, the newest first."""
        return list(reversed(self._running.values()))

    @property
    def ended(self) -> list[Entry]:
        """What was kept, the newest first."""
        return list(self._ended)

    def keep(self, *, wanted: bool) -> None:
        """Keep requests that end from now on; or none, and forget those that were kept."""
        self._keeping = wanted
        if not wanted:
            self.clear()

    def clear(self) -> None:
        """Forget the requests that ended."""
        self._ended.clear()
        self.changed.emit()

    def hear(self, data: Mapping[str, Any]) -> None:
        """What the server says of a request: the data of the event `request`."""
        number = data["number"]
        before = self._running.pop(number, None)
        moment = before.moment if before else datetime.now().astimezone()
        entry = Entry(moment, **{name: value for name, value in data.items() if name not in _OWN})
        if entry.state == RUNNING:
            self._running[number] = entry
        elif self._keeping:
            self._ended.appendleft(entry)
        self.changed.emit()

    def cut(self) -> None:
        """The server is gone, and what it was answering with it."""
        for number, entry in list(self._running.items()):
            seconds = (datetime.now().astimezone() - entry.moment).total_seconds()
            self.hear({**vars(entry), "number": number, "state": "failed", "seconds": seconds})
