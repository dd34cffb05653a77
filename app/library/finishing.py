"""What follows a complete download: done once, although a window and a command line may both wait for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from filelock import AsyncFileLock

from app.download.protocol import Download
from app.errors import from_os_error
from app.library.adopting import adopt
from app.library.getting import import_params
from app.library.store import Store

_LOOK_S = 0.2


async def finish(
    download: Download,
    store: Store,
    downloads: Path,
    import_it: Callable[[Mapping[str, Any]], Awaitable[object]],
    forget: Callable[[str], Awaitable[object]],
) -> None:
    """Import what was fetched where that is needed, and take the download off the list.

    Nothing is left to do where another process did it meanwhile; while one is at it, it is waited for.

    Args:
        download: complete.
        store: holds what was got.
        downloads: the folder of all downloads.
        import_it: lets a worker import, given the params.
        forget: takes a download off the list, given its key.

    Raises:
        IndoorsError: the import failed; the download is kept.
    """
    async with _alone(downloads, download.key):
        if not (downloads / download.key).is_dir():
            return
        if download.needs_import:
            await import_it(import_params(download, store))
            adopt(store, download, date.today())
        await forget(download.key)


@asynccontextmanager
async def _alone(downloads: Path, key: str) -> AsyncIterator[None]:
    """Wait until no other process, and nothing else in this one, finishes that download."""
    path = downloads / f"{key}.finishing"
    lock = AsyncFileLock(str(path), thread_local=False, run_in_executor=False)
    try:
        await lock.acquire(poll_interval=_LOOK_S)
    except OSError as error:
        raise from_os_error(error, "locking the download") from error
    try:
        yield
    finally:
        with suppress(OSError):  # whoever waits has it open, and finds nothing left to do
            path.unlink(missing_ok=True)
        await lock.release()
