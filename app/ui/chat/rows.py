"""What a conversation's view consists of: rows, whose widgets exist only while they are near the screen."""

from __future__ import annotations

from abc import ABC, abstractmethod

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

TextView = QTextEdit | QPlainTextEdit


class RowWidget(QWidget):
    """What a row looks like while it is near the screen."""

    @property
    def text_view(self) -> TextView | None:
        """The part whose text can be selected together with its neighbours'; None for none."""
        return None

    def fit(self, width: int) -> QSize:
        """Lay out in a width; gives the size it takes."""
        raise NotImplementedError


class Row(ABC):
    """One entry of the view.

    Attributes:
        gap: pixels above it.
        height: its height; a guess until it was laid out once.
        width: the width it was laid out for; 0 for never.
        stale: what it shows has changed since its widget was refreshed.
        trailing: it stands at the far side of the column, as what the user says does.
    """

    gap: int = 12
    trailing: bool = False

    def __init__(self, height: float) -> None:
        self.height = height
        self.width = 0
        self.stale = False

    @abstractmethod
    def make(self) -> RowWidget:
        """A widget that shows it."""

    @abstractmethod
    def refresh(self, widget: RowWidget) -> None:
        """Bring its widget up to date."""

    def plain_text(self) -> str:
        """Its text as a reader sees it."""
        return ""
