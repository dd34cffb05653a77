"""The line at the lower edge of the window: the offline mark."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.ui.controls import label
from app.ui.theme import Theme


class Footer(QFrame):
    """Says that the program is offline: it opens no network connection and its worker gets none.

    Args:
        theme: gives the icon.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "footer")
        space = theme.tokens.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.l, space.xs, space.l, space.xs)
        layout.setSpacing(space.s)
        self._theme = theme
        self._mark = QLabel()
        text = label(self.tr("Offline: nothing leaves this computer"), "caption")
        text.setToolTip(
            self.tr("Models run here, conversations stay here; the program opens no network connection.")
        )
        layout.addWidget(self._mark)
        layout.addWidget(text)
        layout.addStretch(1)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        side = self._theme.tokens.type.body + 2
        self._mark.setPixmap(self._theme.icon("offline", "success").pixmap(QSize(side, side)))
