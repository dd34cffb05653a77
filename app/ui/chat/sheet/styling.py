"""The sheet, the open conversation and the presets: what is edited in the one is done to the others."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from app.history.background import BackgroundHistory
from app.ui.chat.header import Header
from app.ui.chat.readiness import Readiness
from app.ui.chat.session import Session
from app.ui.chat.sheet.sheet import Sheet


class Styling(QObject):
    """Keeps the sheet true to the open conversation.

    Args:
        sheet: what is shown.
        background: keeps the presets.
        session: the open conversation.
        readiness: the model's own sampling.
        header: its button tells whether anything is changed.
        run: does what the user asks for, and tells of an error.
    """

    def __init__(
        self,
        sheet: Sheet,
        background: BackgroundHistory,
        session: Session,
        readiness: Readiness,
        header: Header,
        run: Callable[[Coroutine[Any, Any, Any]], None],
    ) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._background = background
        self._session = session
        self._readiness = readiness
        self._header = header
        self._run = run
        sheet.edited.connect(lambda options: run(session.set_options(options)))
        sheet.presets.save_asked.connect(lambda name: run(self._save(name)))
        sheet.presets.rename_asked.connect(lambda old, new: run(self._rename(old, new)))
        sheet.presets.delete_asked.connect(lambda name: run(self._delete(name)))
        session.options_changed.connect(self._show_options)
        readiness.changed.connect(self._show_defaults)
        for told in (sheet.edited, session.options_changed):
            told.connect(self._mark)

    async def refresh(self) -> None:
        """Offer the presets that are kept."""
        self._sheet.offer(await self._background.run(self._background.history.presets.all))

    def _show_options(self) -> None:
        self._sheet.show_options(self._session.options)

    def _show_defaults(self) -> None:
        self._sheet.show_defaults(self._readiness.sampling)

    def _mark(self) -> None:
        self._header.mark_changed(changed=self._sheet.changed)

    async def _save(self, name: str) -> None:
        await self._background.run(self._background.history.presets.save, self._sheet.preset(name))
        await self.refresh()

    async def _rename(self, old: str, new: str) -> None:
        await self._background.run(self._background.history.presets.rename, old, new)
        await self.refresh()

    async def _delete(self, name: str) -> None:
        await self._background.run(self._background.history.presets.delete, name)
        await self.refresh()
