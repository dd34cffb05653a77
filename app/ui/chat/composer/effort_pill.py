"""How hard the model is to think: low, medium or high, where it can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from app.ui.controls import BESIDE_ICON
from app.ui.theme import Theme


class EffortPill(QToolButton):
    """A button that opens a menu of efforts; hidden for a model that has none.

    Args:
        theme: look.

    Signals:
        chosen: the effort that was picked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setIcon(theme.icon("effort"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(self.tr("How long the model thinks before it answers"))
        self._choices = QMenu(self)
        self._group = QActionGroup(self)
        self.setMenu(self._choices)
        self.hide()

    def offer(self, efforts: Sequence[str], current: str) -> None:
        """Show the efforts a model has, and the one in force."""
        self._choices.clear()
        for action in self._group.actions():
            self._group.removeAction(action)
        for effort in efforts:
            action = self._choices.addAction(self._name(effort))
            action.setCheckable(True)
            action.setChecked(effort == current)
            action.triggered.connect(lambda _=False, effort=effort: self._choose(effort))
            self._group.addAction(action)
        self._show(current)
        self.setVisible(bool(efforts))

    def _choose(self, effort: str) -> None:
        self._show(effort)
        self.chosen.emit(effort)

    def _show(self, effort: str) -> None:
        self.setText(BESIDE_ICON + self._name(effort))
        self.setAccessibleName(self.tr("Effort: {effort}").format(effort=self._name(effort)))

    def _name(self, effort: str) -> str:
        names = {"low": self.tr("Low"), "medium": self.tr("Medium"), "high": self.tr("High")}
        return names.get(effort, effort)
