"""What runs under the painted window: worker, history and panes, on asyncio, until the window is closed."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.download.client import DownloadClient
from app.hardware.asking import MachineWatch
from app.hardware.gate import LoadGate
from app.history.background import BackgroundHistory
from app.remote.client import RemoteClient
from app.ui.frame.single_instance import SingleInstance
from app.ui.panes import Panes
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient

_QUIET_SECONDS = 20.0
_SWITCH_SECONDS = 0.001


def run(app: QApplication, shell: Shell, instance: SingleInstance) -> None:
    """Bring the window to life and return when it is closed and everything has ended.

    Raises:
        StorageError: another process holds the history, or the disk failed.
    """
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        runner.run(_live(app, shell, instance))


async def _live(app: QApplication, shell: Shell, instance: SingleInstance) -> None:
    async with AsyncExitStack() as stack:
        closed = asyncio.Event()
        shell.window.closed.connect(closed.set)
        tasks = Tasks()
        watch = MachineWatch(shell.places)
        gate = LoadGate(shell.places, lambda: shell.preferences.text("memory-guard"), watch)
        worker = await stack.enter_async_context(WorkerClient(shell.places.home, gate=gate))
        downloader = await stack.enter_async_context(DownloadClient(shell.places.home, resume=True))
        remote = await stack.enter_async_context(RemoteClient(shell.places.home))
        background = await BackgroundHistory.open(shell.places.history)
        stack.callback(background.close)
        stack.callback(_discard, shell.window)
        stack.push_async_callback(tasks.close)
        shell.watch.install(asyncio.get_running_loop())
        stack.callback(shell.watch.uninstall)
        Panes(shell, tasks, worker, downloader, remote, background).fill_window()
        keep_loop_free()
        tasks.start(_maintain(background))
        instance.asked.connect(shell.window.bring_forward)
        quitter = Quitter(shell.window.close)
        app.installEventFilter(quitter)
        stack.callback(app.removeEventFilter, quitter)
        close_on_signals(shell.window.close)
        await closed.wait()


async def _maintain(background: BackgroundHistory) -> None:
    """Back up and tidy the history once the start is over."""
    await asyncio.sleep(_QUIET_SECONDS)
    await background.run(background.history.maintain)


def keep_loop_free() -> None:
    """Shorten what holds the loop of a filled window for longest.

    A full collection takes 25 ms unless what lives as long as the window is left out of it. While a formula
    is drawn on its thread, each return from Qt waits for the interpreter's lock, 5 ms as Python comes.
    """
    gc.freeze()
    sys.setswitchinterval(_SWITCH_SECONDS)


class Quitter(QObject):
    """The system's wish that the program ends (macOS menu, end of the session) closes the window in order.

    Args:
        close: closes the window.
    """

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self._close = close

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the event: Qt's own answer would stop the event loop under asyncio's feet."""
        if event.type() is QEvent.Type.Quit and isinstance(watched, QApplication):
            self._close()
            return True
        return super().eventFilter(watched, event)


def close_on_signals(close: Callable[[], object]) -> None:
    """Close in order on SIGTERM, on Ctrl-C and when the terminal goes, where the system has such signals."""
    if sys.platform != "win32":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, close)


def _discard(window: QObject) -> None:
    """Delete the window while the loop still runs, so that nothing of it outlives the program."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
