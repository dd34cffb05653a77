"""The files that go with a draft: read by a child process, made of long pastes, taken off again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.errors import IndoorsError
from app.history.items import Attachment
from app.ui.tasks import Tasks
from app.ui.wording import told

ReadFile = Callable[[Path], Awaitable[str]]
"""The text of a file; raises an IndoorsError when it has none."""


class AttachedFiles(QObject):
    """Holds the attachments.

    Args:
        tasks: runs the reading.
        read_file: the text of a file.

    Signals:
        changed: a file came or went.
        reading_changed: reading began or ended.
        failed: why a file could not be attached; empty when a new attempt begins.
    """

    changed = Signal()
    reading_changed = Signal()
    failed = Signal(str)

    def __init__(self, tasks: Tasks, read_file: ReadFile) -> None:
        super().__init__()
        self._tasks = tasks
        self._read_file = read_file
        self._reading = 0
        self.files: tuple[Attachment, ...] = ()

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._reading > 0

    def put(self, files: Sequence[Attachment]) -> None:
        """Replace all, without telling."""
        self.files = tuple(files)

    def add(self, attachment: Attachment) -> None:
        """Attach one more."""
        self.files = (*self.files, attachment)
        self.changed.emit()

    def add_text(self, text: str) -> None:
        """Attach a text that is too long to be edited."""
        self.add(pasted_file(self.tr("Pasted text {number}.txt"), text, self.files))

    def remove(self, place: int) -> None:
        """Take one off."""
        self.files = self.files[:place] + self.files[place + 1 :]
        self.changed.emit()

    def read_soon(self, paths: Sequence[Path]) -> None:
        """Read files and attach them, without waiting for it."""
        self._tasks.start(self.read(paths))

    async def read(self, paths: Sequence[Path]) -> None:
        """Read files and attach them; the first that cannot be read is told, and ends it."""
        self._reading += 1
        self.failed.emit("")
        self.reading_changed.emit()
        try:
            for path in paths:
                self.add(Attachment(path.name, await self._read_file(path), _size_of(path)))
        except IndoorsError as error:
            self.failed.emit(told(error))
        finally:
            self._reading -= 1
            self.reading_changed.emit()


def pasted_file(template: str, text: str, others: Sequence[Attachment]) -> Attachment:
    """A text as an attachment.

    Args:
        template: its name, with a place for a number.
        text: what was pasted.
        others: what is attached already; the name is none of theirs.
    """
    taken = {other.name for other in others}
    names = (template.format(number=number) for number in range(1, len(taken) + 2))
    name = next(name for name in names if name not in taken)
    return Attachment(name, text, len(text.encode(errors="replace")))


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
