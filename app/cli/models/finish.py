"""What follows a download: a checkpoint or GGUF is imported, and the model is named to the person."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from app.cli.models.listing import summary
from app.cli.models.words import fitting_here
from app.cli.terminal import Terminal, size
from app.cli.work import call_worker
from app.download.client import DownloadClient
from app.download.protocol import Download
from app.library import finishing
from app.library.store import Store
from app.paths import Paths
from app.worker.protocol import Method


async def finish(
    client: DownloadClient, download: Download, options: argparse.Namespace, places: Paths, terminal: Terminal
) -> None:
    """Import what was downloaded where that is needed, and say that the model is there.

    Raises:
        IndoorsError: the import failed; the download is kept, and `resume` tries again.
    """
    store = Store(places)

    async def import_it(params: Mapping[str, Any]) -> None:
        await call_worker(options, places, terminal, Method.IMPORT, params)

    await finishing.finish(download, store, places.downloads, import_it, client.forget)
    model = store.get(download.id)
    if options.json:
        terminal.data(summary(model, await fitting_here(places)))
        return
    name = model.manifest.id
    terminal.line(f'Got {name} ({size(model.manifest.bytes)}). Try: indoors ask --model {name} "…"')
