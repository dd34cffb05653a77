"""Everything can be reached by the Tab key, says what it is, and shows that it has the keyboard."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.history.records import ConversationSummary
from app.ui.chat.pane import ChatPane
from app.ui.chat.sidebar.deleted_dialog import DeletedDialog
from app.ui.frame.window import MainWindow
from app.ui.shell import Shell
from tests.support.conversations import talk
from tests.support.models_pane import filled
from tests.ui.frame.test_accessibility import controls

_MOST_STEPS = 400
ANSWER = "A [link](https://example.org).\n\n```python\nx = 1\n```\n\nThe end.\n\n"


def walk(root: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """What has the keyboard one after the other, until it comes round."""
    seen: list[QWidget] = []
    for _ in range(_MOST_STEPS):
        focused = root.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        now = root.focusWidget()
        if now in seen[:1] and len(seen) > 1:
            return seen
        if now is not None and now not in seen:
            seen.append(now)
    return seen


def wanted(root: QWidget) -> set[QWidget]:
    return {
        control
        for control in controls(root)
        if control.isVisible() and control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


def check(seen: list[QWidget]) -> None:
    """Each has a role and a name."""
    for widget in seen:
        said = QAccessible.queryAccessibleInterface(widget)
        assert said.text(QAccessible.Text.Name), widget
        assert said.role() is not QAccessible.Role.NoRole, widget


def looks(widget: QWidget) -> QImage:
    place = widget.mapTo(widget.window(), widget.rect().topLeft())
    return widget.window().grab(widget.rect().translated(place)).toImage()


@pytest.mark.parametrize("key", ["chat", "models", "hardware", "settings"])
async def test_each_pane_is_walked_through(window: MainWindow, key: str) -> None:
    window.resize(1100, 1400)
    window.activateWindow()
    pane = await filled(window.open_pane(key))
    await asyncio.sleep(0.3)
    seen = walk(window)
    check(seen)
    assert wanted(pane) <= set(seen)
    assert window.rail.isAncestorOf(next(widget for widget in seen if window.rail.isAncestorOf(widget)))


@pytest.mark.parametrize("key", ["chat", "models", "settings"])
async def test_what_has_the_keyboard_shows_it(window: MainWindow, key: str) -> None:
    window.resize(1100, 4000)  # all of the longest pane
    window.activateWindow()
    await filled(window.open_pane(key))
    await asyncio.sleep(0.3)
    for widget in walk(window):
        if not widget.isVisible() or not widget.isEnabled():
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        ringed = looks(widget)
        other = next(
            one for one in window.rail.findChildren(QWidget) if one is not widget and one.isVisible()
        )
        other.setFocus(Qt.FocusReason.TabFocusReason)
        assert looks(widget) != ringed, widget


def deleted(shell: Shell) -> QWidget:
    lines = [ConversationSummary(1, "First", False, None, 0.0, 0.0, date(2026, 1, 2), False)]
    dialog = DeletedDialog(lines, shell.theme, shell.window)
    dialog.open()
    return dialog


DIALOGS: dict[str, Callable[[Shell], QWidget]] = {
    "palette": lambda shell: shell.dialogs.open_palette(),
    "shortcuts": lambda shell: shell.dialogs.open_shortcuts(),
    "diagnostics": lambda shell: shell.dialogs.open_diagnostics(),
    "about": lambda shell: shell.dialogs.open_about(),
    "deleted": deleted,
}


@pytest.mark.parametrize("name", DIALOGS)
async def test_each_dialog_is_walked_through_and_left_by_escape(
    window: MainWindow, shell: Shell, name: str
) -> None:
    dialog = DIALOGS[name](shell)
    await asyncio.sleep(0.05)
    seen = walk(dialog)
    check(seen)
    assert wanted(dialog) <= set(seen)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


async def test_the_chat_opens_with_the_keyboard_in_the_message(shell: Shell) -> None:
    shell.window.activateWindow()
    shell.window.show()
    await asyncio.sleep(0.1)
    pane = shell.window.open_pane("chat")
    assert isinstance(pane, ChatPane)
    assert shell.window.focusWidget() is pane.composer.input


async def test_rows_made_while_scrolling_up_are_walked_from_top_to_bottom(
    window: MainWindow, shell: Shell
) -> None:
    window.resize(1100, 900)
    window.activateWindow()
    pane = window.open_pane("chat")
    assert isinstance(pane, ChatPane)
    history = pane.listing._history
    texts = [text for number in range(30) for text in (f"Question {number}", ANSWER * 3)]
    number = await pane.listing._background.run(talk, history, *texts)
    await pane.session.open(number)
    await asyncio.sleep(0.2)
    bar = pane.view.verticalScrollBar()
    for _ in range(6):
        bar.setValue(bar.value() - 500)
        await asyncio.sleep(0.02)
    pane.header.find_button.setFocus(Qt.FocusReason.TabFocusReason)
    seen = walk(window)
    check(seen)
    rows = [widget for widget in seen if pane.view.viewport().isAncestorOf(widget)]
    places = [(widget.mapTo(pane.view.viewport(), widget.rect().topLeft()).y(), widget) for widget in rows]
    tops = [place for place, _ in places]
    assert len(rows) > 10
    assert all(one <= other + 40 for one, other in itertools.pairwise(tops)), tops
