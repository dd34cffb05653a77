"""The history as the app sees it: one opened file and its tables."""

from __future__ import annotations

import time
from pathlib import Path

from app.database.connection import BUSY_TIMEOUT_S
from app.history.conversations import Clock, Conversations
from app.history.drafts import Drafts
from app.history.folders import Folders
from app.history.messages import Messages
from app.history.opening import Notice, Opened, open_database
from app.history.presets import Presets
from app.history.search import Search
from app.history.summaries import local_day

DELETED_KEPT_S = 30 * 24 * 3600.0


class History:
    """Conversations on disk. Every method belongs to the thread that opened it; `background.py` gives one.

    Attributes:
        conversations: naming, ordering, deleting.
        messages: the tree of turns.
        folders: named groups.
        presets: instructions under names.
        drafts: what is typed and not sent.
        search: by words.
        clock: seconds since 1970, UTC.
        persistent: what is written stays; False when the folder cannot be written.
        notices: what had to be done at opening, to be shown once.
    """

    def __init__(self, opened: Opened, clock: Clock) -> None:
        self._opened = opened
        self.clock = clock
        self.database = opened.database
        self.persistent = opened.persistent
        self.notices: tuple[Notice, ...] = tuple(opened.notices)
        self.conversations = Conversations(self.database, clock)
        self.messages = Messages(self.database, clock)
        self.folders = Folders(self.database)
        self.presets = Presets(self.database)
        self.drafts = Drafts(self.database)
        self.search = Search(self.database)

    @classmethod
    def open(cls, folder: Path, clock: Clock = time.time, busy_timeout_s: float = BUSY_TIMEOUT_S) -> History:
        """Open, check and repair the history of a folder, and mark answers that were cut.

        Args:
            folder: where it lies; made when missing.
            clock: seconds since 1970, UTC.
            busy_timeout_s: how long to wait for another process's write.

        Raises:
            StorageError: another process holds the file, or the disk failed.
        """
        history = cls(open_database(folder, busy_timeout_s), clock)
        try:
            history.messages.close_cut_answers()
        except BaseException:
            history.close()
            raise
        return history

    def maintain(self) -> None:
        """Erase what was deleted a month ago, tidy, and back up once a day. Call it when nothing waits.

        Raises:
            StorageError: the disk refused.
        """
        self.conversations.purge_deleted(DELETED_KEPT_S)
        self.database.rows("PRAGMA optimize")  # https://www.sqlite.org/pragma.html#pragma_optimize
        today = local_day(self.clock())
        if self.persistent and self._opened.backups.is_due(today):
            self._opened.backups.make(self.database, today.isoformat())

    def close(self) -> None:
        """Give the file back."""
        self.database.close()
