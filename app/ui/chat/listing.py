"""The sidebar and the history: what the user does in the one is done to the other."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from app.history.background import BackgroundHistory
from app.ui.chat.session import Session
from app.ui.chat.sidebar import Sidebar
from app.ui.chat.sidebar.deleted_dialog import DeletedDialog
from app.ui.chat.transferring import Transferring
from app.ui.theme import Theme

Run = Callable[[Coroutine[Any, Any, Any]], None]
"""Does something for the user and tells of an error."""


class Listing(QObject):
    """Keeps the sidebar true to the history.

    Args:
        sidebar: what is shown.
        background: the history.
        session: the open conversation.
        run: does what the user asks for.
        theme: look of its dialogs.
    """

    def __init__(
        self, sidebar: Sidebar, background: BackgroundHistory, session: Session, run: Run, theme: Theme
    ) -> None:
        super().__init__(sidebar)
        self._sidebar = sidebar
        self._background = background
        self._history = background.history
        self._session = session
        self._run = run
        self._theme = theme
        self._transferring = Transferring(sidebar, background, self._do)
        self._connect()

    async def refresh(self) -> None:
        """Show the list as it is now."""
        run, history = self._background.run, self._history
        summaries = await run(history.conversations.summaries)
        folders = await run(history.folders.all)
        self._sidebar.show_conversations(summaries, folders, date.today())
        self._mark()

    async def open_hit(self, conversation_id: int, message_id: int) -> None:
        """Show a message that a search found, on its own branch."""
        await self._background.run(self._history.messages.select, message_id)
        await self._session.open(conversation_id)
        self._session.show_message(message_id)

    async def show_deleted(self) -> None:
        """Open the list of what was deleted lately."""
        deleted = await self._background.run(self._history.conversations.deleted)
        dialog = DeletedDialog(deleted, self._theme, self._sidebar)
        dialog.restored.connect(self._sidebar.restored)
        dialog.open()

    async def export_all(self) -> None:
        """Ask for a file, and write every conversation into it."""
        summaries = await self._background.run(self._history.conversations.summaries)
        self._transferring.export_all([line.id for line in summaries])

    def _connect(self) -> None:
        sidebar, session, conversations = self._sidebar, self._session, self._history.conversations
        sidebar.new_wanted.connect(session.begin)
        sidebar.opened.connect(lambda number: self._run(session.open(number)))
        sidebar.hit_opened.connect(lambda number, message: self._run(self.open_hit(number, message)))
        sidebar.renamed.connect(lambda number, title: self._do(conversations.rename, number, title))
        sidebar.pinned.connect(lambda number, pinned: self._do(conversations.pin, number, pinned))
        sidebar.moved.connect(lambda number, folder: self._do(conversations.move, number, folder))
        sidebar.moved_to_new.connect(lambda number, name: self._run(self._move_to_new(number, name)))
        sidebar.folder_renamed.connect(
            lambda number, name: self._do(self._history.folders.rename, number, name)
        )
        sidebar.folder_dissolved.connect(lambda number: self._do(self._history.folders.delete, number))
        sidebar.deleted.connect(self._delete)
        sidebar.restored.connect(lambda number: self._do(conversations.restore, number))
        sidebar.exported.connect(self._transferring.export)
        sidebar.import_wanted.connect(self._transferring.bring_in)
        sidebar.searched.connect(lambda words: self._run(self._search(words)))
        session.stored.connect(lambda: self._run(self.refresh()))
        session.opened.connect(lambda _: self._mark())

    def _do(self, call: Callable[..., object], *arguments: object) -> None:
        self._run(self._done(call, *arguments))

    async def _done(self, call: Callable[..., object], *arguments: object) -> None:
        try:
            await self._background.run(call, *arguments)
            await self._session.reload_title()
        finally:
            await self.refresh()

    def _delete(self, conversation_id: int) -> None:
        open_now = self._session.conversation
        if open_now is not None and open_now.id == conversation_id:
            self._session.begin()
        self._do(self._history.conversations.delete, conversation_id)

    async def _move_to_new(self, conversation_id: int, name: str) -> None:
        folder = await self._background.run(self._history.folders.create, name)
        await self._done(self._history.conversations.move, conversation_id, folder)

    async def _search(self, words: str) -> None:
        hits = await self._background.run(self._history.search.find, words) if words else []
        self._sidebar.show_hits(words, hits)

    def _mark(self) -> None:
        conversation = self._session.conversation
        self._sidebar.set_current(conversation.id if conversation is not None else None)
