"""The button that leads back to the end of a conversation."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton

from app.ui.chat.placing import EDGE
from app.ui.controls import button


class JumpButton:
    """Floats above the lower edge of a view while its end is out of sight.

    Args:
        view: what it floats in.
        text: what it says.
        icon: what it shows.
    """

    def __init__(self, view: QAbstractScrollArea, text: str, icon: QIcon) -> None:
        self._view = view
        self.button: QPushButton = button(text, "", icon)
        self.button.setParent(view)
        self.button.hide()

    def place(self, *, visible: bool) -> None:
        """Put it into the middle, and show or hide it."""
        page, size = self._view.viewport().size(), self.button.sizeHint()
        self.button.setVisible(visible)
        x, y = (page.width() - size.width()) // 2, page.height() - size.height() - EDGE // 2
        self.button.setGeometry(x, y, size.width(), size.height())
        self.button.raise_()
