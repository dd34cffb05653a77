"""The composer, the open conversation and the model: drafts, costs, sending, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from app.history.background import BackgroundHistory
from app.history.items import user_item
from app.history.records import Conversation, Draft
from app.ui.chat.answers import Answers
from app.ui.chat.composer import Composer
from app.ui.chat.fitting import Fitting, tokens_used
from app.ui.chat.readiness import Readiness
from app.ui.chat.session import Session
from app.ui.preferences import Preferences


class Composing(QObject):
    """Lets the composer work on the open conversation.

    Args:
        composer: where messages are written.
        background: keeps drafts.
        session: the open conversation.
        answers: lets the worker answer.
        fitting: asks about what does not fit.
        readiness: the model's figures.
        preferences: the settings.
        run: does what the user asks for, and tells of an error.
    """

    def __init__(
        self,
        composer: Composer,
        background: BackgroundHistory,
        session: Session,
        answers: Answers,
        fitting: Fitting,
        readiness: Readiness,
        preferences: Preferences,
        run: Callable[[Coroutine[Any, Any, Any]], None],
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._background = background
        self._session = session
        self._answers = answers
        self._fitting = fitting
        self._readiness = readiness
        self._preferences = preferences
        self._run = run
        self._draft_of: int | None = None
        self._sending = False
        self._late = Draft()
        self._connect()

    def _connect(self) -> None:
        composer, session = self._composer, self._session
        composer.sent.connect(self._send)
        composer.stop_asked.connect(self._answers.stop)
        composer.draft_changed.connect(self._keep_draft)
        composer.effort_chosen.connect(self._choose_effort)
        self._answers.busy_changed.connect(composer.set_busy)
        self._answers.refused_as_too_long.connect(self._fitting.retry_soon)
        session.said.connect(self._said)
        session.not_said.connect(self._not_said)
        session.stored.connect(self.show_use)
        session.opened.connect(self._opened)
        self._readiness.changed.connect(self._show_model)

    def show_use(self) -> None:
        """Show how much of the context the conversation takes."""
        self._composer.set_context(tokens_used(self._session), self._readiness.context_length)

    def _show_model(self) -> None:
        effort = self._session.options.effort or self._preferences.text("effort")
        self._composer.set_efforts(self._readiness.efforts, effort)
        self._composer.forbid(self._readiness.problem)
        self._composer.recount()
        self.show_use()

    def _opened(self, conversation: Conversation | None) -> None:
        self._composer.flush()
        self._composer.set_draft(Draft())  # so that what is typed while the draft is read can be told apart
        self._draft_of = conversation.id if conversation is not None else None
        self._show_model()
        self._run(self._load_draft())

    async def _load_draft(self) -> None:
        wanted = self._draft_of
        draft = await self._background.run(self._background.history.drafts.load, wanted)
        if wanted != self._draft_of:
            return
        if self._sending:
            self._late = draft
        elif draft:
            self._composer.put_before(draft)

    def _keep_draft(self, draft: Draft) -> None:
        self._run(self._background.run(self._background.history.drafts.save, self._draft_of, draft))

    def _send(self, draft: Draft) -> None:
        self._run(self._sent(draft))

    async def _sent(self, draft: Draft) -> None:
        self._sending = True
        try:
            if await self._fitting.settle(user_item(draft.text, draft.attachments)):
                await self._session.send(draft.text, draft.attachments)
        finally:
            self._not_said()

    def _said(self) -> None:
        """The message is on disk, so the draft may go; an edited turn was no draft."""
        if self._sending:
            self._sending = False
            self._composer.finish_sending(kept=True)
            self._keep_draft(Draft())
        conversation = self._session.conversation
        self._draft_of = conversation.id if conversation is not None else None
        self._show_late_draft()

    def _not_said(self) -> None:
        if self._sending:
            self._sending = False
            self._composer.finish_sending(kept=False)
            self._show_late_draft()

    def _show_late_draft(self) -> None:
        """What was read while a message was sent: it is not lost with that message."""
        late, self._late = self._late, Draft()
        if late:
            self._composer.put_before(late)
            self._keep_draft(self._composer.draft())

    def _choose_effort(self, effort: str) -> None:
        self._run(self._session.choose_effort(effort))
