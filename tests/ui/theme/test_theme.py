"""The theme follows settings and system, live."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication, QSpinBox, QTreeWidget
from pytestqt.qtbot import QtBot

from app.paths import Paths
from app.ui.preferences import Preferences
from app.ui.theme import Theme
from app.ui.theme.icons import GLYPHS
from app.ui.theme.stylesheet import stylesheet
from app.ui.theme.tokens import DARK, LIGHT, build
from tests.support.worker import ROOT


def test_switching_the_theme_changes_palette_and_stylesheet(
    qtbot: QtBot, qapp: QApplication, theme: Theme, preferences: Preferences
) -> None:
    assert qapp.palette().window().color().name() == LIGHT.window
    with qtbot.waitSignal(theme.changed):
        preferences.set("theme", "dark")
    assert qapp.palette().window().color().name() == DARK.window
    assert DARK.surface in qapp.styleSheet()
    assert LIGHT.surface not in qapp.styleSheet()


@pytest.mark.parametrize(("choice", "dark_after"), [("system", True), ("light", False)])
def test_only_the_system_theme_follows_the_system(
    qapp: QApplication,
    theme: Theme,
    preferences: Preferences,
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    dark_after: bool,
) -> None:
    preferences.set("theme", choice)
    monkeypatch.setattr(theme, "_system_is_dark", lambda: True)  # an offscreen system has no scheme to change
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens.dark is dark_after


def test_text_size_changes_the_font(qapp: QApplication, theme: Theme, preferences: Preferences) -> None:
    before = qapp.font().pixelSize()
    preferences.set("text-size", 200)
    assert qapp.font().pixelSize() == 2 * before


SIZES = """
import pathlib, sys
from PySide6.QtWidgets import QApplication, QListWidget, QMenu, QMenuBar
from app.paths import Paths
from app.ui.application import open_shell
app = QApplication(["indoors"])
shell = open_shell(app, Paths(pathlib.Path(sys.argv[1])))
widgets = [QMenuBar(), QMenu(), QListWidget()]
print({widget.font().pixelSize() == app.font().pixelSize() for widget in widgets})
"""


def test_menus_and_lists_have_that_font_where_the_system_has_others_for_them(tmp_path: Path) -> None:
    """As Windows has; only its own screen tells Qt of them."""
    own = {"QT_QPA_PLATFORM": "windows" if sys.platform == "win32" else "offscreen"}
    command = [sys.executable, "-c", SIZES, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | own, capture_output=True, text=True, timeout=60)
    assert done.stdout == "{True}\n", done.stderr


@pytest.mark.parametrize("text_percent", [100, 200])
def test_the_heads_of_a_table_have_room(
    qtbot: QtBot, theme: Theme, preferences: Preferences, text_percent: int
) -> None:
    preferences.set("text-size", text_percent)
    table = QTreeWidget()
    qtbot.addWidget(table)
    table.setHeaderLabels(["Agj"])
    table.show()
    header = table.header()
    assert header.viewport().height() >= header.sizeHint().height()
    assert header.viewport().height() >= header.fontMetrics().height()


@pytest.mark.parametrize(("choice", "moves"), [("full", True), ("reduced", False)])
def test_motion(qapp: QApplication, theme: Theme, preferences: Preferences, choice: str, moves: bool) -> None:
    preferences.set("motion", choice)
    assert bool(theme.tokens.animation_ms) is moves
    assert bool(qapp.cursorFlashTime()) is moves
    preferences.set("motion", "full")


def test_every_icon_shows_something_in_its_colour(theme: Theme) -> None:
    for name in GLYPHS:
        image = picture(theme.icon(name, "accent"))
        points = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        assert theme.tokens.colours.accent in {point.name() for point in points if point.alpha() > 250}, name


def test_an_icon_follows_the_theme(theme: Theme, preferences: Preferences) -> None:
    icon = theme.icon("settings", "text")
    light = picture(icon)
    preferences.set("theme", "dark")
    assert picture(icon) != light


def test_directions_turn_round_from_right_to_left(qapp: QApplication, theme: Theme) -> None:
    directed, plain = theme.icon("next", "text"), theme.icon("settings", "text")
    before = picture(directed), picture(plain)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert picture(directed) != before[0]
    assert picture(plain) == before[1]


@pytest.mark.parametrize("dark", [False, True])
def test_the_stylesheet_uses_no_colour_but_the_tokens(dark: bool) -> None:
    tokens = build(dark=dark)
    used = set(re.findall(r"#[0-9a-f]{6}\b", stylesheet(tokens, "Mono")))
    assert used <= set(vars(tokens.colours).values())


def test_the_arrows_of_a_spin_box_are_drawn(qtbot: QtBot, theme: Theme) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    box.resize(160, 40)
    image = box.grab().toImage()
    upper = {image.pixelColor(x, y).name() for x in range(134, 158) for y in range(4, 19)}
    lower = {image.pixelColor(x, y).name() for x in range(134, 158) for y in range(21, 36)}
    assert len(upper) > 3
    assert len(lower) > 3


def test_the_arrows_are_kept_for_the_next_start(
    qapp: QApplication, theme: Theme, places: Paths, preferences: Preferences
) -> None:
    drawn = {file: file.stat().st_mtime_ns for file in places.cache.glob("arrows-*/*.png")}
    assert len(drawn) == 9
    Theme(qapp, preferences, places.cache).deleteLater()
    assert {file: file.stat().st_mtime_ns for file in places.cache.glob("arrows-*/*")} == drawn


def picture(icon: QIcon) -> QImage:
    return icon.pixmap(QSize(32, 32), 1.0).toImage()
