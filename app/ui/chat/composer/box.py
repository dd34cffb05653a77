"""The composer's widgets in their frame."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.ui.chat.composer.chips import Chips
from app.ui.chat.composer.context_ring import ContextRing
from app.ui.chat.composer.effort_pill import EffortPill
from app.ui.chat.composer.message_input import MessageInput
from app.ui.controls import icon_button
from app.ui.theme import Theme


class ComposerBox(QFrame):
    """Chips above the text, tools below it.

    Args:
        theme: look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.chips = Chips(theme)
        self.input = MessageInput()
        self.input.setPlaceholderText(self.tr("Write a message"))
        self.input.setAccessibleName(self.tr("Message"))
        self.attach = icon_button(self.tr("Attach files…"), theme.icon("attach"))
        self.effort = EffortPill(theme)
        self.ring = ContextRing(theme)
        self.send = icon_button(self.tr("Send"), theme.icon("send", "on_accent"), "primary")
        self.stop = icon_button(self.tr("Stop the answer"), theme.icon("stop", "on_accent"), "primary")
        self.stop.hide()
        self._lay_out(theme)

    def show_busy(self, busy: bool) -> None:
        """Offer to stop instead of to send; the keyboard's focus never vanishes with a button."""
        if self.send.hasFocus() or self.stop.hasFocus():
            self.input.setFocus()
        self.send.setVisible(not busy)
        self.stop.setVisible(busy)

    def _lay_out(self, theme: Theme) -> None:
        space = theme.tokens.space
        tools = QHBoxLayout()
        tools.setSpacing(space.xs)
        tools.addWidget(self.attach)
        tools.addWidget(self.effort)
        tools.addStretch(1)
        tools.addWidget(self.ring)
        tools.addWidget(self.send)
        tools.addWidget(self.stop)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(space.m, space.s, space.s, space.s)
        inside.setSpacing(space.s)
        inside.addWidget(self.chips)
        inside.addWidget(self.input)
        inside.addLayout(tools)
