"""The settings in force, and a signal when one changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.errors import IndoorsError
from app.settings import Settings, Value


class Preferences(QObject):
    """Reads and writes the settings file; who shows or follows a setting listens to `changed`.

    Args:
        settings: the settings file.
    """

    changed = Signal(str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def get(self, name: str) -> Value:
        """The value in force."""
        return self._settings.get(name)

    def text(self, name: str) -> str:
        """The value of a text setting."""
        return self._settings.text(name)

    def number(self, name: str) -> int:
        """The value of a whole-number setting."""
        return self._settings.number(name)

    @property
    def offline(self) -> bool:
        """The offline switch is on."""
        return bool(self.get("offline"))

    def change(self, name: str, value: Value, tell: Callable[[IndoorsError | None], None]) -> None:
        """Store what somebody chose.

        Args:
            name: of the setting.
            value: what was chosen.
            tell: hears what went wrong, or None where nothing did.
        """
        try:
            self.set(name, value)
        except IndoorsError as error:
            tell(error)
        else:
            tell(None)

    def set(self, name: str, value: Value) -> None:
        """Store a value and tell who follows it.

        Raises:
            UsageError: it does not fit the declaration.
            StorageError: the file cannot be written; the value is in force until the program ends.
        """
        if value == self.get(name):
            return
        try:
            self._settings.set(name, value)
        finally:
            self.changed.emit(name)
