"""The models pane with a real downloader and a hub on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from app.download.client import DownloadClient
from app.errors import IndoorsError
from app.library.store import Store
from app.paths import Paths
from app.ui.connections import Connections
from app.ui.models.downloads import Downloads
from app.ui.models.hub import Hub
from app.ui.models.pane import ModelsPane
from app.ui.models.services import Services
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient
from tests.support.hub_repositories import Repository
from tests.support.hub_server import HubServer, running_hub
from tests.support.models_pane import FILES, Parts


@pytest.fixture
def hub_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    for name in ("HF_TOKEN", "HF_ENDPOINT", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with running_hub() as server:
        server.add(Repository("tests/model", FILES))
        yield server


@pytest.fixture
async def parts(preferences: Preferences, places: Paths, theme: Theme) -> AsyncIterator[Parts]:
    """No downloader runs until something asks for it."""
    tasks, connections = Tasks(), Connections()
    store = Store(places)
    client = DownloadClient(places.home, resume=True)

    def open_worker() -> WorkerClient:
        return WorkerClient(places.home)

    async with client, open_worker() as worker:
        downloads = Downloads(client, store, places.downloads, open_worker, connections, tasks)
        hub = Hub(client, preferences, connections)
        services = Services(places, store, preferences, downloads, hub, worker, open_worker, tasks)
        told: list[IndoorsError] = []
        services.begin(told.append)
        pane = ModelsPane(services, theme)
        pane.resize(900, 1400)
        pane.show()
        await pane.refresh()
        yield Parts(pane, services, connections, told)
        await tasks.close()
        pane.close()
        pane.deleteLater()


@pytest.fixture
async def online(hub_server: HubServer, preferences: Preferences, parts: Parts) -> Parts:
    """The same, and its hub is the one on loopback."""
    preferences.set("hub-endpoint", hub_server.url)
    return parts
