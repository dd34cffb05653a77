"""The hardware pane tells what is known, and what is not."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.paths import Paths
from app.ui.frame import machine
from app.ui.frame.hardware_pane import HardwarePane
from app.ui.theme import Theme


@pytest.fixture
def pane(qtbot: QtBot, places: Paths, theme: Theme) -> HardwarePane:
    pane = HardwarePane(places, theme)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def test_facts_are_those_of_this_computer(pane: HardwarePane) -> None:
    words = {text.text() for text in pane.findChildren(QLabel)}
    assert {version("onnxruntime"), str(psutil.cpu_count())} <= words


def test_it_says_that_graphics_cards_are_not_used(pane: HardwarePane) -> None:
    assert any("not used yet" in text.text() for text in pane.findChildren(QLabel))


def test_free_and_total_agree_with_the_bar(pane: HardwarePane) -> None:
    memory = psutil.virtual_memory()
    assert pane.memory.bar.value() == pytest.approx(1000 * (1 - memory.available / memory.total), abs=100)
    assert "free of" in pane.disk.figures.text()
    assert pane.memory.bar.accessibleName() == "Memory"


def test_what_is_free_is_read_only_while_somebody_looks(qtbot: QtBot, pane: HardwarePane) -> None:
    pane.disk.show_free(0, 1)
    pane.hide()
    pane.show()
    assert pane.disk.bar.value() < 1000
    pane.hide()


def test_the_disk_of_a_folder_that_does_not_exist_yet(tmp_path: Path) -> None:
    room = machine.free_room(tmp_path / "a" / "b")
    assert 0 < room.disk <= room.disk_total
