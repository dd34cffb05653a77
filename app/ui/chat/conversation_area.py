"""The right side of the chat pane: header, conversation, notice and composer, one below the other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.ui.chat.composer import Composer
from app.ui.chat.find_bar import FindBar
from app.ui.chat.header import Header
from app.ui.chat.view import ConversationView
from app.ui.chat.welcome import Welcome
from app.ui.controls import centred, frame
from app.ui.notice import Notice
from app.ui.theme import Theme


@dataclass(frozen=True)
class Parts:
    """What stands in it, from the top."""

    header: Header
    find_bar: FindBar
    welcome: Welcome
    view: ConversationView
    notice: Notice
    composer: Composer


class ConversationArea(QWidget):
    """Shows the conversation, or the welcome while there is none; what is below is as wide as the text.

    Args:
        parts: what stands in it.
        theme: how wide a column of text gets.
    """

    def __init__(self, parts: Parts, theme: Theme) -> None:
        super().__init__()
        self._parts = parts
        self._theme = theme
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(parts.welcome)
        self._pages.addWidget(parts.view)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.tokens.space.s)
        beside = theme.tokens.space.l  # as the composer has it
        told = QHBoxLayout()
        told.setContentsMargins(beside, 0, beside, 0)
        told.addWidget(parts.notice)
        below.addLayout(told)
        below.addWidget(parts.composer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(parts.header)
        layout.addWidget(frame("line"))
        layout.addWidget(parts.find_bar)
        layout.addWidget(pages, 1)
        layout.addLayout(centred(self._below))
        parts.view.laid_out.connect(self._choose_page)
        theme.changed.connect(self._limit)
        self._limit()

    def _choose_page(self) -> None:
        self._pages.setCurrentWidget(self._parts.view if self._parts.view.turns else self._parts.welcome)

    def _limit(self) -> None:
        tokens = self._theme.tokens
        self._below.setMaximumWidth(tokens.column + 4 * tokens.space.l)
