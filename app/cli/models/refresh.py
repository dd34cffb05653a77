"""`indoors models refresh`: whether what the models are pinned to is still there, and the newest."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable
from dataclasses import asdict

from app.cli.models.lists import open_catalog
from app.cli.terminal import Terminal, table
from app.download.client import DownloadClient
from app.download.protocol import Reference
from app.library.refreshing import Refreshed, references, refresh
from app.library.store import Store
from app.library.upstream import Upstreams
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Ask, keep what was said, print it; what could not be asked is the command's error."""
    wanted = references(open_catalog(terminal), Store(places).models())
    found = ask(wanted, options, places)
    if options.json:
        terminal.data([asdict(one) | asdict(said) for one, said in found.said.items()])
    elif found.said:
        rows = [(one.name, one.revision, str(said)) for one, said in found.said.items()]
        terminal.line(table([("FROM", "REVISION", "UPSTREAM"), *rows]))
    for problem in found.problems[1:]:
        terminal.note(f"indoors: {problem}")
    if found.problems:
        raise found.problems[0]
    return 0


def ask(wanted: Iterable[Reference], options: argparse.Namespace, places: Paths) -> Refreshed:
    """Ask, and keep what was said.

    Raises:
        Offline: the offline switch is on.
    """
    return asyncio.run(_asked(wanted, options, places))


async def _asked(wanted: Iterable[Reference], options: argparse.Namespace, places: Paths) -> Refreshed:
    async with DownloadClient(places.home, debug=options.debug) as client:
        return await refresh(wanted, client, Upstreams(places.upstream))
