"""That a model was imported, and what was checked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.library.examined import Examined
from app.ui.controls import button, label
from app.ui.theme import Theme
from app.ui.wording import said


class ReportBar(QFrame):
    """A line of text and two buttons; hidden until something was imported.

    Args:
        theme: distances.

    Signals:
        wanted: show every check of what was imported last.
    """

    wanted = Signal(Examined)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._found: Examined | None = None
        self.said = label("", "success", wrap=True)
        self.checks = button(self.tr("Show the checks"))
        self.checks.clicked.connect(lambda: self.wanted.emit(self._found))
        self.close_button = button(self.tr("Close"))
        self.close_button.clicked.connect(self.hide)
        space = theme.tokens.space
        row = QHBoxLayout()
        row.setSpacing(space.m)
        row.addStretch(1)
        row.addWidget(self.checks)
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.s)
        layout.addWidget(self.said)
        layout.addLayout(row)
        self.hide()

    def show_report(self, found: Examined) -> None:
        """A model was imported."""
        self._found = found
        outcome = said(found.checks[-1].found)
        text = self.tr("{model} is imported and passed {count} checks. Trying it out: {outcome}")
        self.said.setText(text.format(model=found.name, count=len(found.checks), outcome=outcome))
        self.show()
