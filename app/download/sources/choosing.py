"""Which source serves a reference."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.download.protocol import NetworkSettings, SourceKind
from app.download.source import Source
from app.download.sources.connections import STALL_SECONDS, Connections
from app.download.sources.folder import FolderSource
from app.download.sources.pip import Pip
from app.download.sources.url import UrlSource
from app.download.sources.wheel import WheelSource
from app.errors import RequestError

if TYPE_CHECKING:
    from app.download.sources.hub import HubSource


class Sources:
    """All sources under one set of settings.

    Args:
        settings: how the network is used.
    """

    def __init__(self, settings: NetworkSettings) -> None:
        self._connections = Connections(settings, STALL_SECONDS)
        self._hub: HubSource | None = None
        self._lock = threading.Lock()

    def hub(self) -> HubSource:
        """The hub; its library takes a moment to import, so it is made when first asked for."""
        from app.download.sources.hub import HubSource

        with self._lock:
            if self._hub is None:
                self._hub = HubSource(self._connections)
            return self._hub

    def pip(self) -> Pip:
        """What fetches packages."""
        return Pip(self._connections)

    def close(self) -> None:
        """Close idle connections."""
        self._connections.close()
        with self._lock:
            if self._hub is not None:
                self._hub.close()

    def of(self, kind: str) -> Source:
        """The source of a kind.

        Raises:
            RequestError: there is none.
        """
        match kind:
            case SourceKind.HUB:
                return self.hub()
            case SourceKind.URL:
                return UrlSource(self._connections)
            case SourceKind.WHEEL:
                return WheelSource(self._connections)
            case SourceKind.FOLDER:
                return FolderSource()
        kinds = ", ".join(SourceKind)
        raise RequestError("There is no source {kind}.", "Known: {kinds}.", kind=repr(kind), kinds=kinds)
