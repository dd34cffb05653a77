"""The whole window, made as the program makes it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pytestqt.qtbot import QtBot

from app.history.background import BackgroundHistory
from app.paths import Paths
from app.settings import Settings
from app.ui.application import Parts
from app.ui.frame.window import MainWindow
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient


@pytest.fixture
async def parts(places: Paths, preferences: Preferences, theme: Theme) -> AsyncIterator[Parts]:
    """The parts of a window that is not open yet."""
    tasks = Tasks()
    background = await BackgroundHistory.open(places.history)
    async with WorkerClient(places.home) as worker:
        yield Parts(places, preferences, Settings(places.settings), theme, tasks, worker, background)
        await tasks.close()
    background.close()


@pytest.fixture
async def window(qtbot: QtBot, parts: Parts) -> MainWindow:
    """An open window."""
    window = parts.open_window()
    qtbot.addWidget(window)
    window.show()
    return window
