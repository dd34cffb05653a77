"""The header, the open conversation and the models: which one answers, and how far loading it is."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.ui.chat.header import Header
from app.ui.chat.model_choice import ModelChoice
from app.ui.chat.progress_text import progress_text
from app.ui.chat.readiness import Readiness
from app.ui.chat.session import Session
from app.ui.preferences import Preferences


class Switching(QObject):
    """Loads the model that the open conversation wants, and lets the user choose another.

    Args:
        header: shows the conversation's title and the model.
        session: the open conversation.
        readiness: loads the model.
        models: what there is.
        preferences: the settings.
        run: does what the user asks for, and tells of an error.
    """

    def __init__(
        self,
        header: Header,
        session: Session,
        readiness: Readiness,
        models: ModelChoice,
        preferences: Preferences,
        run: Callable[[Coroutine[Any, Any, Any]], None],
    ) -> None:
        super().__init__(header)
        self._header = header
        self._session = session
        self._readiness = readiness
        self._models = models
        self._run = run
        readiness.changed.connect(self._show_model)
        preferences.changed.connect(self.prepare)
        session.opened.connect(self.prepare)
        for told in (session.opened, session.stored):
            told.connect(self._show_title)
        menu = header.model
        menu.opening.connect(lambda: menu.offer(models, session.options.model))
        menu.chosen.connect(lambda model_id: run(self.switch(model_id)))
        menu.default_chosen.connect(lambda model_id: run(self._make_default(model_id)))

    def prepare(self) -> None:
        """Load the model, unless it is loaded."""
        self._run(self._readiness.prepare(self._session.options.model))

    async def switch(self, model_id: str) -> None:
        """Let another model answer in this conversation; the worker lets go of the one before first."""
        await self._session.set_options(replace(self._session.options, model=model_id))
        await self._readiness.prepare(model_id)

    async def _make_default(self, model_id: str) -> None:
        self._models.make_default(model_id)

    def _show_model(self) -> None:
        loading, name = self._readiness.loading, self._readiness.name
        under_way = f"{name} – {progress_text(loading)}" if loading is not None else name
        self._header.model.show_text(under_way)

    def _show_title(self) -> None:
        conversation = self._session.conversation
        title = conversation.title if conversation is not None else ""
        self._header.title.show_text(title or self.tr("New conversation"))
