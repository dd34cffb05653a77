"""Builds the panes from the parts that do the work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.history.background import BackgroundHistory
from app.library.store import Store
from app.ui.frame import diagnostics
from app.ui.shell import Shell
from app.ui.tasks import Tasks
from app.ui.wording import said
from app.worker.client import WorkerClient


class Panes:
    """Makes each pane when it is first opened.

    Args:
        shell: the window they are shown in.
        tasks: runs what clicks start.
        worker: answers.
        background: the history.
    """

    def __init__(
        self, shell: Shell, tasks: Tasks, worker: WorkerClient, background: BackgroundHistory
    ) -> None:
        self._shell = shell
        self._tasks = tasks
        self._worker = worker
        self._background = background
        self._store = Store(shell.places)

    def fill_window(self) -> None:
        """Give the window its panes and open the first."""
        builders = {
            "chat": self._chat,
            "models": self._models,
            "hardware": self._hardware,
            "settings": self._settings,
        }
        self._shell.fill(builders, self._bundle)
        for notice in self._background.history.notices:
            self._shell.window.notices.add(" ".join(map(said, notice.sentences)))

    def _chat(self) -> QWidget:
        from app.ui.chat.commands import chat_commands
        from app.ui.chat.pane import ChatPane

        preferences, theme = self._shell.preferences, self._shell.theme
        pane = ChatPane(self._worker, self._background, self._store, preferences, self._tasks, theme)
        self._shell.commands.extend(chat_commands(pane, lambda: self._shell.window.open_pane("chat")))
        return pane

    def _models(self) -> QWidget:
        from app.ui.frame.models_pane import ModelsPane

        def open_worker() -> WorkerClient:
            return WorkerClient(self._shell.places.home)

        preferences, theme = self._shell.preferences, self._shell.theme
        return ModelsPane(self._store, preferences, open_worker, self._tasks, theme)

    def _hardware(self) -> QWidget:
        from app.ui.frame.hardware_pane import HardwarePane

        return HardwarePane(self._shell.places, self._shell.theme)

    def _settings(self) -> QWidget:
        from app.ui.frame.settings_pane import SettingsPane

        return SettingsPane(self._shell.preferences, self._store, self._shell.theme)

    def _bundle(self, failure: BaseException | None) -> dict[str, str]:
        home, outcome = self._shell.places.home, self._worker.last_outcome
        return diagnostics.collect(home, self._shell.settings, failure, outcome)
