"""All files of a download, fetched by several connections and checked one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.download.protocol import DownloadState, FileProgress, Resolution
from app.download.selection import local_paths
from app.download.source import ContentChanged, Source
from app.download.transfer.checked import CheckedFiles
from app.download.transfer.fetch import Connection, Fetching
from app.download.transfer.pace import Limit, Slots, Speed
from app.download.transfer.part_file import PartFile
from app.download.transfer.retry import Backoff, Patience, patiently
from app.download.transfer.segments import FileTask, Segment, Segments
from app.download.transfer.tuning import Tuning
from app.download.transfer.verify import Verifier
from app.errors import Cancelled, IndoorsError
from app.manifest import FileRecord

_LEAST_KEPT, _MOST_KEPT = 16 << 10, 1 << 20
_FOLLOW_SECONDS = 0.05


@dataclass(frozen=True)
class Means:
    """What all downloads share.

    Attributes:
        tuning: patience and sizes.
        limit: the bandwidth limit.
        slots: how many connections there may be.
    """

    tuning: Tuning
    limit: Limit
    slots: Slots


@dataclass(frozen=True)
class Places:
    """Where a download puts things: the files, their journals, and what the source needs."""

    files: Path
    journals: Path
    scratch: Path


class Gathering:
    """The files of one resolution on their way to the disk.

    Args:
        source: where they come from.
        resolution: what they are.
        places: where they go.
        means: what all downloads share.
        trouble: hears why something has to wait.
    """

    def __init__(
        self,
        source: Source,
        resolution: Resolution,
        places: Places,
        means: Means,
        trouble: Callable[[IndoorsError], None],
    ) -> None:
        self._means = means
        self._trouble = trouble
        self._stop = threading.Event()
        self._over = threading.Event()
        self._failure: Exception | None = None
        self._files = resolution.files
        self.speed = Speed()
        self.checked = CheckedFiles(places.journals, resolution, places.files)
        places.scratch.mkdir(parents=True, exist_ok=True)
        local = local_paths([file.path for file in resolution.files])
        self.tasks = [
            FileTask(
                file, PartFile(places.files / local[file.path], places.journals / f"{number:05}.extents")
            )
            for number, file in enumerate(resolution.files)
            if file.path not in self.checked.records
        ]
        connections = means.slots.count
        keep = (resolution.bytes or 0) // (means.tuning.kept_share * connections)
        self._shared = Fetching(
            source,
            resolution.reference,
            places.scratch,
            means.limit,
            self.speed,
            self._stop,
            min(max(keep, _LEAST_KEPT), _MOST_KEPT),
            set(),
        )
        self._segments = Segments(self.tasks, connections, means.tuning)
        self._patience = Patience(means.tuning.patience_s)
        self._verifier = Verifier(
            self._bring_again,
            lambda file: source.address(resolution.reference, file),
            self._stop.is_set,
            means.tuning,
        )

    @property
    def missing_bytes(self) -> int:
        """What has still to come; files of unknown size count nothing."""
        return sum(max((task.size or 0) - task.part.journal.bytes, 0) for task in self.tasks)

    def run(self) -> dict[str, FileRecord]:
        """Fetch and check everything; gives the record of each published path.

        Raises:
            Cancelled: it was stopped.
            ContentChanged: a file is another one by now; what there was of it is forgotten.
            IndoorsError: it will not work.
            OSError: the disk refused.
        """
        count = max(1, min(self._means.slots.count, len(self._segments)))
        threads = [
            threading.Thread(target=self._guard, args=(self._work,), daemon=True) for _ in range(count)
        ]
        follower = threading.Thread(target=self._guard, args=(self._follow,), daemon=True)
        try:
            for thread in (follower, *threads):
                thread.start()
            for thread in threads:
                while thread.is_alive():
                    thread.join(self._means.tuning.sync_s)
                    self._guard(self._sync)
            self._guard(self._check_the_rest)
        finally:
            self._over.set()
            follower.join()
        if self._failure is not None:
            raise self._failure
        if self._stop.is_set():
            raise Cancelled("The download was stopped.")
        return self.checked.records

    def close(self) -> None:
        """Close the files."""
        for task in self.tasks:
            task.part.close()

    def stop(self) -> None:
        """End soon; what has arrived is kept."""
        self._stop.set()
        self._over.set()
        self._segments.halt()
        self._shared.abort()

    def progress(self) -> tuple[FileProgress, ...]:
        """How far each file is."""
        tasks = {task.file.path: task for task in self.tasks}
        return tuple(self._progress(file.path, tasks.get(file.path)) for file in self._files)

    def _progress(self, path: str, task: FileTask | None) -> FileProgress:
        if record := self.checked.records.get(path):
            return FileProgress(path, DownloadState.COMPLETED, record.bytes, record.bytes)
        assert task is not None
        if task.verifying:
            return FileProgress(path, DownloadState.VERIFYING, task.reading.position, task.size)
        begun = task.probing or task.part.journal.bytes
        state = DownloadState.DOWNLOADING if begun else DownloadState.QUEUED
        return FileProgress(path, state, task.part.journal.bytes, task.size)

    def _guard(self, work: Callable[[], None]) -> None:
        """The first failure ends everything; those that follow from that are of no interest."""
        try:
            work()
        except Exception as error:
            if self._failure is None and not self._stop.is_set():
                self._failure = error
            self.stop()

    def _work(self) -> None:
        backoff = Backoff(self._means.tuning, self._patience, self._stop)
        while (segment := self._segments.take()) is not None:
            if not self._means.slots.take(self._stop):
                return
            try:
                self._bring(segment, backoff)
            finally:
                self._means.slots.give()
            if self._segments.done(segment) and not self._stop.is_set():
                self._check(segment.task)

    def _bring(self, segment: Segment, backoff: Backoff) -> None:
        connection = Connection(self._shared, self._segments, backoff)
        try:
            patiently(lambda: connection.attempt(segment), backoff, self._stop, self._trouble)
        except ContentChanged:
            segment.task.part.journal.clear()
            raise

    def _bring_again(self, segment: Segment) -> None:
        self._bring(segment, Backoff(self._means.tuning, self._patience, self._stop))

    def _check(self, task: FileTask) -> None:
        task.verifying = True
        content = self._verifier.verify(task)
        task.part.sync()
        self.checked.add(task.file, task.size or 0, content.sha256)

    def _check_the_rest(self) -> None:
        """What was there already when this began, and what is empty."""
        for task in self.tasks:
            if task.file.path not in self.checked.records and not self._stop.is_set():
                self._check(task)

    def _follow(self) -> None:
        """Read back what has arrived, so that little is left to check in the end."""
        while not self._over.wait(_FOLLOW_SECONDS):
            for task in self.tasks:
                if not task.verifying:
                    task.reading.catch_up(self._over.is_set)

    def _sync(self) -> None:
        for task in self.tasks:
            if task.probing and not task.verifying:
                task.part.sync()
