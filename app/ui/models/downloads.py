"""The downloads as the window knows them: followed, steered, and imported once they are complete."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.download.client import DownloadClient
from app.download.protocol import Download, DownloadState, Order, Reference, SourceKind
from app.errors import Cancelled, IndoorsError, WorkerDied
from app.library.store import Store
from app.ui.connections import Connections, Contact, Purpose
from app.ui.models.finishing import Finishing, Importing
from app.ui.tasks import Tasks
from app.worker.client import WorkerClient

_Wanted = tuple[str, str, tuple[str, ...]]
_MOST_DEATHS = 3
_CONNECTED = {DownloadState.RESOLVING, DownloadState.DOWNLOADING}


class Downloads(QObject):
    """Follows the downloader, which is started when there is something to follow.

    Args:
        client: asks the downloader.
        store: holds what was got.
        folder: of all downloads.
        open_worker: makes a worker for an import, so that it does not keep the chat waiting.
        connections: is told whom the downloader is connected to.
        tasks: runs what goes on by itself.

    Signals:
        changed: `now` or `imports` are others; at most five times a second for each cause.
        installed: the id of a model that is there now.
        failed: an IndoorsError that belongs to no download: the downloader ends again and again.

    Attributes:
        now: every download, in the order of the queue.
        imports: by the key of the download.
    """

    changed = Signal()
    installed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        client: DownloadClient,
        store: Store,
        folder: Path,
        open_worker: Callable[[], WorkerClient],
        connections: Connections,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self.client = client
        self._connections = connections
        self._tasks = tasks
        self._following: asyncio.Task[None] | None = None
        self._mine: set[str] | None = None
        self._noted: set[str] = set()
        self._found: dict[_Wanted, Download] = {}
        self._list(())
        self._finishing = Finishing(store, folder, client.forget, open_worker, self.changed.emit)
        self.imports = self._finishing.imports

    def follow(self) -> None:
        """Know from now on how far every download is."""
        if self._following is None or self._following.done():
            self._following = self._tasks.start(self._follow())

    def of(self, reference: Reference) -> Download | None:
        """The download of what a reference names, if there is one; its revision is pinned by then."""
        return self._found.get(_wanted(reference))

    async def get(self, order: Order) -> None:
        """Fetch a model, and import it where that is needed.

        Raises:
            IndoorsError: the downloader refuses.
        """
        self._own(await self.client.add(order))
        self.follow()

    async def pause(self, key: str) -> None:
        """Stop until `resume`."""
        await self.client.pause(key)

    async def resume(self, key: str) -> None:
        """Go on after a pause, a failure, or an import that failed."""
        self._own(key)
        self.follow()
        download = next((one for one in self.now if one.key == key), None)
        if download is None or download.state is not DownloadState.COMPLETED:
            await self.client.retry(key)
        else:
            self._finish_soon(download)

    async def cancel(self, key: str) -> None:
        """Give up; what was fetched is deleted. An import that goes on is stopped first."""
        if self._finishing.stop(key):
            return
        download = next((one for one in self.now if one.key == key), None)
        ended = download is not None and download.state.ended
        await (self.client.forget if ended else self.client.cancel)(key)
        self.imports.pop(key, None)

    def _own(self, key: str) -> None:
        self._mine = {*(self._mine or ()), key}

    async def _follow(self) -> None:
        deaths = 0
        while True:
            try:
                async for downloads in self.client.watch():
                    deaths = 0
                    self._take(downloads)
                return
            except Cancelled:
                return
            except WorkerDied as error:
                deaths += 1
                if deaths > _MOST_DEATHS:
                    self.failed.emit(error)
                    return
                await asyncio.sleep(deaths)
            finally:
                self._connections.show_fetching(())

    def _take(self, downloads: tuple[Download, ...]) -> None:
        self._list(one for one in downloads if one.state is not DownloadState.CANCELLED)
        unfinished = {one.key for one in self.now if not one.state.ended}
        if self._mine is None:  # what was cut off when the window was closed goes on, and is ours
            self._mine = unfinished
        self._connections.show_fetching(tuple(_contact(one) for one in self.now if _connected(one)))
        self._note_quick_ones()
        for one in self.now:
            waits = one.state is DownloadState.COMPLETED and one.key not in self.imports
            if waits and one.key in self._mine:
                self._finish_soon(one)
        self.changed.emit()

    def _list(self, downloads: Iterable[Download]) -> None:
        self.now = tuple(downloads)
        self._found = {_wanted(one.reference): one for one in reversed(self.now)}

    def _note_quick_ones(self) -> None:
        """Put into the log what began and ended between two looks."""
        for one in self.now:
            quick = one.state.ended and one.key in (self._mine or ()) and one.key not in self._noted
            if quick and one.host:
                self._connections.note(_contact(one))
            if one.state.ended or (_connected(one) and one.host):
                self._noted.add(one.key)

    def _finish_soon(self, download: Download) -> None:
        self.imports[download.key] = Importing()
        self._tasks.start(self._finish(download))

    async def _finish(self, download: Download) -> None:
        """What follows a complete download; a problem is kept, and `resume` tries again."""
        try:
            await self._finishing.finish(download)
        except Cancelled:
            self.imports[download.key] = Importing(
                error=Cancelled("The import was stopped.", "Go on, or delete what was fetched.")
            )
        except IndoorsError as error:
            self.imports[download.key] = Importing(error=error)
        else:
            self.imports.pop(download.key, None)
            self._list(one for one in self.now if one.key != download.key)
            self.installed.emit(download.id)
        self.changed.emit()


def _wanted(reference: Reference) -> _Wanted:
    return reference.source, reference.name, reference.patterns


def _connected(download: Download) -> bool:
    return download.state in _CONNECTED and download.reference.source != SourceKind.FOLDER


def _contact(download: Download) -> Contact:
    return Contact(download.host, Purpose.FETCH, download.name or download.id)
