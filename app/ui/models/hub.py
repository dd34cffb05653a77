"""Questions to the outside, each asked only because somebody clicked, each told to the connections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.download.client import DownloadClient
from app.download.protocol import Found, Latest, Reference, Resolution, SourceKind
from app.errors import Offline
from app.library.naming import host_of
from app.ui.connections import Connections, Contact, Purpose
from app.ui.preferences import Preferences


class Hub:
    """Asks through the downloader. With the offline switch on nothing is started and nobody is asked.

    Args:
        client: the downloader.
        preferences: holds the offline switch.
        connections: is told who is asked.
    """

    def __init__(self, client: DownloadClient, preferences: Preferences, connections: Connections) -> None:
        self._client = client
        self._preferences = preferences
        self._connections = connections

    async def search(self, text: str) -> tuple[Found, ...]:
        """Models on the hub that match a text.

        Raises:
            NetworkError: nobody answers, or the offline switch is on.
        """
        async with self._asking(Purpose.SEARCH, text):
            return await self._client.search(text)

    async def resolve(self, reference: Reference) -> Resolution:
        """The files a reference stands for; raises as `search` does."""
        async with self._asking(Purpose.ASK, reference.name, reference):
            return await self._client.resolve(reference)

    async def latest(self, reference: Reference) -> Latest:
        """The newest revision of what was fetched; raises as `search` does."""
        if reference.source == SourceKind.FOLDER:
            return await self._client.latest(reference)
        async with self._asking(Purpose.ASK, reference.name, reference):
            return await self._client.latest(reference)

    async def sign_in(self, token: str) -> str:
        """Check an access token and keep it in the keyring; gives the account's name."""
        async with self._asking(Purpose.ACCOUNT, ""):
            return await self._client.sign_in(token)

    @asynccontextmanager
    async def _asking(
        self, purpose: Purpose, subject: str, reference: Reference | None = None
    ) -> AsyncIterator[None]:
        if self._preferences.offline:
            raise Offline("The offline switch is on, so nobody is asked.", "Turn it off in the settings.")
        elsewhere = reference is not None and reference.source != SourceKind.HUB
        host = host_of(reference) if reference and elsewhere else await self._client.hub_host()
        with self._connections.open(Contact(host, purpose, subject)):
            yield
