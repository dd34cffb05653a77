"""Writes a picture of each pane in both themes: `python -m tests.screenshots OUT/`."""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.history.background import BackgroundHistory
from app.paths import Paths
from app.settings import Settings
from app.ui import application
from app.ui.panes import Panes
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient

SIZE = (1180, 780)
NARROW = (620, 700)
SETTLE_SECONDS = 0.15


async def take(app: QApplication, places: Paths, options: argparse.Namespace, theme_name: str) -> None:
    """Every picture of one theme."""
    for name, value in (("theme", theme_name), ("language", options.language)):
        Settings(places.settings).set(name, value)
    shell, tasks = application.open_shell(app, places), Tasks()
    if options.right_to_left:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    background = await BackgroundHistory.open(places.history)
    async with WorkerClient(places.home) as worker:
        Panes(shell, tasks, worker, background).fill_window()
        shell.window.resize(*SIZE)
        shell.window.show()
        for name, show in scenes(shell):
            shown = show()
            await asyncio.sleep(SETTLE_SECONDS)
            shown.grab().save(str(options.out / f"{name}-{theme_name}-{options.language}.png"))
            if shown is not shell.window:
                shown.close()
        shell.window.close()
        await tasks.close()
        shell.window.deleteLater()
        QCoreApplication.sendPostedEvents(shell.window, QEvent.Type.DeferredDelete)
    background.close()
    shell.theme.deleteLater()


def scenes(shell: Shell) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """Name of each picture, and what brings its content about."""
    window = shell.window

    def pane(key: str) -> Callable[[], QWidget]:
        def show() -> QWidget:
            window.open_pane(key)
            return window

        return show

    def narrow() -> QWidget:
        window.resize(*NARROW)
        window.open_pane("settings")
        return window

    for key in ("chat", "models", "hardware", "settings"):
        yield key, pane(key)
    yield "palette", shell.dialogs.open_palette
    yield "shortcuts", shell.dialogs.open_shortcuts
    yield "diagnostics", shell.dialogs.open_diagnostics
    yield "about", shell.dialogs.open_about
    yield "narrow", narrow


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(prog="tests.screenshots")
    parser.add_argument("out", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--right-to-left", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    app = QApplication(["indoors"])
    app.setQuitOnLastWindowClosed(False)
    with (
        tempfile.TemporaryDirectory() as home,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner,
    ):
        for theme_name in ("light", "dark"):
            runner.run(take(app, Paths(Path(home)), options, theme_name))


if __name__ == "__main__":
    main()
