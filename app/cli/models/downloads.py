"""`indoors models downloads`, `pause`, `resume` and `cancel`."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence

from app.cli.models.finish import finish
from app.cli.models.follow import follow, said
from app.cli.terminal import Terminal, size, table
from app.download.client import DownloadClient
from app.download.plain import to_json
from app.download.protocol import Download, DownloadState
from app.errors import UsageError
from app.library.store import Store
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Run one of the actions."""
    asyncio.run(_run(options, places, terminal))
    return 0


async def _run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> None:
    async with DownloadClient(places.home, debug=options.debug) as client:
        known = await client.list()
        downloads = [one for one in known if one.state is not DownloadState.CANCELLED]
        if options.action == "downloads":
            _list(downloads, options, terminal)
            return
        download = _named(downloads, options.id)
        if options.action == "resume":
            await _resume(client, download, options, places, terminal)
        elif options.action == "pause":
            await client.pause(download.key)
            _tell(options, terminal, download, "paused", f"Paused {download.id}.")
        else:
            await (client.forget if download.state.ended else client.cancel)(download.key)
            freed = f"{size(download.bytes_done)} were deleted"
            _tell(options, terminal, download, "cancelled", f"Gave {download.id} up; {freed}.")


async def _resume(
    client: DownloadClient, download: Download, options: argparse.Namespace, places: Paths, terminal: Terminal
) -> None:
    if download.state is DownloadState.FAILED:
        await client.retry(download.key)
    elif not download.state.ended:
        await client.resume(download.key)
    if download.state is not DownloadState.COMPLETED:
        download = await follow(client, download.key, Store(places), terminal)
    await finish(client, download, options, places, terminal)


def _named(downloads: Sequence[Download], wanted: str) -> Download:
    for download in downloads:
        if wanted in {download.key, download.id}:
            return download
    raise UsageError(
        "There is no download {wanted}.",
        "There are: {known}.",
        wanted=repr(wanted),
        known=", ".join(download.id for download in downloads) or "–",
    )


def _tell(
    options: argparse.Namespace, terminal: Terminal, download: Download, state: str, sentence: str
) -> None:
    if options.json:
        terminal.data({"id": download.id, "key": download.key, "state": state})
    else:
        terminal.line(sentence)


def _list(downloads: Sequence[Download], options: argparse.Namespace, terminal: Terminal) -> None:
    if options.json:
        terminal.data([to_json(download) for download in downloads])
        return
    if not downloads:
        terminal.note("Nothing is being downloaded.")
        return
    rows = [(one.id, one.key, str(one.state), _progress(one)) for one in downloads]
    terminal.line(table([("ID", "KEY", "STATE", ""), *rows]))


def _progress(download: Download) -> str:
    if download.error:
        return str(download.error.get("message", ""))
    if download.state is DownloadState.DOWNLOADING:
        return said(download)
    if download.needs_import:
        return f"fetched, not imported yet: indoors models resume {download.id}"
    total = size(download.bytes_total) if download.bytes_total else "–"
    return f"{size(download.bytes_done)} of {total}"
