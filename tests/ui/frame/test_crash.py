"""Failures nobody foresaw: heard everywhere, shown once, told without names."""

from __future__ import annotations

import asyncio
import getpass
import socket
import sys
import threading
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.errors import DiskFull, StorageError
from app.paths import Paths
from app.settings import Settings
from app.ui.frame import diagnostics
from app.ui.frame.crash import CrashWatch
from app.ui.frame.diagnostics import Redactor
from app.ui.frame.diagnostics_dialog import DiagnosticsDialog
from app.ui.frame.window import MainWindow
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.worker.client import Outcome


@pytest.fixture
async def watch(
    window: MainWindow, shell: Shell, expect_log: Callable[[str], None]
) -> AsyncIterator[CrashWatch]:
    expect_log("unhandled: ")
    shell.watch.install(asyncio.get_running_loop())
    yield shell.watch
    shell.watch.uninstall()


def dialogs(window: MainWindow) -> list[DiagnosticsDialog]:
    return [dialog for dialog in window.findChildren(DiagnosticsDialog) if dialog.isVisible()]


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def fail(text: str) -> None:
    raise ValueError(text)


@pytest.mark.qt_no_exception_capture
async def test_a_failing_slot_opens_the_dialog(watch: CrashWatch, window: MainWindow) -> None:
    QTimer.singleShot(0, lambda: {}["missing key"])
    await until(lambda: dialogs(window))
    assert "KeyError" in dialogs(window)[0].findChild(QPlainTextEdit).toPlainText()
    dialogs(window)[0].close()


async def test_a_failing_task_opens_the_dialog(watch: CrashWatch, window: MainWindow) -> None:
    Tasks().start(fail("in a task"))
    await until(lambda: dialogs(window))
    assert any("in a task" in text.text() for text in dialogs(window)[0].findChildren(QLabel))
    dialogs(window)[0].close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_failing_thread_opens_the_dialog(watch: CrashWatch, window: MainWindow) -> None:
    thread = threading.Thread(target=lambda: {}["in a thread"])
    thread.start()
    thread.join()
    await until(lambda: dialogs(window))
    dialogs(window)[0].close()


async def test_a_fault_that_repeats_opens_one_dialog(watch: CrashWatch, window: MainWindow) -> None:
    tasks = Tasks()
    for number in range(5):
        tasks.start(fail(str(number)))
    await until(lambda: dialogs(window))
    await asyncio.sleep(0.05)
    assert len(dialogs(window)) == 1
    dialogs(window)[0].close()
    tasks.start(fail("again"))
    await until(lambda: dialogs(window))
    dialogs(window)[0].close()


async def test_a_foreseen_failure_is_a_notice(watch: CrashWatch, window: MainWindow) -> None:
    async def refuse() -> None:
        raise DiskFull("The disk is full.", "Free some space.")

    Tasks().start(refuse())
    await until(window.notices.isVisible)
    assert window.notices.text.text() == "The disk is full. Free some space."
    assert not dialogs(window)
    window.notices.dismiss.click()
    assert not window.notices.isVisible()


async def test_quit_in_the_dialog_closes_the_window(
    qtbot: QtBot, watch: CrashWatch, window: MainWindow
) -> None:
    Tasks().start(fail("badly"))
    await until(lambda: dialogs(window))
    leave = next(b for b in dialogs(window)[0].findChildren(QPushButton) if b.text() == "Quit")
    with qtbot.waitSignal(window.closed):
        qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    for dialog in window.findChildren(DiagnosticsDialog):
        dialog.close()


async def test_listening_ends(watch: CrashWatch) -> None:
    Tasks().start(fail("heard"))
    watch.uninstall()
    await asyncio.sleep(0)
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__
    await asyncio.sleep(0)
    watch._note(ValueError("to satisfy the log"))


def test_the_bundle_names_nobody(places: Paths) -> None:
    user, computer = getpass.getuser(), socket.gethostname()
    text = f"{places.home}/models {Path.home()}/x {user} on {computer} wrote to jane.doe@example.org"
    redacted = Redactor(places.home).redact(text)
    assert redacted == "<data>/models <home>/x <user> on <computer> wrote to <address>"


def test_a_name_inside_a_word_stays(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "al")
    assert Redactor(places.home).redact("al finalises") == "<user> finalises"


def test_windows_paths_are_found_with_either_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("C:\\Users\\Jane")
    redactor = Redactor(home)
    for text in ("C:\\Users\\Jane\\a", "c:/users/jane/a", "C:\\\\Users\\\\Jane\\\\a"):
        assert redactor.redact(text).startswith("<data>")


def test_the_bundle_holds_failure_and_worker_but_no_unknown_setting(places: Paths) -> None:
    places.home.mkdir()
    places.settings.write_text('{"model": "guide", "secret": "hunter2"}', encoding="utf-8")
    try:
        raise ValueError("the cause")
    except ValueError as error:
        outcome = Outcome(-9, "respond", stderr=(f"loading {places.home}",))
        files = diagnostics.collect(places.home, Settings(places.settings), error, outcome)
    assert "hunter2" not in "".join(files.values())
    assert "ValueError: the cause" in files["failure.txt"]
    assert "loading <data>" in files["worker.txt"]
    assert "onnxruntime" in files["system.txt"]


async def test_the_saved_file_is_what_was_shown(
    qtbot: QtBot, window: MainWindow, shell: Shell, tmp_path: Path
) -> None:
    dialog = shell.dialogs.open_diagnostics()
    dialog.save_to(tmp_path / "bundle.zip")
    shown = dialog.findChild(QPlainTextEdit).toPlainText()
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        for name in archive.namelist():
            assert archive.read(name).decode("utf-8").strip() in shown
    dialog.close()


def test_a_bundle_that_cannot_be_saved_leaves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError):
        diagnostics.write(tmp_path / "folder", {"a.txt": "a"})
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
