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

from app import manifest as manifests
from app.history.background import BackgroundHistory
from app.manifest import Manifest
from app.paths import Paths
from app.settings import Settings
from app.ui import application
from app.ui.frame.diagnostics_dialog import DiagnosticsDialog
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


def furnish(places: Paths) -> None:
    """Put a sound and a damaged model into the home."""
    names = {"sound": "A model", "damaged": "A damaged model with a name that needs two lines " * 2}
    for model_id, name in names.items():
        folder = places.models / model_id
        folder.mkdir(parents=True)
        (folder / "model.onnx").write_bytes(bytes(3_000_000))
        facts = {"parameters": 20_900_000_000, "context_length": 131_072, "licence": "Apache-2.0"}
        manifests.write(folder, Manifest(model_id, name, "", files=manifests.record_files(folder), **facts))
    (places.models / "damaged" / "model.onnx").unlink()


def scenes(shell: Shell) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """Name of each picture, and what brings its content about."""
    window = shell.window

    def pane(key: str) -> Callable[[], QWidget]:
        def show() -> QWidget:
            window.open_pane(key)
            return window

        return show

    def crash() -> QWidget:
        shell.dialogs.show_failure(ValueError("a value that nobody expected"), shell.watch)
        return next(dialog for dialog in window.findChildren(DiagnosticsDialog) if dialog.isVisible())

    def large() -> QWidget:
        shell.preferences.set("text-size", 150)
        window.notices.add("The history was damaged and has been set aside. Yesterday's backup is in use.")
        window.open_pane("models")
        return window

    def narrow() -> QWidget:
        shell.preferences.set("text-size", 100)
        window.resize(*NARROW)
        window.open_pane("settings")
        return window

    for key in ("chat", "models", "hardware", "settings"):
        yield key, pane(key)
    yield "palette", shell.dialogs.open_palette
    yield "shortcuts", shell.dialogs.open_shortcuts
    yield "diagnostics", shell.dialogs.open_diagnostics
    yield "about", shell.dialogs.open_about
    yield "crash", crash
    yield "large", large
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
        furnish(Paths(Path(home)))
        for theme_name in ("light", "dark"):
            runner.run(take(app, Paths(Path(home)), options, theme_name))


if __name__ == "__main__":
    main()
