"""The chat pane: header, conversation, input."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.errors import IndoorsError
from app.history.background import BackgroundHistory
from app.history.records import Conversation
from app.library.store import Store
from app.ui.chat.actions import Actions
from app.ui.chat.drawing import Drawing
from app.ui.chat.input_line import InputLine
from app.ui.chat.link_dialog import ask_about_link
from app.ui.chat.model_choice import ModelChoice
from app.ui.chat.save_code import SaveCode
from app.ui.chat.session import Session
from app.ui.chat.view import ConversationView
from app.ui.chat.welcome import Welcome
from app.ui.controls import button, frame, label
from app.ui.markdown.maths import Maths
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient


class ChatPane(QWidget):
    """A conversation, and what is needed to have it.

    Args:
        worker: answers.
        background: the history.
        store: the models on this computer.
        preferences: the settings.
        tasks: runs what clicks start.
        theme: look.
    """

    def __init__(
        self,
        worker: WorkerClient,
        background: BackgroundHistory,
        store: Store,
        preferences: Preferences,
        tasks: Tasks,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._theme = theme
        self._preferences = preferences
        self._models = ModelChoice(store, preferences)
        self.maths = Maths()
        self.destroyed.connect(self.maths.close)
        drawing = Drawing.make(theme, self.maths)
        self.view = ConversationView(drawing)
        self.session = Session(
            worker, background, self._models, preferences, drawing, self.view, self._actions()
        )
        self.input = InputLine(theme)
        self.welcome = Welcome(theme)
        self._title = label("", "subtitle")
        self._model = label("", "caption")
        self._notice = self._make_notice()
        self._lay_out()
        self._connect()
        self.session.begin()
        self.setFocusProxy(self.input)

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something for the user; an error becomes a sentence above the input."""
        self._notice.hide()
        self._tasks.start(self._guarded(work))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape stops the answer."""
        if event.key() == Qt.Key.Key_Escape and self.session.busy:
            self.session.stop()
        else:
            super().keyPressEvent(event)

    async def _guarded(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except IndoorsError as error:
            self._notice_text.setText(str(error))
            self._notice.show()

    def _actions(self) -> Actions:
        return Actions(
            copy=lambda text: QApplication.clipboard().setText(text),
            save_code=lambda code, language: SaveCode(code, language).ask(self, self.run),
            open_link=lambda address: ask_about_link(address, self),
            regenerate=lambda message: self.run(self.session.regenerate(message)),
            edit=lambda message: None,
            step=lambda message, by: self.run(self.session.step(message, by)),
            go_on=lambda message: self.run(self.session.go_on(message)),
            retry=lambda message: self.run(self.session.regenerate(message)),
            show_raw=lambda message: None,
        )

    def _send(self, text: str) -> None:
        self.run(self.session.send(text))

    def _connect(self) -> None:
        self.input.submitted.connect(self._send)
        self.input.stop_asked.connect(self.session.stop)
        self.welcome.chosen.connect(self._send)
        self.session.busy_changed.connect(self.input.set_busy)
        self.session.stored.connect(self._show_title)
        self.session.opened.connect(lambda _: self._show_title())
        self.view.laid_out.connect(self._choose_page)
        self._preferences.changed.connect(lambda _: self._show_title())

    def _show_title(self) -> None:
        conversation: Conversation | None = self.session.conversation
        title = conversation.title if conversation is not None else ""
        self._title.setText(title or self.tr("New conversation"))
        try:
            self._model.setText(self._models.choose(self.session.options.model).name)
        except IndoorsError as error:
            self._model.setText(error.message)

    def _choose_page(self) -> None:
        self._pages.setCurrentWidget(self.view if self.view.turns else self.welcome)

    def _make_notice(self) -> QWidget:
        made = frame("notice-danger")
        layout = QHBoxLayout(made)
        self._notice_text = label("", wrap=True, selectable=True)
        close = button(self.tr("Close"), "quiet")
        close.clicked.connect(made.hide)
        layout.addWidget(self._notice_text, 1)
        layout.addWidget(close)
        made.hide()
        return made

    def _lay_out(self) -> None:
        space = self._theme.tokens.space
        header = QHBoxLayout()
        header.setContentsMargins(space.l, space.s, space.l, space.s)
        header.addWidget(self._title, 1)
        header.addWidget(self._model)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addWidget(frame("line"))
        layout.addWidget(pages, 1)
        layout.addWidget(self._notice)
        layout.addWidget(self.input)
