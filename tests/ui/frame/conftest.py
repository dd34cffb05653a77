"""The whole window, made as the program makes it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from app.download.client import DownloadClient
from app.history.background import BackgroundHistory
from app.paths import Paths
from app.remote.client import RemoteClient
from app.settings import Settings
from app.ui.frame.window import MainWindow
from app.ui.panes import Panes
from app.ui.preferences import Preferences
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient


@pytest.fixture
async def shell(
    qapp: QApplication, places: Paths, preferences: Preferences, theme: Theme
) -> AsyncIterator[Shell]:
    """A window whose panes can be opened, not shown yet."""
    shell, tasks = Shell(places, Settings(places.settings), preferences, theme), Tasks()
    background = await BackgroundHistory.open(places.history)
    async with (
        WorkerClient(places.home) as worker,
        DownloadClient(places.home) as downloader,
        RemoteClient(places.home) as remote,
    ):
        Panes(shell, tasks, worker, downloader, remote, background).fill_window()
        yield shell
        await tasks.close()
    shell.window.close()
    shell.window.deleteLater()
    background.close()


@pytest.fixture
async def window(shell: Shell) -> MainWindow:
    """The same, shown."""
    shell.window.show()
    return shell.window
