"""What the user can do by menu, shortcut or command palette; each declared once as a `Command`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    GO = "go"
    HELP = "help"


@dataclass(frozen=True)
class Command:
    """One thing to do.

    Attributes:
        id: a stable name: "conversation.new".
        text: what menus and the palette call it, translated.
        run: does it.
        menu: the menu it stands in.
        shortcuts: keys, the first of them shown; "Ctrl" is the Command key on macOS.
        icon: a key of `icons.GLYPHS`; empty for none.
        role: where macOS puts it in its application menu.
        group: commands of one group stand together, parted from the next group by a line.
        checkable: it switches something on and off.
    """

    id: str
    text: str
    run: Callable[[], object]
    menu: Menu
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    group: str = ""
    checkable: bool = False


class Commands(QObject):
    """All commands of the window, as actions that belong to it.

    Args:
        window: the window in which the shortcuts work.
        theme: gives the icons.
    """

    added = Signal(Command, QAction)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._known: dict[str, tuple[Command, QAction]] = {}

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        return iter(self._known.values())

    def add(self, command: Command) -> QAction:
        """Make a command known; its action can then be disabled, checked or triggered."""
        assert command.id not in self._known, command.id
        action = QAction(command.text, self._window)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        action.setMenuRole(command.role)
        action.setCheckable(command.checkable)
        if command.icon:
            action.setIcon(self._theme.icon(command.icon))
            action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda: command.run())
        self._window.addAction(action)
        self._known[command.id] = (command, action)
        self.added.emit(command, action)
        return action

    def extend(self, commands: Iterable[Command]) -> None:
        """Make several commands known."""
        for command in commands:
            self.add(command)

    def action(self, command_id: str) -> QAction:
        """The action of a command."""
        return self._known[command_id][1]
