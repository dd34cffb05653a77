"""The composer: everything between a thought and a sent message."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.history.items import Attachment
from app.history.records import Draft
from app.ui.chat.composer.attaching import AttachedFiles, ReadFile
from app.ui.chat.composer.box import ComposerBox
from app.ui.chat.composer.counting import Cost, Count, DraftCounter
from app.ui.chat.composer.message_input import LONG_PASTE, local_files
from app.ui.chat.composer.obstacles import Obstacles
from app.ui.controls import allow, label
from app.ui.tasks import Tasks
from app.ui.theme import Theme

DRAFT_PAUSE_MS = 400


class Composer(QWidget):
    """Writes a draft and tells when it is to be sent; it keeps nothing itself.

    A draft that was sent stays, greyed, until `finish_sending` says what became of it.

    Args:
        theme: look.
        tasks: runs counting and reading.
        count: tokens of each text.
        read_file: the text of a file.

    Signals:
        sent: the draft, which is to be kept and answered.
        stop_asked: stop the answer.
        draft_changed: the draft, a moment after the last key.
        effort_chosen: low, medium or high.
    """

    sent = Signal(object)
    stop_asked = Signal()
    draft_changed = Signal(object)
    effort_chosen = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, count: Count, read_file: ReadFile) -> None:
        super().__init__()
        self._theme = theme
        self.attached = AttachedFiles(tasks, read_file)
        self.attached.setParent(self)
        self._used, self._size = 0, 0
        self._cost = Cost()
        self._obstacles = Obstacles()
        self._counter = DraftCounter(count, tasks, self._show_cost)
        self.box = box = ComposerBox(theme)
        self.input, self.chips, self.effort, self.ring = box.input, box.chips, box.effort, box.ring
        self.send, self.stop, self.attach_button = box.send, box.stop, box.attach
        self.problem = label("", "danger", wrap=True, selectable=True)
        self.problem.hide()
        self._save_pause = QTimer(self)
        self._save_pause.setSingleShot(True)
        self._save_pause.setInterval(DRAFT_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setFocusProxy(self.input)
        self._allow()

    def draft(self) -> Draft:
        """What is written now."""
        return Draft(self.input.toPlainText(), self.attached.files)

    def set_draft(self, draft: Draft) -> None:
        """Show a draft, without telling that it changed."""
        self.flush()
        self._show_problem("")
        is_long = len(draft.text) > LONG_PASTE
        self._put("" if is_long else draft.text, draft.attachments)
        if is_long:
            self.attached.add_text(draft.text)
        self._save_pause.stop()

    def put_before(self, draft: Draft) -> None:
        """Show a draft, and after it what was typed meanwhile."""
        typed = self.draft()
        text = "\n".join(part for part in (draft.text, typed.text) if part)
        self.set_draft(Draft(text, (*draft.attachments, *typed.attachments)))
        self.input.moveCursor(QTextCursor.MoveOperation.End)
        if typed:
            self._save_pause.start()

    def flush(self) -> None:
        """Tell of a change now that would be told in a moment."""
        if self._save_pause.isActive():
            self._save_pause.stop()
            self.draft_changed.emit(self.draft())

    def finish_sending(self, *, kept: bool) -> None:
        """Say what became of the draft that was sent.

        Args:
            kept: it is in the history, so the composer empties; otherwise it stays as it is.
        """
        self._obstacles.sending = False
        self.input.setReadOnly(False)
        if kept:
            self._put("", ())
            self._save_pause.stop()
        self._allow()

    def set_busy(self, busy: bool) -> None:
        """Whether an answer is being written."""
        self._obstacles.busy = busy
        self.box.show_busy(busy)
        self._allow()

    def forbid(self, reason: str) -> None:
        """Say why nothing can be sent now; an empty reason allows it."""
        self._obstacles.forbidden = reason
        self._allow()

    def set_efforts(self, efforts: Sequence[str], current: str) -> None:
        """Offer what the model has; none hides the choice."""
        self.effort.offer(efforts, current)

    def set_context(self, used: int, size: int) -> None:
        """Tell how many tokens the conversation takes, and how many there are (0: not known)."""
        self._used, self._size = used, size
        self._show_cost(self._cost)

    def recount(self) -> None:
        """Another model was chosen: count the draft anew."""
        self._counter.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape stops the answer."""
        if event.key() == Qt.Key.Key_Escape and self._obstacles.busy:
            self.stop_asked.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: files may be dropped anywhere on the composer."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: files were dropped."""
        event.acceptProposedAction()
        self.attached.read_soon(local_files(event.mimeData()))

    def _lay_out(self) -> None:
        space = self._theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, 0, space.l, space.l)
        layout.setSpacing(space.xs)
        layout.addWidget(self.problem)
        layout.addWidget(self.box)

    def _connect(self) -> None:
        self.input.entered.connect(self._send)
        self.input.textChanged.connect(self._on_changed)
        self.input.files_given.connect(self.attached.read_soon)
        self.input.long_text_given.connect(self.attached.add_text)
        self.attached.changed.connect(self._on_files_changed)
        self.attached.reading_changed.connect(self._allow)
        self.attached.failed.connect(self._show_problem)
        self.input.picture_given.connect(self._on_picture)
        self.chips.removed.connect(self._remove)
        self.attach_button.clicked.connect(self._ask_for_files)
        self.effort.chosen.connect(self.effort_chosen)
        self.send.clicked.connect(self._send)
        self.stop.clicked.connect(self.stop_asked)
        self._save_pause.timeout.connect(lambda: self.draft_changed.emit(self.draft()))
        self._theme.changed.connect(self.input.fit)

    def _send(self) -> None:
        if reason := self._reason():
            self._show_problem(reason if self.draft() else "")
            return
        self._save_pause.stop()
        self._show_problem("")
        self._obstacles.sending = True
        self.input.setReadOnly(True)
        self._allow()
        self.sent.emit(self.draft())

    def _reason(self) -> str:
        """Why nothing can be sent now; empty when it can."""
        empty = not self.input.toPlainText().strip() and not self.attached.files
        return self._obstacles.reason(reading=self.attached.is_reading, empty=empty)

    def _allow(self) -> None:
        allow(self.send, self._reason())

    def _put(self, text: str, attachments: Sequence[Attachment]) -> None:
        self.attached.put(attachments)
        self.chips.show_files(attachments)
        self.input.setPlainText(text)
        self._on_changed()

    def _on_changed(self) -> None:
        self._allow()
        self._save_pause.start()
        self._counter.follow(self.draft())

    def _show_cost(self, cost: Cost) -> None:
        self._cost = cost
        if len(cost.attachments) == len(self.chips.chips):
            self.chips.show_costs(cost.attachments)
        self.ring.show_use(self._used, cost.total, self._size)

    def _on_files_changed(self) -> None:
        self.chips.show_files(self.attached.files)
        self._on_changed()

    def _remove(self, place: int) -> None:
        self.attached.remove(place)
        self.input.setFocus()

    def _ask_for_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Text, code, tables and PDF (*)")])
        dialog.filesSelected.connect(lambda names: self.attached.read_soon([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_picture(self) -> None:
        self._show_problem(self.tr("Pictures cannot be sent: the model reads text only."))

    def _show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
