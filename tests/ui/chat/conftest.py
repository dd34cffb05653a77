"""A chat pane on a real history, with a real worker and a tiny model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.history.background import BackgroundHistory
from app.library.fitting import Fitting
from app.library.loading import Loading
from app.library.store import Store
from app.paths import Paths
from app.remote.client import RemoteClient
from app.remote.endpoints import Endpoints
from app.ui.chat.notice_row import WaitingRow
from app.ui.chat.pane import ChatPane
from app.ui.connections import Connections
from app.ui.elsewhere import Elsewhere
from app.ui.preferences import Preferences
from app.ui.tasks import Tasks
from app.ui.theme import Theme
from app.worker.client import WorkerClient
from tests.ui.conftest import settle


@dataclass
class Chat:
    """The pane and what it works with."""

    pane: ChatPane
    background: BackgroundHistory
    worker: WorkerClient
    preferences: Preferences
    elsewhere: Elsewhere
    connections: Connections

    def answer_is_growing(self) -> bool:
        """Some of an answer's text has come."""
        turns = self.pane.view.turns
        if not turns or not turns[-1].streaming or not turns[-1].begun:
            return False
        return any(row.plain_text() for row in turns[-1].rows if not isinstance(row, WaitingRow))

    async def until(self, true: Callable[[], object], seconds: float = 60.0) -> None:
        """Let the program run until something is so."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - a test looks from outside
                await asyncio.sleep(0.01)

    async def breathe(self) -> None:
        """Let the program run for a moment."""
        await asyncio.sleep(0.02)

    async def ask(self, text: str) -> None:
        """Type a message and wait for the end of the answer."""
        busy: list[bool] = []
        self.pane.answers.busy_changed.connect(busy.append)  # it may be over before anybody looks
        self.type(text)
        await self.until(lambda: busy and not busy[-1])
        self.pane.answers.busy_changed.disconnect(busy.append)

    def type(self, text: str) -> None:
        """Type a message and press Enter."""
        QTest.keyClicks(self.pane.composer.input, text)
        QTest.keyClick(self.pane.composer.input, Qt.Key.Key_Return)


@pytest.fixture
async def chat(
    places: Paths, preferences: Preferences, theme: Theme, tiny_model: Path
) -> AsyncIterator[Chat]:
    """A shown pane; its model answers at most 24 tokens."""
    preferences.set("model", str(tiny_model))
    tasks = Tasks()
    background = await BackgroundHistory.open(places.history)
    async with WorkerClient(places.home) as worker, RemoteClient(places.home) as remote:
        endpoints, connections = Endpoints(places.endpoints), Connections()
        elsewhere = Elsewhere(endpoints, remote, preferences, connections)
        store = Store(places)
        loading = Loading(store.devices, preferences)

        def fitting() -> Fitting:
            return Fitting.now(places, loading, worker.held_bytes)

        pane = ChatPane(worker, elsewhere, background, store, fitting, preferences, tasks, theme)
        pane.resize(900, 700)
        pane.show()
        yield Chat(pane, background, worker, preferences, elsewhere, connections)
        await tasks.close()
    background.close()
    pane.maths.close()
    pane.deleteLater()
    settle()
