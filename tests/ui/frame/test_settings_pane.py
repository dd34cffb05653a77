"""The settings pane shows and changes every declared setting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from app import settings
from app.errors import AccessDenied
from app.library.store import Store
from app.paths import Paths
from app.settings import Setting
from app.ui.frame.setting_editor import SettingEditor
from app.ui.frame.settings_pane import SettingsPane
from app.ui.preferences import Preferences
from app.ui.theme import Theme


@pytest.fixture
def pane(qtbot: QtBot, preferences: Preferences, places: Paths, theme: Theme) -> Iterator[SettingsPane]:
    pane = SettingsPane(preferences, Store(places), theme)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def test_every_setting_has_a_row_with_its_value(pane: SettingsPane, preferences: Preferences) -> None:
    assert list(pane.rows) == [setting.name for setting in settings.ALL]
    shown = {text.text() for text in pane.findChildren(QLabel)}
    assert {setting.label for setting in settings.ALL} | {setting.help for setting in settings.ALL} <= shown


def test_a_choice_is_stored_at_once(qtbot: QtBot, pane: SettingsPane, places: Paths) -> None:
    box = pane.rows["effort"].findChild(QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert json.loads(places.settings.read_text(encoding="utf-8"))["effort"] == "high"


def test_a_number_is_stored_and_can_be_taken_back(
    qtbot: QtBot, pane: SettingsPane, preferences: Preferences
) -> None:
    row = pane.rows["threads"]
    spin = row.findChild(QSpinBox)
    assert spin.text() == "Automatic"
    assert not row.reset.isVisible()
    spin.setValue(3)
    assert preferences.number("threads") == 3
    qtbot.mouseClick(row.reset, Qt.MouseButton.LeftButton)
    assert preferences.number("threads") == 0
    assert spin.value() == 0
    assert not row.reset.isVisible()


def test_a_change_from_elsewhere_is_shown(pane: SettingsPane, preferences: Preferences) -> None:
    preferences.set("theme", "dark")
    assert pane.rows["theme"].findChild(QComboBox).currentData() == "dark"


def test_a_model_that_is_gone_stays_named(
    qtbot: QtBot, preferences: Preferences, places: Paths, theme: Theme
) -> None:
    editor = SettingEditor(settings.named("model"), "gone", [("guide", "Guide")])
    qtbot.addWidget(editor)
    assert editor.findChild(QComboBox).currentText() == "gone"


def test_the_wheel_changes_nothing_while_scrolling(pane: SettingsPane, preferences: Preferences) -> None:
    spin = pane.rows["threads"].findChild(QSpinBox)
    spin.clearFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, wheel)
    assert preferences.number("threads") == 0


def test_a_disk_that_refuses_is_told(
    pane: SettingsPane, places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    places.settings.unlink()
    places.settings.mkdir()
    (places.settings / "occupied").touch()
    pane.rows["threads"].findChild(QSpinBox).setValue(2)
    problem = next(text for text in pane.findChildren(QLabel) if text.accessibleName() == "Problem")
    assert problem.isVisible()
    assert "settings" in problem.text()


KINDS = [
    (Setting("a", True, "A", "a."), QCheckBox, False),
    (Setting("b", 3, "B", "b.", minimum=1, maximum=9), QSpinBox, 7),
    (Setting("c", 0.5, "C", "c.", minimum=0, maximum=2), QDoubleSpinBox, 1.25),
    (Setting("d", "text", "D", "d."), QLineEdit, "other"),
    (Setting("e", "one", "E", "e.", choices=("one", "two")), QComboBox, "two"),
]


@pytest.mark.parametrize(("setting", "kind", "other"), KINDS, ids=lambda value: getattr(value, "name", ""))
def test_each_type_has_its_control(
    qtbot: QtBot, theme: Theme, setting: Setting, kind: type[Any], other: Any
) -> None:
    editor = SettingEditor(setting, setting.default)
    qtbot.addWidget(editor)
    control = editor.findChild(kind)
    with qtbot.waitSignal(editor.edited) as heard:
        match control:
            case QCheckBox():
                control.setChecked(other)
            case QSpinBox() | QDoubleSpinBox():
                control.setValue(other)
            case QComboBox():
                control.setCurrentIndex(control.findData(other))
            case QLineEdit():
                control.setText(other)
                control.editingFinished.emit()
    assert heard.args == [other]
    assert setting.check(other) == other


def test_preferences_keep_what_the_disk_refused(preferences: Preferences, places: Paths) -> None:
    places.settings.unlink()
    places.settings.mkdir()
    (places.settings / "occupied").touch()
    with pytest.raises((AccessDenied, Exception), match="settings"):
        preferences.set("theme", "dark")
    assert preferences.text("theme") == "dark"
