"""Switches the server on and off as the settings say, and knows how it is."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import Cancelled, IndoorsError
from app.serving.keeper import Hearers, Keeper, ServeRequest
from app.serving.keys import Keys
from app.serving.offer import Offer
from app.ui.connections import Connections
from app.ui.preferences import Preferences
from app.ui.server.request_log import RequestLog
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient

SWITCH = "server"
LOG = "server-log"
_MINUTE = 60
_RESTARTING = frozenset(
    {"server-host", "server-port", "server-origins", "server-keep-alive", "server-rate-limit"}
)


class Phase(StrEnum):
    """How the server is."""

    OFF = "off"
    STARTING = "starting"
    ON = "on"
    BROKEN = "broken"
    FAILED = "failed"


class Switch(QObject):
    """Follows the settings: starts the server in the window's own worker, ends it, starts it anew.

    Args:
        worker: the window's; it serves beside its own requests, which go first.
        offer: the models.
        keys: what opens the server.
        preferences: the settings.
        connections: hears where it listens.
        tasks: runs it.

    Attributes:
        phase: how it is.
        url: where it listens; empty while it does not.
        problem: why it broke or could not be started; None when it runs well. While it is on: why it was
            started again.
        log: its requests.
        keys: what opens it.

    Signals:
        changed: phase, address or problem are others.
        keys_changed: there are other keys.
    """

    changed = Signal()
    keys_changed = Signal()

    def __init__(
        self,
        worker: WorkerClient,
        offer: Offer,
        keys: Keys,
        preferences: Preferences,
        connections: Connections,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._worker = worker
        self._offer = offer
        self._preferences = preferences
        self._connections = connections
        self._tasks = tasks
        self._keeper: Keeper | None = None
        self._turn = asyncio.Lock()
        self.keys = keys
        self.phase = Phase.OFF
        self.url = ""
        self.problem: IndoorsError | None = None
        self.log = RequestLog()
        self.log.keep(wanted=bool(preferences.get(LOG)))
        preferences.changed.connect(self._follow)

    def begin(self) -> None:
        """Start the server where the settings say that it is on."""
        if self._preferences.get(SWITCH):
            self._restart()

    def create_key(self, name: str) -> str:
        """Make a key, which opens the server at once; gives it, for it is kept nowhere.

        Raises:
            UsageError: the name does not do.
            StorageError: the keys cannot be read or written.
        """
        key = self.keys.create(name)
        self._replace_keys()
        return key

    def revoke_key(self, name: str) -> None:
        """Let a key open nothing any more, from this moment on.

        Raises:
            StorageError: the keys cannot be read or written.
        """
        self.keys.revoke(name)
        self._replace_keys()

    def _replace_keys(self) -> None:
        self.keys_changed.emit()
        if self._keeper is not None:
            self._start(self._keeper.replace_keys(tuple(key.sha256 for key in self.keys.list())))
        elif self._preferences.get(SWITCH):
            self._restart()  # a key may be what it lacked

    def _follow(self, name: str) -> None:
        if name == LOG:
            self.log.keep(wanted=bool(self._preferences.get(LOG)))
        elif name == SWITCH or (name in _RESTARTING and self._preferences.get(SWITCH)):
            self._restart()

    def _restart(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
        self._start(self._run())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._tasks.start(work)
        task.add_done_callback(lambda _: work.close())  # it may be cancelled before its first step

    async def _run(self) -> None:
        """Serve as the settings say, once the server before has ended."""
        async with self._turn:
            if not self._preferences.get(SWITCH):
                self._show(Phase.OFF)
                return
            self._show(Phase.STARTING)
            try:
                hearers = Hearers(self._listening, self._died, self.log.hear)
                self._keeper = Keeper(self._worker, self._offer, self._request(), hearers)
                await self._keeper.run()
            except IndoorsError as error:
                self._show(Phase.FAILED, problem=error)
            else:
                self._show(Phase.OFF)
            finally:
                self._keeper = None
                self.log.cut()

    def _request(self) -> ServeRequest:
        preferences = self._preferences
        return ServeRequest(
            host=preferences.text("server-host").strip(),
            port=preferences.number("server-port"),
            keys=tuple(key.sha256 for key in self.keys.list()),
            origins=tuple(preferences.text("server-origins").replace(",", " ").split()),
            keep_alive=preferences.number("server-keep-alive") * _MINUTE,
            rate_limit=preferences.number("server-rate-limit"),
            watch=True,
        )

    def _listening(self, url: str) -> None:
        self._show(Phase.ON, url, self.problem)

    def _died(self, error: IndoorsError) -> None:
        self.log.cut()
        self._show(Phase.BROKEN, problem=None if isinstance(error, Cancelled) else error)

    def _show(self, phase: Phase, url: str = "", problem: IndoorsError | None = None) -> None:
        self.phase, self.url, self.problem = phase, url, problem
        self._connections.show_listening(url)
        self.changed.emit()
