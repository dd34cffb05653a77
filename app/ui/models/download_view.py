"""How far a download is, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.controls import button, label, progress_bar, show_part
from app.ui.models import words
from app.ui.models.looks import Act, Look, name_of
from app.ui.theme import Theme


class DownloadView(QWidget):
    """A bar, a line of text, a problem, and buttons; brought up to date in place.

    Args:
        name: of the model, for a screen reader.
        theme: distances.

    Signals:
        asked: an `Act`.
    """

    asked = Signal(str)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._shown: Look | None = None
        self.said = label("", "muted", wrap=True)
        self.bar = progress_bar(self.tr("Progress of {model}").format(model=name))
        self.problem = label("", "danger", wrap=True, selectable=True)
        self.buttons = {act: self._make_button(act, name) for act in Act}
        self._lay_out(theme)

    def show_look(self, look: Look) -> None:
        """Show how it stands now; what is the same stays untouched."""
        before, self._shown = self._shown, look
        if before == look:
            return
        self.said.setText(look.said)
        if before is None or before.part != look.part:
            self._show_part(look.part)
        if before is None or before.problem != look.problem:
            self.problem.setText(words.breakable(look.problem))
            self.problem.setVisible(bool(look.problem))
        if before is None or before.acts != look.acts:
            for act, shown in self.buttons.items():
                shown.setVisible(act in look.acts)

    def _show_part(self, part: int | None) -> None:
        self.bar.setVisible(part != -1)
        show_part(self.bar, part)

    def _make_button(self, act: Act, name: str) -> QPushButton:
        made = button(name_of(act))
        made.setAccessibleName(f"{name_of(act)}: {name}")
        made.clicked.connect(lambda: self.asked.emit(act))
        return made

    def _lay_out(self, theme: Theme) -> None:
        space = theme.tokens.space
        row = QHBoxLayout()
        row.setSpacing(space.s)
        row.addStretch(1)
        for shown in self.buttons.values():
            row.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.xs)
        layout.addWidget(self.said)
        layout.addWidget(self.bar)
        layout.addWidget(self.problem)
        layout.addLayout(row)
