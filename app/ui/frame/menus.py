"""The menu bar: the system's own on macOS, in the window elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from app.ui.frame.commands import Command, Commands, Menu


def menu_title(menu: Menu) -> str:
    """A menu's title, with its mnemonic."""
    titles = {
        Menu.FILE: QCoreApplication.translate("Menus", "&File"),
        Menu.EDIT: QCoreApplication.translate("Menus", "&Edit"),
        Menu.VIEW: QCoreApplication.translate("Menus", "&View"),
        Menu.GO: QCoreApplication.translate("Menus", "&Go"),
        Menu.HELP: QCoreApplication.translate("Menus", "&Help"),
    }
    return titles[menu]


class Menus(QObject):
    """Puts each command into its menu, also those that come later.

    Args:
        window: whose menu bar is filled.
        commands: what to fill in.
    """

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        super().__init__(window)
        bar = window.menuBar()
        self._menus: dict[Menu, QMenu] = {menu: bar.addMenu(menu_title(menu)) for menu in Menu}
        self._ends: dict[tuple[Menu, str], QAction] = {}
        for command, action in commands:
            self._add(command, action)
        commands.added.connect(self._add)

    def _add(self, command: Command, action: QAction) -> None:
        """Insert it at the end of its group, parted from the next by a line; Qt hides a last line."""
        menu, place = self._menus[command.menu], (command.menu, command.group)
        if place not in self._ends:
            self._ends[place] = menu.addSeparator()
        menu.insertAction(self._ends[place], action)
