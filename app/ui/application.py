"""The composition root: makes the parts of the window, hands them to each other, and ends them in order."""

from __future__ import annotations

import asyncio
import sys

import qasync
from PySide6.QtWidgets import QApplication, QLabel

from app.paths import Paths
from app.settings import Settings
from app.ui.frame.pane import Pane
from app.ui.frame.state import StateFile
from app.ui.frame.window import MainWindow
from app.ui.preferences import Preferences
from app.ui.theme import Theme


def run_application(places: Paths) -> int:
    """Show the window and run until it is closed; gives the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Indoors")
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        return runner.run(_run(app, places))


async def _run(app: QApplication, places: Paths) -> int:
    preferences = Preferences(Settings(places.settings))
    theme = Theme(app, preferences)
    panes = [
        Pane("chat", "Chat", "chat", lambda: QLabel("chat")),
        Pane("models", "Models", "models", lambda: QLabel("models")),
        Pane("hardware", "Hardware", "hardware", lambda: QLabel("hardware")),
        Pane("settings", "Settings", "settings", lambda: QLabel("settings")),
    ]
    window = MainWindow(panes, theme, StateFile(places.window_state))
    closed = asyncio.Event()
    window.closed.connect(closed.set)
    window.show()
    await closed.wait()
    return 0
