"""The composer, the open conversation and the model: drafts, costs, sending, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from app.history.background import BackgroundHistory
from app.history.records import Conversation, Draft
from app.ui.chat.composer import Composer
from app.ui.chat.readiness import Readiness
from app.ui.chat.session import Session
from app.ui.preferences import Preferences

_LARGEST = 1_048_576


class Composing(QObject):
    """Lets the composer work on the open conversation.

    Args:
        composer: where messages are written.
        background: keeps drafts.
        session: the open conversation.
        readiness: the model's figures.
        preferences: the settings.
        run: does what the user asks for, and tells of an error.
    """

    def __init__(
        self,
        composer: Composer,
        background: BackgroundHistory,
        session: Session,
        readiness: Readiness,
        preferences: Preferences,
        run: Callable[[Coroutine[Any, Any, Any]], None],
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._background = background
        self._session = session
        self._readiness = readiness
        self._preferences = preferences
        self._run = run
        self._draft_of: int | None = None
        self._connect()

    def _connect(self) -> None:
        composer, session = self._composer, self._session
        composer.sent.connect(self._send)
        composer.overflowed.connect(self._ask_about_overflow)
        composer.stop_asked.connect(session.stop)
        composer.draft_changed.connect(self._keep_draft)
        composer.effort_chosen.connect(self._choose_effort)
        session.busy_changed.connect(composer.set_busy)
        session.said.connect(lambda: composer.finish_sending(kept=True))
        session.not_said.connect(lambda: composer.finish_sending(kept=False))
        session.stored.connect(self.show_use)
        session.opened.connect(self._opened)
        self._readiness.changed.connect(self._show_model)

    def show_use(self) -> None:
        """Show how much of the context the conversation takes."""
        usage = next((m.answer.usage for m in reversed(self._session.branch) if m.answer.usage), {}) or {}
        self._composer.set_context(int(usage.get("total_tokens") or 0), self._readiness.context_length)

    def _show_model(self) -> None:
        effort = self._session.options.effort or self._preferences.text("effort")
        self._composer.set_efforts(self._readiness.efforts, effort)
        self._composer.forbid(self._readiness.problem)
        self._composer.recount()
        self.show_use()

    def _opened(self, conversation: Conversation | None) -> None:
        self._composer.flush()
        self._draft_of = conversation.id if conversation is not None else None
        self._show_model()
        self._run(self._load_draft())

    async def _load_draft(self) -> None:
        wanted = self._draft_of
        draft = await self._background.run(self._background.history.drafts.load, wanted)
        if wanted == self._draft_of and not self._composer.draft():  # noqa: SIM114
            self._composer.set_draft(draft)
        elif wanted == self._draft_of and draft:
            self._composer.set_draft(draft)

    def _keep_draft(self, draft: Draft) -> None:
        self._run(self._background.run(self._background.history.drafts.save, self._draft_of, draft))

    def _send(self, draft: Draft) -> None:
        self._run(self._sent(draft))

    async def _sent(self, draft: Draft) -> None:
        drafts, before = self._background.history.drafts, self._draft_of
        answering = self._session.send(draft.text, draft.attachments)
        await self._background.run(drafts.save, before, Draft())
        await answering

    def _choose_effort(self, effort: str) -> None:
        self._run(self._session.choose_effort(effort))

    def _ask_about_overflow(self, draft: Draft) -> None:
        box = QMessageBox(self._composer)
        box.setObjectName("overflow")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("The conversation and this message do not fit into the context together."))
        box.setInformativeText(
            self.tr("Leave the oldest turns out of what the model reads, or give it a bigger context.")
        )
        shorten = box.addButton(self.tr("Leave out the oldest turns"), QMessageBox.ButtonRole.AcceptRole)
        bigger = box.addButton(self.tr("Bigger context"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        shorten.clicked.connect(lambda: self._run(self._shorten(draft)))
        bigger.clicked.connect(lambda: self._enlarge(draft))
        box.finished.connect(box.deleteLater)
        box.open()

    async def _shorten(self, draft: Draft) -> None:
        await self._session.shorten_from_now_on()
        await self._sent(draft)

    def _enlarge(self, draft: Draft) -> None:
        wanted = min(2 * self._readiness.context_length, _LARGEST)
        self._preferences.set("context", wanted)
        self._send(draft)
