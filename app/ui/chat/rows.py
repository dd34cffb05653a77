"""What a conversation's view consists of: rows, whose widgets exist only while they are near the screen."""

from __future__ import annotations

from abc import ABC, abstractmethod

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.ui.chat.text_view import TextView

LINE = 21.0
"""Pixels of a line, for guesses."""

_CHARACTERS_A_LINE = 95


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
        overhang: pixels by which it begins before the column, so that the icon in its first button stands
            where text does.
        searchable: its text can be found and selected in its text view.
        trailing: it stands at the far side of the column, as what the user says does.
    """

    gap: int = 12
    overhang: int = 0
    trailing: bool = False
    searchable: bool = False

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

    def text_between(self, start: int = 0, end: int | None = None) -> str:
        """Its text as a reader sees it, between two places of its text view; empty where it has none."""
        return ""

    def searched_text(self) -> str:
        """All its text, each character where its text view has it."""
        return self.text_between()

    def plain_text(self) -> str:
        """All its text as a reader sees it."""
        return self.text_between()


def guessed_height(text: str) -> float:
    """About how high a text will be."""
    lines = text.count("\n") + 1 + len(text) // _CHARACTERS_A_LINE
    return lines * LINE
