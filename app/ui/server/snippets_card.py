"""Shows how other programs connect, a text to copy for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from app.ui.controls import button, label
from app.ui.markdown.look import mono_family
from app.ui.server.snippets import Snippet
from app.ui.theme import Theme

_LINES = 9


class SnippetsCard(QFrame):
    """One text at a time.

    Args:
        theme: look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._snippets: Sequence[Snippet] = ()
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Program to connect"))
        self.choice.view().setAccessibleName(self.tr("Program to connect"))
        self.choice.currentIndexChanged.connect(self._show)
        self.copy_button = button(self.tr("Copy"), icon=theme.icon("copy"))
        self.copy_button.clicked.connect(self._copy)
        self.place = label("", "caption", selectable=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Text to copy"))
        font = self.text.font()
        font.setFamilies([mono_family()])
        self.text.setFont(font)
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.m, space.l, space.m)
        layout.setSpacing(space.s)
        row = QHBoxLayout()
        row.addWidget(self.choice)
        row.addWidget(self.place, 1)
        row.addWidget(self.copy_button)
        layout.addLayout(row)
        layout.addWidget(self.text)

    def offer(self, snippets: Sequence[Snippet]) -> None:
        """Show these; the program that was chosen stays chosen."""
        if snippets == self._snippets:
            return
        self._snippets = snippets
        chosen = max(self.choice.currentIndex(), 0)
        blocked = self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([snippet.title for snippet in snippets])
        self.choice.setCurrentIndex(chosen)
        self.choice.blockSignals(blocked)
        self._show(chosen)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def _show(self, index: int) -> None:
        snippet = self._snippets[index]
        self.text.setPlainText(snippet.text)
        self.place.setText(snippet.place)

    def _measure(self) -> None:
        tokens = self._theme.tokens
        self.text.setFixedHeight(_LINES * round(1.4 * tokens.type.body) + 2 * tokens.space.l)
