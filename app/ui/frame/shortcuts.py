"""The sheet of keyboard shortcuts, made from the commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from app.ui.controls import label, scrolled
from app.ui.frame.commands import Commands, Menu
from app.ui.frame.menus import menu_title
from app.ui.theme import Theme

_HEADING = 40


class ShortcutSheet(QDialog):
    """Lists every command that has keys, menu by menu.

    Args:
        parent: the window over which it appears.
        commands: what there is to do.
        theme: distances.
    """

    def __init__(self, parent: QWidget, commands: Commands, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        space = theme.tokens.space
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(space.xl, space.l, space.xl, space.xl)
        grid.setHorizontalSpacing(space.xl)
        grid.setVerticalSpacing(space.s)
        grid.setColumnStretch(0, 1)
        self._fill(grid, commands)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        area = scrolled(content)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.windowTitle())
        layout.addWidget(area)
        bar = area.verticalScrollBar().sizeHint().width()
        self.resize(max(480, content.sizeHint().width() + bar), 600)

    def _fill(self, grid: QGridLayout, commands: Commands) -> None:
        for menu in Menu:
            actions = [action for command, action in commands if command.menu is menu and action.shortcuts()]
            if not actions:
                continue
            heading = grid.rowCount()
            grid.setRowMinimumHeight(heading, _HEADING)
            title = label(menu_title(menu).replace("&", ""), "subtitle")
            grid.addWidget(title, heading, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
            for row, action in enumerate(actions, start=heading + 1):
                grid.addWidget(label(action.text()), row, 0)
                grid.addWidget(label(keys_of(action), "muted"), row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setRowStretch(grid.rowCount(), 1)


def keys_of(action: QAction) -> str:
    """An action's keys as the system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(keys.toString(native) for keys in action.shortcuts())
