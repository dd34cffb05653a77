"""The server pane with a real worker, which serves the guide on a real socket."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from app.library.store import Store
from app.paths import Paths
from app.serving.keys import Keys
from app.serving.offer import Offer
from app.settings import Settings
from app.ui.connections import Connections
from app.ui.frame.footer import Footer
from app.ui.preferences import Preferences
from app.ui.server.pane import ServerPane
from app.ui.server.switch import Phase, Switch
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient


@dataclass
class Panel:
    """A pane, and what it steers."""

    pane: ServerPane
    switch: Switch
    worker: WorkerClient
    preferences: Preferences
    footer: Footer
    http: httpx2.AsyncClient

    async def until(self, true: Callable[[], object], seconds: float = 30.0) -> None:
        """Let the program run until something is so."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - a test looks from outside
                await asyncio.sleep(0.01)

    async def turn_on(self) -> str:
        """Click the switch and wait; gives the address."""
        self.pane.state.switch.click()
        await self.until(lambda: self.switch.phase in {Phase.ON, Phase.FAILED})
        return self.switch.url

    async def get(self, path: str, key: str = "") -> int:
        """Ask; gives the status."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return (await self.http.get(f"{self.switch.url}{path}", headers=headers)).status_code

    async def ask(self, **fields: Any) -> dict[str, Any]:
        """Ask the model; gives the response."""
        body = {"model": "guide", "input": "What is a token?", "max_output_tokens": 8, **fields}
        return (await self.http.post(f"{self.switch.url}/v1/responses", json=body)).json()


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


@pytest.fixture
async def panel(places: Paths, preferences: Preferences, theme: Theme) -> AsyncIterator[Panel]:
    """A pane, not shown; the server is off."""
    tasks, connections, footer, store = Tasks(), Connections(), Footer(theme), Store(places)
    preferences.set("server-port", free_port())
    footer.follow(connections)
    async with (
        WorkerClient(places.home) as worker,
        httpx2.AsyncClient(timeout=60, trust_env=False) as http,
    ):
        offer = Offer(store, Settings(places.settings))
        switch = Switch(worker, offer, Keys(places.server_keys), preferences, connections, tasks)
        pane = ServerPane(switch, preferences, store, theme)
        yield Panel(pane, switch, worker, preferences, footer, http)
        pane.hide()
        await tasks.close()
        pane.deleteLater()
        footer.deleteLater()
