"""What is typed before anything in the window can take it, kept for the message."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace})


class EarlyKeys(QObject):
    """Collects the keys that write, from the first paint on; shortcuts work as ever.

    Args:
        window: its panes are empty still, so that it gets all keys itself.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._typed: list[tuple[int, Qt.KeyboardModifier, str]] = []
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keep a key that writes."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _writes(event):
            self._typed.append((event.key(), event.modifiers(), event.text()))
            return True
        return super().eventFilter(watched, event)

    def end(self, target: QWidget | None) -> None:
        """Collect no more.

        Args:
            target: gets all keys, as if they were pressed now; None where nothing wants them.
        """
        self._window.removeEventFilter(self)
        typed, self._typed = self._typed, []
        if target is None:
            return
        for key, modifiers, text in typed:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))


def _writes(event: QKeyEvent) -> bool:
    modifiers = event.modifiers()
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    if modifiers & Qt.KeyboardModifier.MetaModifier or bool(modifiers & control) != bool(modifiers & alt):
        return False  # both together are what Windows calls AltGr
    return event.key() in _KEYS or (bool(event.text()) and event.text().isprintable())
