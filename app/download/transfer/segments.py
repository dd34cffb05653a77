"""Who fetches what: the parts of all files of a download, handed out to its connections."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from app.download.protocol import RemoteFile
from app.download.transfer.part_file import PartFile
from app.download.transfer.read_back import ReadBack
from app.download.transfer.tuning import Tuning


class FileTask:
    """One file of a download while it is fetched.

    Attributes:
        file: what is fetched.
        part: where it goes.
        size: None until it is known.
        ranged: whether the host gives parts; None until it has answered once.
        reading: reads it back, close behind what arrives.
    """

    def __init__(self, file: RemoteFile, part: PartFile) -> None:
        self.file = file
        self.part = part
        self.size = file.bytes
        self.ranged: bool | None = None
        self.probing = False
        self.reading = ReadBack(part)
        self.verifying = False
        self.open_segments = 0


@dataclass
class Segment:
    """A missing part of a file; `end` is None where the size is unknown."""

    task: FileTask
    start: int
    end: int | None


class Segments:
    """The segments that nobody works on yet.

    The first segment of a file is fetched alone until the host has shown whether it gives parts.

    Args:
        tasks: the files.
        connections: how many share the work.
        tuning: sizes.
    """

    def __init__(self, tasks: Iterable[FileTask], connections: int, tuning: Tuning) -> None:
        self._tuning = tuning
        self._connections = connections
        self._waiting: deque[Segment] = deque()
        self._changed = threading.Condition()
        self._halted = False
        for task in sorted(tasks, key=lambda task: task.size or 0):
            self._waiting.extend(self._cut(task))

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self) -> Segment | None:
        """The next segment; waits where only a first answer can tell; None when nothing is left."""
        with self._changed:
            while self._waiting and not self._halted:
                for segment in self._waiting:
                    if segment.task.ranged or not segment.task.probing:
                        self._waiting.remove(segment)
                        segment.task.probing = True
                        return segment
                self._changed.wait(0.5)
            return None

    def answered(self, segment: Segment, *, ranged: bool) -> None:
        """The host has shown whether it gives parts; if not, the segment becomes all the rest of the file."""
        with self._changed:
            task = segment.task
            if task.ranged is None:
                task.ranged = ranged
                if not ranged:
                    behind = [extent for extent in task.part.journal.extents() if extent.end > segment.start]
                    task.part.journal.drop(behind)
                    dropped = [other for other in self._waiting if other.task is task]
                    for other in dropped:
                        self._waiting.remove(other)
                    task.open_segments -= len(dropped)
                    segment.end = task.size
            self._changed.notify_all()

    def done(self, segment: Segment) -> bool:
        """A segment has arrived; whether it was the last one of its file."""
        with self._changed:
            segment.task.open_segments -= 1
            return segment.task.open_segments == 0

    def halt(self) -> None:
        """Hand nothing out any more."""
        with self._changed:
            self._halted = True
            self._changed.notify_all()

    def _cut(self, task: FileTask) -> list[Segment]:
        if task.size is None:
            task.open_segments = 1
            return [Segment(task, task.part.journal.bytes if _is_prefix(task.part) else 0, None)]
        share = task.size // (self._connections * 4)
        length = min(max(share, self._tuning.segment_bytes), self._tuning.largest_segment_bytes)
        segments = [
            Segment(task, start, min(start + length, end))
            for first, end in task.part.journal.gaps(task.size)
            for start in range(first, end, length)
        ]
        task.open_segments = len(segments)
        return segments


def _is_prefix(part: PartFile) -> bool:
    return not any(True for _ in part.journal.gaps(part.journal.bytes))
