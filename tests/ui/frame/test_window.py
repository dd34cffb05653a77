"""The main window: rail, panes, state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.paths import Paths
from app.ui.frame.pane import Pane
from app.ui.frame.state import StateFile, WindowState
from app.ui.frame.window import MainWindow
from app.ui.theme import Theme

Open = Callable[[], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, places: Paths) -> Open:
    def build() -> MainWindow:
        panes = [
            Pane(key, key.title(), key, lambda key=key: QLabel(key)) for key in ("chat", "models", "settings")
        ]
        window = MainWindow(panes, theme, StateFile(places.window_state))
        qtbot.addWidget(window)
        window.open_first_pane()
        window.show()
        return window

    return build


def test_first_start_opens_the_first_pane(open_window: Open) -> None:
    assert open_window().current_pane == "chat"


def test_arrow_keys_walk_through_the_rail(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    window.rail.focus()
    for expected in ("models", "settings", "chat"):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
        assert window.current_pane == expected
        assert window.focusWidget().accessibleName() == expected.title()


def test_size_and_pane_come_back(open_window: Open) -> None:
    first = open_window()
    first.resize(777, 555)
    first.open_pane("models")
    first.close()
    second = open_window()
    assert (second.width(), second.height(), second.current_pane) == (777, 555, "models")


def test_unknown_pane_and_broken_geometry_are_ignored(open_window: Open, places: Paths) -> None:
    StateFile(places.window_state).write(WindowState(b"nonsense", "garden"))
    assert open_window().current_pane == "chat"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"geometry": "%%", "pane": 1}', '{"pane": "chat"}'])
def test_damaged_state_file_gives_the_default(
    content: str, places: Paths, expect_log: Callable[[str], None]
) -> None:
    expect_log("window.json cannot be read")
    places.home.mkdir()
    places.window_state.write_text(content, encoding="utf-8")
    assert StateFile(places.window_state).read() == WindowState()


def test_state_that_cannot_be_written_does_not_keep_the_window_open(
    open_window: Open, places: Paths, expect_log: Callable[[str], None], qtbot: QtBot
) -> None:
    expect_log("window.json cannot be written")
    window = open_window()
    places.window_state.mkdir(parents=True)
    (places.window_state / "occupied").touch()
    with qtbot.waitSignal(window.closed):
        assert window.close()


def test_right_to_left_puts_the_rail_on_the_right(open_window: Open, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window = open_window()
    rail = window.rail.mapTo(window, window.rail.rect().topLeft())
    assert rail.x() == window.width() - window.rail.width()


def test_state_file_keeps_bytes(places: Paths) -> None:
    state = WindowState(bytes(QByteArray(b"\x00\xff\n")), "chat")
    StateFile(places.window_state).write(state)
    assert StateFile(places.window_state).read() == state
