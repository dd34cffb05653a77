"""Models elsewhere: which there are, and asking them, with an account of every connection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.addresses import host_of
from app.errors import IndoorsError, Offline
from app.process.stream import EventStream
from app.remote.client import RemoteClient
from app.remote.endpoints import Endpoint, Endpoints, require_safe
from app.remote.protocol import Method
from app.ui.connections import Connections, Contact, Purpose
from app.ui.preferences import Preferences

FIELD = "elsewhere"
"""The part of `indoors` in a request's body that says where else it goes."""


@dataclass(frozen=True)
class RemoteModel:
    """A model at an endpoint.

    Attributes:
        id: its name among all models.
        model: what it is called there.
        endpoint: where it is.
    """

    id: str
    model: str
    endpoint: Endpoint

    def address(self) -> dict[str, str]:
        """Where a request to it goes, as plain data."""
        return {"url": self.endpoint.url, "model": self.model}


class Elsewhere(QObject):
    """Asks through the remote process. With the offline switch on nothing is started and nobody is asked.

    Args:
        endpoints: the places there are.
        client: asks them.
        preferences: holds the offline switch.
        connections: is told who is asked.

    Signals:
        changed: there are other endpoints.
    """

    changed = Signal()

    def __init__(
        self, endpoints: Endpoints, client: RemoteClient, preferences: Preferences, connections: Connections
    ) -> None:
        super().__init__()
        self._endpoints = endpoints
        self._client = client
        self._preferences = preferences
        self._connections = connections

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every place there is.

        Raises:
            StorageError: the list cannot be read.
        """
        return self._endpoints.list()

    def models(self) -> list[RemoteModel]:
        """Every model there is.

        Raises:
            StorageError: the list of endpoints cannot be read.
        """
        return [
            RemoteModel(endpoint.model_id(model), model, endpoint)
            for endpoint in self.endpoints()
            for model in endpoint.models
        ]

    def find(self, model_id: str) -> RemoteModel | None:
        """The model of an id; None where the id is no such model's.

        Raises:
            StorageError: the list of endpoints cannot be read.
        """
        found = self._endpoints.find(model_id)
        return RemoteModel(model_id, found[1], found[0]) if found is not None else None

    def require_online(self, host: str) -> None:
        """Raise Offline when the switch is on.

        Args:
            host: who would be asked.
        """
        if self._preferences.offline:
            raise Offline(
                "The offline switch is on, so {place} was not asked.",
                "Turn it off in the settings, or choose a model of this computer.",
                place=host,
            )

    def show_chosen(self, model: RemoteModel | None) -> None:
        """What is written now goes to this model; None: it stays here."""
        self._connections.show_elsewhere(model.endpoint.host if model is not None else "")

    def request(self, body: Mapping[str, Any]) -> EventStream:
        """Ask a model; what comes is what the worker's `respond` gives.

        Args:
            body: a request whose part `indoors` says where it goes.
        """
        params = {name: value for name, value in body.items() if name != "indoors"}
        return self._client.request(Method.RESPOND, params | body["indoors"][FIELD])

    @contextmanager
    def asking(self, address: Mapping[str, str]) -> Iterator[None]:
        """The account of a connection that lasts as long as the block.

        Args:
            address: as `RemoteModel.address` has it.

        Raises:
            Offline: the offline switch is on.
        """
        host = host_of(address["url"])
        self.require_online(host)
        with self._connections.open(Contact(host, Purpose.ANSWER, address["model"])):
            yield

    async def look(self, url: str, key: str) -> tuple[str, ...]:
        """The models at an address.

        Raises:
            NetworkError: it does not answer, or refuses; or the offline switch is on.
            UsageError: it is no address that can be asked.
        """
        require_safe(url)
        host = host_of(url)
        self.require_online(host)
        with self._connections.open(Contact(host, Purpose.ASK, url)):
            return await self._client.models(url, key)

    async def add(self, endpoint: Endpoint, key: str) -> None:
        """Put an endpoint into the list, and its key into the system's keyring.

        Raises:
            UsageError: name, address or models do not do.
            AccessDenied: there is no keyring, or it is locked.
            StorageError: the list cannot be written.
        """
        self._endpoints.check(endpoint)
        if key:
            await self._client.keep_key(endpoint.url, key)
        try:
            self._endpoints.add(endpoint)
        except IndoorsError:
            if key:
                await self._forget_unused(endpoint.url)
            raise
        self.changed.emit()

    async def remove(self, endpoint: Endpoint) -> None:
        """Take an endpoint off the list, and its key out of the keyring.

        Raises:
            StorageError: the list cannot be written, or the keyring is locked.
        """
        self._endpoints.remove(endpoint.name)
        self.changed.emit()
        await self._forget_unused(endpoint.url)

    async def _forget_unused(self, url: str) -> None:
        """Delete the key of an address that no endpoint has."""
        if all(one.url != url for one in self.endpoints()):
            await self._client.forget_key(url)
