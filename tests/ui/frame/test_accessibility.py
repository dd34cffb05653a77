"""Every control has a role and a name, can be reached by keyboard, and shows when it has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.ui.controls import allow, button, icon_button
from app.ui.frame.window import MainWindow
from app.ui.shell import Shell
from app.ui.theme import Theme
from tests.support.models_pane import filled

CONTROLS = (QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QAbstractItemView)
PANES = ("chat", "models", "hardware", "server", "settings")


def controls(root: QWidget) -> Iterator[QWidget]:
    """Controls of the program, not those that Qt builds into its own."""
    for kind in CONTROLS:
        for widget in root.findChildren(kind):
            inside = isinstance(
                widget.parentWidget(), QAbstractSpinBox | QComboBox | QLineEdit | QPlainTextEdit
            )
            if not inside and not widget.objectName().startswith("qt_"):
                yield widget


async def test_every_control_has_a_role_and_a_name(window: MainWindow, shell: Shell) -> None:
    for key in PANES:
        await filled(window.open_pane(key))
    opened = [shell.dialogs.open_shortcuts(), shell.dialogs.open_diagnostics(), shell.dialogs.open_palette()]
    for root in (window, *opened):
        for control in controls(root):
            interface = QAccessible.queryAccessibleInterface(control)
            assert interface.text(QAccessible.Text.Name), f"{control} has no name"
            assert interface.role() is not QAccessible.Role.NoRole, f"{control} has no role"
    for dialog in opened:
        dialog.close()


async def test_the_tab_key_reaches_every_control_of_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    pane = window.open_pane("settings")
    wanted = {
        control
        for control in controls(pane)
        if control.isVisible() and control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached = set()
    for _ in range(3 * len(wanted) + 20):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    assert wanted <= reached


MAKERS = {
    "push": lambda theme: QPushButton("Do it"),
    "primary": lambda theme: button("Do it", "primary"),
    "quiet": lambda theme: button("Do it", "quiet"),
    "icon": lambda theme: icon_button("Do it", theme.icon("copy")),
    "line": lambda theme: QLineEdit("text"),
    "spin": lambda theme: QSpinBox(),
    "combo": lambda theme: QComboBox(),
    "check": lambda theme: QCheckBox("Do it"),
    "text": lambda theme: QPlainTextEdit("text"),
    "list": lambda theme: QListWidget(),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_the_focus_ring_is_seen(qtbot: QtBot, theme: Theme, kind: str) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    control, other = MAKERS[kind](theme), QLineEdit()
    for widget in (control, other):
        widget.setParent(root)
    control.setGeometry(10, 10, 120, 40)
    other.setGeometry(10, 70, 120, 40)
    root.show()
    root.activateWindow()
    qtbot.waitUntil(root.isActiveWindow)
    ring = getattr(theme.tokens.colours, "text" if kind == "primary" else "accent")
    control.setFocus()
    with_ring = colours(control).count(ring)
    other.setFocus()
    assert with_ring - colours(control).count(ring) > 60


def colours(control: QWidget) -> list[str]:
    image = control.grab().toImage()
    return [image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())]


def test_a_disabled_button_says_why(qtbot: QtBot, theme: Theme) -> None:
    copy = icon_button("Copy", theme.icon("copy"))
    qtbot.addWidget(copy)
    allow(copy, "There is nothing to copy.")
    assert not copy.isEnabled()
    assert copy.toolTip() == copy.accessibleDescription() == "There is nothing to copy."
    allow(copy)
    assert copy.isEnabled()
    assert copy.toolTip() == "Copy"


async def test_the_offline_mark_is_read_out(window: MainWindow) -> None:
    texts = [text.text() for text in window.findChildren(QLabel) if text.isVisible()]
    assert "Offline: nothing leaves this computer" in texts


async def test_large_text_cuts_nothing_in_the_rail(window: MainWindow, shell: Shell) -> None:
    for _ in range(10):
        shell.commands.action("text.larger").trigger()
    window.resize(1200, 900)
    for item in window.rail.findChildren(QToolButton):
        assert item.fontMetrics().horizontalAdvance(item.text()) <= item.width(), item.text()
