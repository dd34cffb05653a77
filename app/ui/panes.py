"""Builds the panes from the parts that do the work."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.download.client import DownloadClient
from app.history.background import BackgroundHistory
from app.library.store import Store
from app.remote.client import RemoteClient
from app.remote.endpoints import Endpoints
from app.serving.keys import Keys
from app.serving.offer import Offer
from app.ui.connections import Connections
from app.ui.elsewhere import Elsewhere
from app.ui.frame import diagnostics
from app.ui.models.downloads import Downloads
from app.ui.models.hub import Hub
from app.ui.models.services import Services
from app.ui.server.switch import Switch
from app.ui.shell import Shell
from app.ui.taskbar.taskbar import Taskbar
from app.ui.tasks import Tasks
from app.ui.wording import said, told
from app.worker.client import WorkerClient


class Panes:
    """Makes each pane when it is first opened.

    Args:
        shell: the window they are shown in.
        tasks: runs what clicks start.
        worker: answers.
        downloader: finds and fetches models.
        remote: asks models elsewhere.
        background: the history.
    """

    def __init__(
        self,
        shell: Shell,
        tasks: Tasks,
        worker: WorkerClient,
        downloader: DownloadClient,
        remote: RemoteClient,
        background: BackgroundHistory,
    ) -> None:
        self._shell = shell
        self._tasks = tasks
        self._worker = worker
        self._background = background
        self._store = Store(shell.places)
        self._connections = Connections()
        shell.window.footer.follow(self._connections)
        endpoints = Endpoints(shell.places.endpoints)
        self._elsewhere = Elsewhere(endpoints, remote, shell.preferences, self._connections)
        self._services = self._make_services(downloader)
        offer, keys = Offer(self._store, shell.settings), Keys(shell.places.server_keys)
        self._switch = Switch(worker, offer, keys, shell.preferences, self._connections, tasks)

    def fill_window(self) -> None:
        """Give the window its panes and open the first."""
        builders = {
            "chat": self._chat,
            "models": self._models,
            "hardware": self._hardware,
            "server": self._server,
            "settings": self._settings,
        }
        self._shell.fill(builders, self._bundle)
        self._services.begin(lambda error: self._shell.window.notices.add(told(error)))
        self._switch.begin()
        for notice in self._background.history.notices:
            self._shell.window.notices.add(" ".join(map(said, notice.sentences)))

    def _chat(self) -> QWidget:
        from app.ui.chat.commands import chat_commands
        from app.ui.chat.pane import ChatPane

        preferences, theme = self._shell.preferences, self._shell.theme
        pane = ChatPane(
            self._worker,
            self._elsewhere,
            self._background,
            self._store,
            self._services.fitting,
            preferences,
            self._tasks,
            theme,
        )
        pane.troubles.unseen.connect(self._shell.window.notices.add)
        pane.models_wanted.connect(lambda: self._shell.window.open_pane("models"))
        self._shell.commands.extend(chat_commands(pane, lambda: self._shell.window.open_pane("chat")))
        return pane

    def _models(self) -> QWidget:
        from app.ui.models.pane import ModelsPane

        return ModelsPane(self._services, self._shell.theme)

    def _make_services(self, downloader: DownloadClient) -> Services:
        shell, connections = self._shell, self._connections

        def open_worker() -> WorkerClient:
            return WorkerClient(shell.places.home)

        downloads = Downloads(
            downloader, self._store, shell.places.downloads, open_worker, connections, self._tasks
        )
        Taskbar(shell.window, downloads)
        return Services(
            shell.places,
            self._store,
            shell.preferences,
            downloads,
            Hub(downloader, shell.preferences, connections),
            self._worker,
            open_worker,
            self._tasks,
        )

    def _hardware(self) -> QWidget:
        from app.ui.hardware.pane import HardwarePane

        shell = self._shell
        return HardwarePane(
            shell.places, self._store, shell.preferences, self._worker, self._tasks, shell.theme
        )

    def _server(self) -> QWidget:
        from app.ui.server.pane import ServerPane

        return ServerPane(self._switch, self._shell.preferences, self._store, self._shell.theme)

    def _settings(self) -> QWidget:
        from app.ui.endpoints.card import EndpointsCard
        from app.ui.frame.settings_pane import SettingsPane

        pane = SettingsPane(self._shell.preferences, self._store, self._shell.theme)
        card = EndpointsCard(self._elsewhere, self._tasks, pane.show_problem, self._shell.theme)
        pane.add_section(QCoreApplication.translate("SettingsPane", "Models elsewhere"), card)
        return pane

    def _bundle(self, failure: BaseException | None) -> dict[str, str]:
        home, outcome = self._shell.places.home, self._worker.last_outcome
        return diagnostics.collect(home, self._shell.settings, failure, outcome)
