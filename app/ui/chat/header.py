"""The line above the conversation: its title, and which model answers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.chat.elided_label import ElidedLabel
from app.ui.chat.model_menu import ModelMenu
from app.ui.controls import icon_button
from app.ui.theme import Theme


class Header(QFrame):
    """Title, model, and a button that shows or hides the list of conversations.

    Args:
        theme: icons and distances.

    Signals:
        sidebar_toggled: show or hide the list.
        find_asked: find words in the conversation.
        sheet_toggled: show or hide how the conversation is answered.
    """

    sidebar_toggled = Signal()
    find_asked = Signal()
    sheet_toggled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = ElidedLabel("", "subtitle")
        self.model = ModelMenu(theme)
        self.sidebar = icon_button(self.tr("Show or hide the conversations"), theme.icon("sidebar"))
        self.find_button = icon_button(self.tr("Find in this conversation"), theme.icon("search"))
        self.sidebar.clicked.connect(self.sidebar_toggled)
        self.find_button.clicked.connect(self.find_asked)
        self.sheet_button = icon_button(self.tr("How this conversation is answered"), theme.icon("sliders"))
        self._theme = theme
        self.sheet_button.setCheckable(True)
        self.sheet_button.clicked.connect(self.sheet_toggled)
        layout = QHBoxLayout(self)
        space = theme.tokens.space
        layout.setContentsMargins(space.s, space.xs, space.s, space.xs)
        layout.setSpacing(space.s)
        layout.addWidget(self.sidebar)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.model)
        layout.addWidget(self.find_button)
        layout.addWidget(self.sheet_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a long model's name leaves room for the title."""
        super().resizeEvent(event)
        self.model.setMaximumWidth(self.width() * 2 // 5)

    def mark_changed(self, *, changed: bool) -> None:
        """Show whether instructions or sampling are the conversation's own."""
        name = self.tr("How this conversation is answered")
        words = self.tr("Instructions or sampling are its own.")
        self.sheet_button.setIcon(self._theme.icon("sliders", "accent" if changed else "muted"))
        self.sheet_button.setToolTip(f"{name}\n{words}" if changed else name)
        self.sheet_button.setAccessibleDescription(words if changed else "")
