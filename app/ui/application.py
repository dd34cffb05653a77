"""The composition root: makes the parts of the window, hands them to each other, and ends them in order."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMessageBox

from app.errors import IndoorsError
from app.history.background import BackgroundHistory
from app.library.store import Store
from app.paths import Paths
from app.settings import Settings
from app.ui import translation
from app.ui.frame import diagnostics
from app.ui.frame.commands import Commands
from app.ui.frame.crash import CrashWatch
from app.ui.frame.dialogs import Dialogs
from app.ui.frame.menus import Menus
from app.ui.frame.pane import Pane
from app.ui.frame.single_instance import SingleInstance
from app.ui.frame.standard import Openers, frame_commands
from app.ui.frame.state import StateFile
from app.ui.frame.window import MainWindow
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient


def run_application(places: Paths) -> int:
    """Show the window and run until it is closed; gives the exit code.

    Raises:
        IndoorsError: the program could not start.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Indoors")
    app.setDesktopFileName("indoors")
    app.setQuitOnLastWindowClosed(False)
    instance = SingleInstance(places)
    try:
        if not instance.claim():
            return 0
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            runner.run(_run(app, places, instance))
    except IndoorsError as error:
        _tell(error)
        raise
    finally:
        instance.release()
    return 0


def _tell(error: IndoorsError) -> None:
    """Whoever started the program by a double click sees no terminal."""
    if not sys.stderr.isatty():
        QMessageBox.critical(None, "Indoors", f"{error.message}\n\n{error.hint}")


async def _run(app: QApplication, places: Paths, instance: SingleInstance) -> None:
    async with AsyncExitStack() as stack:
        settings = Settings(places.settings)
        preferences = Preferences(settings)
        translation.install(app, preferences.text("language"), places)
        theme = Theme(app, preferences)
        tasks = Tasks()
        worker = await stack.enter_async_context(WorkerClient(places.home))
        background = await BackgroundHistory.open(places.history)
        stack.callback(background.close)
        parts = Parts(places, preferences, settings, theme, tasks, worker, background)
        window = parts.open_window()
        stack.callback(_discard, window)
        stack.push_async_callback(tasks.close)
        instance.asked.connect(window.bring_forward)
        closed = asyncio.Event()
        window.closed.connect(closed.set)
        stack.callback(parts.watch.uninstall)
        parts.watch.install(asyncio.get_running_loop())
        quitter = Quitter(window.close)
        app.installEventFilter(quitter)
        stack.callback(app.removeEventFilter, quitter)
        with_signals(window.close)
        window.show()
        await closed.wait()


class Parts:
    """What the panes are made of.

    Args:
        places: where things lie.
        preferences: the settings, followed.
        settings: the settings, as a file.
        theme: look.
        tasks: runs what clicks start.
        worker: answers.
        background: the history.
    """

    def __init__(
        self,
        places: Paths,
        preferences: Preferences,
        settings: Settings,
        theme: Theme,
        tasks: Tasks,
        worker: WorkerClient,
        background: BackgroundHistory,
    ) -> None:
        self._places = places
        self._preferences = preferences
        self._settings = settings
        self._theme = theme
        self._tasks = tasks
        self._worker = worker
        self._background = background
        self._store = Store(places)
        self.watch = CrashWatch(self._show_failure)

    def open_window(self) -> MainWindow:
        """Make the window with its panes, menus and commands."""
        panes = self._panes()
        self.window = MainWindow(panes, self._theme, StateFile(self._places.window_state))
        self.window.setWindowIcon(self._theme.icon("chat", "accent"))
        self.commands = Commands(self.window, self._theme)
        self.dialogs = Dialogs(self.window, self.commands, self._theme, self._bundle)
        dialogs = self.dialogs
        openers = Openers(
            dialogs.open_palette, dialogs.open_shortcuts, dialogs.open_diagnostics, dialogs.open_about
        )
        self.commands.extend(frame_commands(self.window, panes, self._preferences, openers))
        Menus(self.window, self.commands)
        return self.window

    def _panes(self) -> list[Pane]:
        translate = QCoreApplication.translate
        return [
            Pane("chat", translate("Panes", "Chat"), "chat", self._chat_pane),
            Pane("models", translate("Panes", "Models"), "models", self._models_pane),
            Pane("hardware", translate("Panes", "Hardware"), "hardware", self._hardware_pane),
            Pane("settings", translate("Panes", "Settings"), "settings", self._settings_pane),
        ]

    def _chat_pane(self) -> Any:
        from app.ui.chat.pane import ChatPane

        return ChatPane(
            self._worker, self._background, self._store, self._preferences, self._tasks, self._theme
        )

    def _models_pane(self) -> Any:
        from app.ui.frame.models_pane import ModelsPane

        def open_worker() -> WorkerClient:
            return WorkerClient(self._places.home)

        return ModelsPane(self._store, self._preferences, open_worker, self._tasks, self._theme)

    def _hardware_pane(self) -> Any:
        from app.ui.frame.hardware_pane import HardwarePane

        return HardwarePane(self._places, self._theme)

    def _settings_pane(self) -> Any:
        from app.ui.frame.settings_pane import SettingsPane

        return SettingsPane(self._preferences, self._store, self._theme)

    def _bundle(self, failure: BaseException | None) -> dict[str, str]:
        outcome = self._worker.last_outcome
        return diagnostics.collect(self._places.home, self._settings, failure, outcome)

    def _show_failure(self, error: BaseException) -> None:
        self.dialogs.show_failure(error, self.watch)


class Quitter(QObject):
    """The system's wish that the program ends (macOS menu, end of the session) closes the window in order.

    Args:
        close: closes the window.
    """

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self._close = close

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the event: Qt's own answer would stop the event loop under asyncio's feet."""
        if event.type() is QEvent.Type.Quit and isinstance(watched, QApplication):
            self._close()
            return True
        return super().eventFilter(watched, event)


def with_signals(close: Callable[[], object]) -> None:
    """Close in order on SIGTERM and Ctrl-C too, where the system has such signals."""
    if sys.platform != "win32":
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, close)


def _discard(window: MainWindow) -> None:
    """Delete the window while the loop still runs, so that nothing of it outlives the program."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
