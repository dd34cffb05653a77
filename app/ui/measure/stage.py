"""The whole window on an offscreen screen, with a worker that only plays a prepared answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app import paths
from app.download.client import DownloadClient
from app.history.background import BackgroundHistory
from app.paths import Paths
from app.remote.client import RemoteClient
from app.ui import application, running
from app.ui.chat.pane import ChatPane
from app.ui.panes import Panes
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient

_POLL_S = 0.02
RATE = 100
"""Tokens a second that the worker plays."""


def perform(act: Callable[[QApplication], Coroutine[Any, Any, dict[str, Any]]]) -> dict[str, Any]:
    """Run one measurement on a Qt loop of its own."""
    app = QApplication(["indoors"])
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        return runner.run(act(app))


@dataclass(frozen=True)
class Shown:
    """The chat pane on the screen, and the history under it."""

    pane: ChatPane
    background: BackgroundHistory


@asynccontextmanager
async def shown(app: QApplication, home: Path, tokens: int = 1) -> AsyncIterator[Shown]:
    """A window that is open, its model loaded.

    Args:
        app: the application.
        home: settings and history.
        tokens: of an answer.
    """
    places = Paths(home)
    shell, tasks = application.open_shell(app, places), Tasks()
    background = await BackgroundHistory.open(places.history)
    command = [*paths.module_command("app.ui.measure.player"), str(RATE), str(tokens)]
    async with (
        WorkerClient(home, command=command) as worker,
        DownloadClient(home) as downloader,
        RemoteClient(home) as remote,
    ):
        Panes(shell, tasks, worker, downloader, remote, background).fill_window()
        running.keep_loop_free()
        shell.window.show()
        pane = shell.window.open_pane("chat")
        assert isinstance(pane, ChatPane)
        await _until(lambda: pane.readiness.context_length > 0)
        yield Shown(pane, background)
        shell.window.close()
        await tasks.close()
        shell.window.deleteLater()
        QCoreApplication.sendPostedEvents(shell.window, QEvent.Type.DeferredDelete)
    background.close()


def paint() -> None:
    """Lay out and paint what is due, now."""
    QCoreApplication.sendPostedEvents()


async def settle(pane: ChatPane) -> None:
    """Wait until an opened conversation is drawn to its end: colours, formulas, what was behind."""
    await asyncio.sleep(0.3)
    await _until(lambda: not any(turn.behind for turn in pane.view.turns))


async def _until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - a measurement looks from outside
        await asyncio.sleep(_POLL_S)
