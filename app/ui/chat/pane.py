"""The chat pane: list of conversations, header, conversation, composer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from app.documents.reading import read_document
from app.errors import IndoorsError
from app.history.background import BackgroundHistory
from app.library.fitting import Fitting as Fits
from app.library.store import Store
from app.ui.chat.actions import Actions
from app.ui.chat.announcer import Announcer
from app.ui.chat.answers import Answers
from app.ui.chat.asking import Asking
from app.ui.chat.branch import Branch
from app.ui.chat.composer import Composer
from app.ui.chat.composing import Composing
from app.ui.chat.conversation_area import ConversationArea, Parts
from app.ui.chat.drawing import Drawing
from app.ui.chat.find import Finder
from app.ui.chat.find_bar import FindBar
from app.ui.chat.fitting import Fitting
from app.ui.chat.header import Header
from app.ui.chat.left_out import LeftOut
from app.ui.chat.link_dialog import ask_about_link
from app.ui.chat.listing import Listing
from app.ui.chat.model_choice import ModelChoice
from app.ui.chat.raw_view import RawView
from app.ui.chat.readiness import Readiness
from app.ui.chat.remedies import Remedies
from app.ui.chat.requests import Requests
from app.ui.chat.save_code import SaveCode
from app.ui.chat.selection import Selection
from app.ui.chat.session import Session
from app.ui.chat.sheet import SHEET_WIDTH, Sheet
from app.ui.chat.sheet.styling import Styling
from app.ui.chat.sidebar import Sidebar
from app.ui.chat.switching import Switching
from app.ui.chat.troubles import Troubles
from app.ui.chat.view import ConversationView
from app.ui.chat.welcome import Welcome
from app.ui.elsewhere import Elsewhere
from app.ui.markdown.maths import Maths
from app.ui.notice import Notice
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient

_SIDEBAR_WIDTH = 250
_ROOM_FOR_BOTH = 640


class ChatPane(QWidget):
    """A conversation, and what is needed to have it.

    Args:
        worker: answers.
        elsewhere: answers with models that are not on this computer.
        background: the history.
        store: the models on this computer.
        fitting: judges them as things are now.
        preferences: the settings.
        tasks: runs what clicks start.
        theme: look.

    Signals:
        models_wanted: get other models.
    """

    models_wanted = Signal()

    def __init__(
        self,
        worker: WorkerClient,
        elsewhere: Elsewhere,
        background: BackgroundHistory,
        store: Store,
        fitting: Callable[[], Fits],
        preferences: Preferences,
        tasks: Tasks,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._theme = theme
        self.maths = Maths()
        self.destroyed.connect(self.maths.close)
        drawing = Drawing.make(theme, self.maths)
        models = ModelChoice(store, elsewhere, preferences)
        self.view = ConversationView(drawing)
        self.selection = Selection(self.view)
        self.finder = Finder(self.view, theme)
        self.readiness = Readiness(worker, models)
        self.answers = Answers(Asking(worker, elsewhere), background, self.view, Announcer(self.view))
        self.requests = requests = Requests(models, preferences)
        shown = Branch(self.answers, drawing, self.view, self._actions())
        self.session = Session(self.answers, background, requests, shown)
        self.raw_view = RawView(self.session, requests, worker, elsewhere, background)
        self.left_out = LeftOut(self.view, drawing, lambda: self.run(self.session.shorten(wanted=False)))
        room = Fitting(self.session, requests, self.readiness, preferences, self.run, self)
        self.composer = Composer(theme, tasks, self.readiness.count, read_document)
        self.sidebar = Sidebar(theme)
        self.header = Header(theme)
        self.sheet = Sheet(theme)
        self.find_bar = FindBar(theme)
        self.welcome = Welcome(theme)
        self.notice = Notice(theme)
        self._lay_out()
        self._connect()
        self.switching = Switching(self.header, self.session, self.readiness, models, preferences, self.run)
        elsewhere.changed.connect(self.switching.prepare)
        remedies = Remedies(self.readiness, store, fitting, self.switching.switch, self.run)
        self.troubles = Troubles(self.notice, remedies, self.readiness, self.session)
        self.answers.failed.connect(self.troubles.answer_failed)
        self.listing = Listing(self.sidebar, background, self.session, self.run, theme)
        self.composing = Composing(
            self.composer,
            background,
            self.session,
            self.answers,
            room,
            self.readiness,
            preferences,
            self.run,
        )
        self.styling = Styling(self.sheet, background, self.session, self.readiness, self.header, self.run)
        self._begun = self._narrow = False

    def keyboard_home(self) -> QWidget:
        """The message: a focus proxy would take the pane's children out of the order of the Tab key."""
        return self.composer.input

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something for the user; an error becomes a sentence above the composer."""
        task = self._tasks.start(self._guarded(work))
        task.add_done_callback(lambda _: work.close())  # it may be cancelled before its first step

    def toggle_sidebar(self) -> None:
        """Show the list of conversations, or hide it."""
        self.sidebar.setVisible(self.sidebar.isHidden())

    def toggle_sheet(self) -> None:
        """Show how the conversation is answered, or hide it."""
        opened = self.sheet.isHidden()
        self.sheet.setVisible(opened)
        self.header.sheet_button.setChecked(opened)
        (self.sheet.presets.box if opened else self.composer).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape stops the answer."""
        if event.key() == Qt.Key.Key_Escape and self.answers.busy:
            self.answers.stop()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the first time, show the list and load the model; later, look whether the model changed."""
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self.session.begin()
            self.run(self.listing.refresh())
            self.run(self.styling.refresh())
        self.switching.prepare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where there is room for one thing only, it is the conversation; the list can be shown again."""
        super().resizeEvent(event)
        narrow = event.size().width() < _ROOM_FOR_BOTH
        if narrow != self._narrow:
            self._narrow = narrow
            self.sidebar.setVisible(not narrow)

    async def _guarded(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except IndoorsError as error:
            self.troubles.tell(error)

    def _actions(self) -> Actions:
        return Actions(
            copy=lambda text: QApplication.clipboard().setText(text),
            save_code=lambda code, language: SaveCode(code, language).ask(self, self.run),
            open_link=lambda address: ask_about_link(address, self),
            regenerate=lambda message: self.run(self.session.regenerate(message)),
            edit=self._edit,
            step=lambda message, by: self.run(self.session.step(message, by)),
            go_on=lambda message: self.run(self.session.go_on(message)),
            retry=lambda message: self.run(self.session.regenerate(message)),
            show_raw=lambda message: self.run(self.raw_view.show(message, self)),
        )

    def _edit(self, message_id: int) -> None:
        turn = self.session.shown.turn_of(message_id)
        row = turn.edit(lambda text: self.run(self.session.edit(message_id, text)))
        if (widget := self.view.shown.get(row)) is not None:
            widget.setFocus()

    def _connect(self) -> None:
        self.welcome.chosen.connect(lambda text: self.run(self.session.send(text)))
        self.session.opened.connect(self._opened)
        self.readiness.changed.connect(self._show_place)
        for changed in (self.session.opened, self.session.stored, self.session.options_changed):
            changed.connect(self._show_left_out)
        self.header.sidebar_toggled.connect(self.toggle_sidebar)
        self.header.model.more_wanted.connect(self.models_wanted)
        self.header.find_asked.connect(self.find_bar.open)
        self.header.sheet_toggled.connect(self.toggle_sheet)
        self.sheet.closed.connect(self.toggle_sheet)
        self.find_bar.searched.connect(lambda words: self.run(self.finder.search(words)))
        self.find_bar.stepped.connect(self.finder.step)
        self.find_bar.closed.connect(self._close_find)
        self.finder.found.connect(self.find_bar.show_count)

    def _opened(self) -> None:
        self.notice.hide()
        self.selection.clear()
        self._close_find()

    def _close_find(self) -> None:
        if not self.find_bar.isHidden():
            self.find_bar.hide()
            self.finder.clear()
            self.composer.setFocus()

    def _show_place(self) -> None:
        self.welcome.show_place(self.readiness.host)

    def _show_left_out(self) -> None:
        self.left_out.show(self.session.options, self.session.branch)

    def _lay_out(self) -> None:
        parts = Parts(self.header, self.find_bar, self.welcome, self.view, self.notice, self.composer)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.addWidget(self.sidebar)
        splitter.addWidget(ConversationArea(parts, self._theme))
        splitter.addWidget(self.sheet)
        self.sheet.hide()
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_SIDEBAR_WIDTH, 3 * _SIDEBAR_WIDTH, SHEET_WIDTH])
        splitter.setCollapsible(1, False)
        splitter.setCollapsible(2, False)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
