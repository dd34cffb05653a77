"""A download on the terminal: it is watched until it ends, and Ctrl-C pauses it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.cli.terminal import Terminal, size
from app.download.client import DownloadClient
from app.download.protocol import Download, DownloadState
from app.errors import Cancelled, IndoorsError, UsageError, from_json
from app.library.store import Store

if TYPE_CHECKING:  # rich takes longer to import than the window to paint
    from rich.progress import Progress

_SAYING = {
    DownloadState.QUEUED: "Waiting",
    DownloadState.RESOLVING: "Asking",
    DownloadState.DOWNLOADING: "Downloading",
    DownloadState.VERIFYING: "Verifying",
}


async def follow(client: DownloadClient, key: str, store: Store, terminal: Terminal) -> Download:
    """Show a download until it is complete, or until another process has made a model of it.

    Raises:
        IndoorsError: why it failed, or that it was paused or cancelled elsewhere.
        asyncio.CancelledError: Ctrl-C; the download is paused then.
    """
    last: Download | None = None
    try:
        with _display(terminal) as display:
            async for downloads in client.watch():
                download = next((one for one in downloads if one.key == key), None)
                last = download or last
                if download is None or download.state is DownloadState.CANCELLED:
                    if last is not None and store.has(last.id):
                        return last
                    raise Cancelled("The download was cancelled.")
                display.show(download)
                if download.state.ended or download.state is DownloadState.PAUSED:
                    return _require_complete(download)
    except asyncio.CancelledError:
        await client.pause(key)
        terminal.note(f"Paused; what was fetched is kept. Go on with: indoors models resume {key}")
        raise
    raise Cancelled("The downloader ended.", "Go on with: indoors models resume {key}.", key=key)


def _require_complete(download: Download) -> Download:
    if download.state is DownloadState.PAUSED:
        raise UsageError(
            "The download {model} was paused elsewhere.",
            "Go on with: indoors models resume {model}.",
            model=download.id,
        )
    if download.state is DownloadState.FAILED:
        raise from_json(download.error) if download.error else IndoorsError("The download failed.")
    return download


@contextmanager
def _display(terminal: Terminal) -> Iterator[Display]:
    if not terminal.watched:
        yield Display(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[said]}"))
    with Progress(*columns, console=Console(file=terminal.err), transient=True) as bars:
        yield Display(bars)


class Display:
    """One bar with the bytes, the speed and the time left; without bars it shows nothing."""

    def __init__(self, bars: Progress | None) -> None:
        self._bars = bars
        self._task = bars.add_task("Waiting", total=None, said="") if bars else None

    def show(self, download: Download) -> None:
        """Show how far it is; while it waits after a failure, why."""
        if self._bars is None or self._task is None:
            return
        doing = _SAYING.get(download.state, str(download.state).capitalize())
        host = f" from {download.host}" if download.host else ""
        self._bars.update(
            self._task,
            description=f"{doing} {download.id}{host}",
            completed=download.bytes_done,
            total=download.bytes_total,
            said=said(download),
        )


def said(download: Download) -> str:
    """Bytes, speed and time left; what is not known is a dash."""
    if download.error and not download.state.ended:
        return str(download.error.get("message", ""))
    total = size(download.bytes_total) if download.bytes_total else "–"
    speed = f"{size(round(download.bytes_per_s))}/s"
    left = "–" if download.eta_s is None else duration(download.eta_s)
    return f"{size(download.bytes_done)} of {total}, {speed}, {left} left"


def duration(seconds: float) -> str:
    """Time as hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
