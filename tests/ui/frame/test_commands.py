"""Commands, and the menus, palette and sheet made from them."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from app.ui.frame.commands import Command, Menu
from app.ui.frame.palette import CommandPalette
from app.ui.frame.window import MainWindow
from app.ui.preferences import Preferences
from app.ui.shell import Shell


async def test_no_two_commands_share_keys_or_names(window: MainWindow, shell: Shell) -> None:
    keys = Counter(keys.toString() for _, action in shell.commands for keys in action.shortcuts())
    names = Counter(action.text() for _, action in shell.commands)
    assert [k for k, number in (keys + names).items() if number > 1] == []


async def test_every_command_is_in_its_menu(window: MainWindow, shell: Shell) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    listed = {entry for menu in menus for entry in menu.actions() if not entry.isSeparator()}
    assert listed == {action for _, action in shell.commands}
    assert len(menus) == len(Menu)


async def test_a_late_command_joins_its_group(window: MainWindow, shell: Shell) -> None:
    shell.commands.add(Command("test.one", "One", lambda: None, Menu.EDIT, group="steps"))
    texts = [action.text() for action in window.menuBar().actions()[1].menu().actions()]
    assert texts[:4] == ["Undo", "Redo", "One", ""]


async def test_macos_finds_its_roles(window: MainWindow, shell: Shell) -> None:
    roles = {action.objectName(): action.menuRole() for _, action in shell.commands}
    assert roles.pop("quit") is QAction.MenuRole.QuitRole
    assert roles.pop("about") is QAction.MenuRole.AboutRole
    assert roles.pop("pane.settings") is QAction.MenuRole.PreferencesRole
    assert set(roles.values()) == {QAction.MenuRole.NoRole}  # no title may be guessed into another menu


PANE_KEYS = [("2", "models"), ("3", "hardware"), ("4", "server"), ("5", "settings"), (",", "settings")]


@pytest.mark.parametrize(("key", "pane"), PANE_KEYS)
async def test_keys_open_panes(qtbot: QtBot, window: MainWindow, key: str, pane: str) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.current_pane == pane


async def test_the_palette_finds_and_runs(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    query = palette.findChild(QLineEdit)
    qtbot.keyClicks(query, "hard")
    qtbot.keyClick(query, Qt.Key.Key_Return)
    assert window.current_pane == "hardware"


async def test_arrow_keys_choose_in_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    query, rows = palette.findChild(QLineEdit), palette.findChild(QListWidget)
    qtbot.keyClick(query, Qt.Key.Key_Down)
    assert rows.currentRow() == 1
    qtbot.keyClick(query, Qt.Key.Key_Return)
    assert window.current_pane == "models"


async def test_escape_closes_the_palette_and_nothing_happens(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    qtbot.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert window.current_pane == "chat"


async def test_the_palette_says_that_nothing_matches(qtbot: QtBot, window: MainWindow) -> None:
    palette = open_palette(qtbot, window)
    query = palette.findChild(QLineEdit)
    qtbot.keyClicks(query, "zzzz")
    assert "No command matches." in [text.text() for text in palette.findChildren(QLabel) if text.isVisible()]
    qtbot.keyClick(query, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


async def test_the_palette_leaves_out_what_cannot_be_done(
    qtbot: QtBot, window: MainWindow, shell: Shell
) -> None:
    shell.commands.action("pane.hardware").setEnabled(False)
    rows = open_palette(qtbot, window).findChild(QListWidget)
    assert "Hardware" not in [rows.item(number).text() for number in range(rows.count())]
    QApplication.activePopupWidget().close()


async def test_the_sheet_lists_every_shortcut(window: MainWindow, shell: Shell) -> None:
    sheet = shell.dialogs.open_shortcuts()
    shown = {text.text() for text in sheet.findChildren(QLabel)}
    assert {action.text() for _, action in shell.commands if action.shortcuts()} <= shown
    sheet.close()


async def test_text_size_by_keys_stays_within_bounds(
    window: MainWindow, shell: Shell, preferences: Preferences
) -> None:
    preferences.set("text-size", 190)
    for _ in range(2):
        shell.commands.action("text.larger").trigger()
    assert preferences.number("text-size") == 200
    preferences.set("text-size", 80)
    for _ in range(2):
        shell.commands.action("text.smaller").trigger()
    assert preferences.number("text-size") == 70
    shell.commands.action("text.usual").trigger()
    assert preferences.number("text-size") == 100


async def test_editing_reaches_the_widget_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, shell: Shell
) -> None:
    line = QLineEdit("words", window)
    line.show()
    line.setFocus()
    shell.commands.action("edit.selectAll").trigger()
    shell.commands.action("edit.copy").trigger()
    assert QApplication.clipboard().text() == "words"
    shell.commands.action("edit.cut").trigger()
    assert line.text() == ""


async def test_f6_walks_between_rail_and_pane(qtbot: QtBot, window: MainWindow) -> None:
    window.open_pane("settings")
    assert window.focusWidget().accessibleName() == "Model"
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.focusWidget().accessibleName() == "Settings"
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.focusWidget().accessibleName() == "Model"


async def test_full_screen_and_back(window: MainWindow, shell: Shell) -> None:
    action = shell.commands.action("fullscreen")
    action.trigger()
    assert window.isFullScreen()
    action.trigger()
    assert not window.isFullScreen()


def open_palette(qtbot: QtBot, window: MainWindow) -> CommandPalette:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, CommandPalette)
    return palette
