"""The control for the texts that end an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.chat.sheet.fields import OWN, put
from app.ui.controls import label
from app.ui.theme import Theme

_STOP = "stop"
_LINES = 2


def stops_of(sampling: Mapping[str, Any]) -> list[str]:
    """The texts that end an answer."""
    found = sampling.get(OWN, {}).get(_STOP, [])
    return [found] if isinstance(found, str) else [str(text) for text in found]


def with_stops(sampling: Mapping[str, Any], stops: Sequence[str]) -> dict[str, Any]:
    """Sampling with other texts that end an answer."""
    return put(sampling, OWN, put(sampling.get(OWN, {}), _STOP, list(stops) or None) or None)


class StopEditor(QWidget):
    """One text a line.

    Args:
        theme: look.

    Signals:
        edited: the texts.
    """

    edited = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = label(self.tr("Stop at"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Stop at"))
        explained = self.tr("Texts that end the answer where they would appear, one on each line.")
        self.text.setAccessibleDescription(explained)
        self.text.setFixedHeight((_LINES + 1) * self.text.fontMetrics().lineSpacing())
        self.text.textChanged.connect(self._tell)
        self._name.setBuddy(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.tokens.space.xs)
        for widget in (self._name, self.text, label(explained, "caption", wrap=True)):
            layout.addWidget(widget)

    def show_stops(self, stops: Sequence[str]) -> None:
        """Show texts, without telling that they were edited."""
        if self._stops() != list(stops):
            blocked = self.text.blockSignals(True)
            self.text.setPlainText("\n".join(stops))
            self.text.blockSignals(blocked)
        self._mark()

    def _tell(self) -> None:
        self._mark()
        self.edited.emit(self._stops())

    def _stops(self) -> list[str]:
        return [line for line in self.text.toPlainText().split("\n") if line]

    def _mark(self) -> None:
        name = self.tr("Stop at")
        self._name.setText(f"{name} •" if self._stops() else name)
