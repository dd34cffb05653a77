"""A file that has arrived is read back from the disk; what is wrong is fetched again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.download.protocol import RemoteFile
from app.download.transfer.read_back import Content, ReadBack
from app.download.transfer.segments import FileTask, Segment
from app.download.transfer.tuning import Tuning
from app.errors import Cancelled, ChecksumMismatch, ModelDamaged


@dataclass(frozen=True)
class Verifier:
    """Checks one file after the other.

    Attributes:
        bring: fetches a segment, however long that takes.
        address: the URL or path of a file, for messages.
        stopped: says when to give up.
        tuning: how often wrong content is fetched again.
    """

    bring: Callable[[Segment], None]
    address: Callable[[RemoteFile], str]
    stopped: Callable[[], bool]
    tuning: Tuning

    def verify(self, task: FileTask) -> Content:
        """Make sure that the file on the disk is the published one.

        Raises:
            Cancelled: it was stopped.
            ChecksumMismatch: the host sends another one again and again.
            ModelDamaged: the disk does not keep what is written.
        """
        content = self._read(task)
        if _known(task.file) and _fits(task.file, content):
            return content
        content = self._sound_on_disk(task, content)
        if _fits(task.file, content):
            return content
        for segment in self._segments(task):
            if self._differs_now(segment):
                content = self._sound_on_disk(task, self._read(task))
                if _fits(task.file, content):
                    return content
        task.part.journal.clear()
        raise ChecksumMismatch(
            "{url} is not the published file: its sha256 is {found} instead of {expected}.",
            "Try again later, or another mirror; if it stays, tell the publisher.",
            url=self.address(task.file),
            found=content.sha256,
            expected=task.file.sha256 or task.file.blob,
        )

    def _sound_on_disk(self, task: FileTask, content: Content) -> Content:
        """Parts that are not on the disk as they came in are fetched again."""
        for _ in range(self.tuning.checksum_rounds + 1):
            lost = task.part.lost()
            if not lost:
                return content
            task.part.journal.drop(lost)
            task.reading = ReadBack(task.part)
            for start, end in list(task.part.journal.gaps(task.size or 0)):
                self.bring(Segment(task, start, end))
            content = self._read(task)
        raise ModelDamaged(
            "{path} does not stay as it was written; the disk may be failing.",
            "Check the disk, or choose another models folder.",
            path=task.part.path,
        )

    def _read(self, task: FileTask) -> Content:
        task.part.cut(task.size or 0)
        task.reading.catch_up(self.stopped)
        if self.stopped():
            raise Cancelled("The download was stopped.")
        return task.reading.content()

    def _segments(self, task: FileTask) -> Iterator[Segment]:
        """The whole file, in parts that are fetched again one by one until it is right."""
        size, length = task.size or 0, self.tuning.segment_bytes
        if not task.ranged:
            length = size
        for start in range(0, size, max(length, 1)):
            yield Segment(task, start, min(start + length, size))

    def _differs_now(self, segment: Segment) -> bool:
        start, end, part = segment.start, segment.end or 0, segment.task.part
        before = part.digest(start, end)
        inside = [extent for extent in part.journal.extents() if extent.start < end and extent.end > start]
        first = min((extent.start for extent in inside), default=start)
        last = max((extent.end for extent in inside), default=end)
        part.journal.drop(inside)
        segment.task.reading = ReadBack(part)
        self.bring(Segment(segment.task, min(first, start), max(last, end)))
        return part.digest(start, end) != before


def _known(file: RemoteFile) -> bool:
    return bool(file.sha256 or file.blob)


def _fits(file: RemoteFile, content: Content) -> bool:
    if file.sha256:
        return content.sha256 == file.sha256.lower()
    return not file.blob or not content.blob or content.blob == file.blob
