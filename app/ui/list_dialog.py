"""A dialog that shows a list, says what it is, and is closed again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from app.ui.controls import label
from app.ui.theme import Theme

_LINES = 28


class ListDialog(QDialog):
    """The beginning of such a dialog; a subclass fills the list.

    Args:
        letters: how wide it is to be, about.
        theme: distances.
        parent: the dialog stands before its window.

    Attributes:
        list: what is shown.
        buttons: with the one that closes it.
    """

    def __init__(self, letters: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._said = label("", "muted", wrap=True)
        self.list = QListWidget()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        space, size = theme.tokens.space, theme.tokens.type.body
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.m)
        layout.addWidget(self._said)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.buttons)
        self.resize(letters * size, _LINES * size)

    def describe(self, title: str, said: str) -> None:
        """Name the dialog and its list, and say what is in it."""
        self.setWindowTitle(title)
        self.list.setAccessibleName(title)
        self._said.setText(said)
