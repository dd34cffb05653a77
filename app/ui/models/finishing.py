"""The imports that follow complete downloads, as the window shows them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.download.protocol import Download
from app.errors import IndoorsError
from app.library import finishing
from app.library.store import Store
from app.process.messages import Event
from app.process.stream import EventStream
from app.worker.client import WorkerClient
from app.worker.protocol import PROGRESS, Method

_UPDATE_S = 0.2


@dataclass(frozen=True)
class Importing:
    """How far the import of a finished download is, or why it failed."""

    phase: str = ""
    done: int = 0
    total: int = 0
    error: IndoorsError | None = None


class Finishing:
    """Imports what was fetched, each download in a worker of its own.

    Args:
        store: holds what was got.
        downloads: the folder of all downloads.
        forget: takes a download off the list, given its key.
        open_worker: makes the worker.
        tell: called when one of the imports is further; at most five times a second.

    Attributes:
        imports: by the key of the download.
    """

    def __init__(
        self,
        store: Store,
        downloads: Path,
        forget: Callable[[str], Awaitable[object]],
        open_worker: Callable[[], WorkerClient],
        tell: Callable[[], None],
    ) -> None:
        self._store = store
        self._downloads = downloads
        self._forget = forget
        self._open_worker = open_worker
        self._tell = tell
        self._streams: dict[str, EventStream] = {}
        self._told = 0.0
        self.imports: dict[str, Importing] = {}

    async def finish(self, download: Download) -> None:
        """Import what needs it, and take the download off the list.

        Raises:
            IndoorsError: it could not be imported, or was stopped; the download is kept.
        """
        import_it = partial(self._import, download.key)
        await finishing.finish(download, self._store, self._downloads, import_it, self._forget)

    async def _import(self, key: str, params: Mapping[str, Any]) -> None:
        async with self._open_worker() as worker:
            stream = worker.request(Method.IMPORT, params)
            self._streams[key] = stream
            try:
                async with stream:
                    async for event in stream:
                        self._hear(key, event)
            finally:
                del self._streams[key]

    def stop(self, key: str) -> bool:
        """Stop an import; says whether there was one."""
        stream = self._streams.get(key)
        if stream is not None:
            stream.cancel()
        return stream is not None

    def _hear(self, key: str, event: Event) -> None:
        if event.name != PROGRESS:
            return
        data = event.data
        self.imports[key] = Importing(str(data["phase"]), int(data["done"]), int(data["total"]))
        if time.monotonic() - self._told >= _UPDATE_S:
            self._told = time.monotonic()
            self._tell()
