"""What the frame knows of a pane before it is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Pane:
    """One entry of the navigation rail.

    Attributes:
        key: a stable name: "chat".
        title: its name, translated.
        icon: a key of `icons.GLYPHS`.
        build: makes its widget when it is first shown.
    """

    key: str
    title: str
    icon: str
    build: Callable[[], QWidget]


@runtime_checkable
class KeyboardHome(Protocol):
    """A pane that says what gets the keyboard when it is opened."""

    def keyboard_home(self) -> QWidget:
        """The widget."""
