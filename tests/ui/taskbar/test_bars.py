"""The bars of the systems: real tables of methods for Windows, a real bus for Linux."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.taskbar.windows import open_bar
from tests.support.com import ComObject

WINDOW, REFUSED = 0x1234, -1
POINTER, U32, U64 = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint64
DOCK = """
import sys
from PySide6.QtCore import SLOT, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
from app.ui.taskbar.launcher import open_entry

class Dock(QObject):
    @Slot("QString", "QVariantMap")
    def hear(self, uri, shown):
        print(uri, shown["progress"], shown["progress-visible"])
        if not shown["progress-visible"]:
            app.quit()

app, dock, entry = QCoreApplication([]), Dock(), open_entry("indoors")
if entry is None:
    sys.exit("no bus")
interface = "com.canonical.Unity.LauncherEntry"
slot = SLOT("hear(QString,QVariantMap)")
QDBusConnection.sessionBus().connect("", "", interface, "Update", dock, slot)
entry.show_percent(42)
entry.show_percent(None)
QTimer.singleShot(20_000, app.quit)
app.exec()
"""


class Button(ComObject):
    """An ITaskbarList3 that keeps what it is told."""

    def __init__(self, code: int = 0) -> None:
        self.told: list[tuple[Any, ...]] = []

        def tell(*figures: Any) -> int:
            self.told.append(figures)
            return code

        super().__init__({3: ((), lambda: code), 9: ((POINTER, U64, U64), tell), 10: ((POINTER, U32), tell)})

    def pointer(self) -> ctypes.c_void_p:
        return ctypes.c_void_p(self.address)


def test_the_button_of_windows_is_filled_and_emptied() -> None:
    button = Button()
    bar = open_bar(WINDOW, button.pointer)
    assert bar is not None
    bar.show_percent(42)
    bar.show_percent(None)
    assert button.told == [(WINDOW, 2), (WINDOW, 42, 100), (WINDOW, 0)]
    del bar
    assert button.released == 1


def test_a_taskbar_that_cannot_be_asked_is_no_bar() -> None:
    button = Button(REFUSED)
    assert open_bar(WINDOW, button.pointer) is None
    assert button.released == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_elsewhere_there_is_no_taskbar_of_windows() -> None:
    assert open_bar(WINDOW) is None


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows itself")
def test_the_real_taskbar_takes_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = open_bar(int(window.winId()))
    assert bar is not None
    bar.show_percent(42)
    bar.show_percent(None)


def test_a_dock_of_linux_hears_how_far_it_is(tmp_path: Path) -> None:
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("there is no D-Bus here")
    line = [program, "--session", "--nofork", "--print-address", f"--address=unix:dir={tmp_path}"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        heard = _listen(daemon.stdout.readline().strip())
        daemon.terminate()
    assert heard.stdout.splitlines() == [
        "application://indoors.desktop 0.42 True",
        "application://indoors.desktop 0.0 False",
    ]


def test_without_a_bus_there_is_no_dock(tmp_path: Path) -> None:
    assert "no bus" in _listen(f"unix:path={tmp_path / 'nobody'}").stderr


def _listen(bus: str) -> subprocess.CompletedProcess[str]:
    """A program of its own, for Qt opens the session's bus once."""
    env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus}
    return subprocess.run(
        [sys.executable, "-c", DOCK], env=env, capture_output=True, text=True, timeout=60, check=False
    )
