"""Shows the diagnostics before they are saved; after a crash, with what failed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.errors import IndoorsError
from app.ui.controls import button, label
from app.ui.frame import diagnostics
from app.ui.frame.crash import sentence
from app.ui.theme import Theme
from app.ui.wording import told

_SIZE = (620, 480)


class DiagnosticsDialog(QDialog):
    """The bundle's whole content, a button that saves it, and after a crash one that quits.

    Args:
        parent: the window over which it appears; None before there is one.
        files: the bundle.
        failure: what went wrong; None when the user asked for the bundle.
        theme: look.
    """

    quit_chosen = Signal()

    def __init__(
        self, parent: QWidget | None, files: Mapping[str, str], failure: BaseException | None, theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._files = files
        self._failure = failure
        title = self.tr("Something went wrong") if failure is not None else self.tr("Diagnostics")
        self.setWindowTitle(title)
        self._status = label("", "muted", wrap=True, selectable=True)
        self._status.hide()
        self._content = QPlainTextEdit("\n".join(f"── {name}\n{text}" for name, text in files.items()))
        self._content.setReadOnly(True)
        self._content.setAccessibleName(self.tr("Content of the diagnostics"))
        self._content.setTabChangesFocus(True)
        self.save = button(self.tr("Save diagnostics…"))
        self.save.clicked.connect(self._ask_where)
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.xl, space.xl, space.xl, space.xl)
        layout.setSpacing(space.m)
        layout.addWidget(label(title, "title"))
        for text in self._explanations():
            layout.addWidget(label(text, wrap=True, selectable=True))
        layout.addWidget(self._content, 1)
        layout.addWidget(self._status)
        layout.addLayout(self._buttons())
        self.resize(*_SIZE)

    def save_to(self, path: Path) -> None:
        """Write the bundle, and say whether that worked."""
        self._status.show()
        try:
            diagnostics.write(path, self._files)
        except IndoorsError as error:
            self._status.setText(told(error))
        else:
            self._status.setText(self.tr("Saved as {path}.").format(path=path))

    def _explanations(self) -> list[str]:
        privacy = self.tr(
            "This is all that the diagnostics hold. Names of people, folders and computers are taken out; "
            "no conversation is in it. Nothing is sent: you choose where to save it and who gets it."
        )
        if self._failure is None:
            return [privacy]
        message, hint = sentence(self._failure)
        return [f"{message} {hint}".strip(), self.tr("You can go on; what was saved is safe."), privacy]

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        if self._failure is not None:
            leave = button(self.tr("Quit"))
            leave.clicked.connect(self.quit_chosen)
            row.addWidget(leave)
        go_on = button(self.tr("Continue") if self._failure is not None else self.tr("Close"), "primary")
        go_on.setDefault(True)
        go_on.clicked.connect(self.close)
        row.addWidget(go_on)
        return row

    def _ask_where(self) -> None:
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        dialog = QFileDialog(self, self.tr("Save diagnostics"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"indoors-diagnostics-{today}.zip")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
