"""What follows a complete download: a checkpoint or GGUF becomes a model that knows where it came from."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.download.protocol import Download
from app.errors import IndoorsError
from app.library.adopting import adopt
from app.library.getting import import_params
from app.library.store import Store
from app.process.messages import Event
from app.process.stream import EventStream
from app.worker.client import WorkerClient
from app.worker.protocol import PROGRESS

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
        open_worker: makes the worker.
        tell: called when one of the imports is further; at most five times a second.

    Attributes:
        imports: by the key of the download.
    """

    def __init__(
        self, store: Store, open_worker: Callable[[], WorkerClient], tell: Callable[[], None]
    ) -> None:
        self._store = store
        self._open_worker = open_worker
        self._tell = tell
        self._streams: dict[str, EventStream] = {}
        self._told = 0.0
        self.imports: dict[str, Importing] = {}

    async def finish(self, download: Download) -> None:
        """Import what needs it.

        Raises:
            IndoorsError: it could not be imported, or was stopped; the download is kept.
        """
        if not download.needs_import:
            return
        async with self._open_worker() as worker:
            stream = worker.request("import", import_params(download, self._store))
            self._streams[download.key] = stream
            try:
                async with stream:
                    async for event in stream:
                        self._hear(download.key, event)
            finally:
                del self._streams[download.key]
        adopt(self._store, download, date.today())

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
