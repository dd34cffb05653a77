"""`indoors runtimes`: what devices need besides the program: list, install, remove."""

from __future__ import annotations

import argparse
import asyncio

from app import runtimes
from app.cli.terminal import Terminal
from app.download.client import DownloadClient
from app.paths import Paths
from app.runtimes import Found


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Run one of the actions."""
    actions = {"list": _list, "install": _install, "remove": _remove}
    return actions[options.action](options, places, terminal)


def _list(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    found = [runtimes.verify(places, runtime) for runtime in runtimes.ALL]
    if options.json:
        terminal.data({"runtimes": [each.to_json() for each in found]})
    else:
        terminal.line("\n".join(map(_row, found)))
    return 0


def _install(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    runtime = runtimes.named(options.name)
    terminal.note(f"Fetching {runtime.package} …")
    asyncio.run(_fetch(options, places))
    return _tell(options, runtimes.find(places, runtime), terminal)


async def _fetch(options: argparse.Namespace, places: Paths) -> None:
    async with DownloadClient(places.home, debug=options.debug) as client:
        await client.install_runtime(options.name, options.platform)


def _remove(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    runtime = runtimes.named(options.name)
    runtimes.remove(places, runtime)
    return _tell(options, runtimes.find(places, runtime), terminal)


def _tell(options: argparse.Namespace, found: Found, terminal: Terminal) -> int:
    if options.json:
        terminal.data(found.to_json())
    else:
        terminal.line(_row(found))
    return 0


def _row(found: Found) -> str:
    return f"{found.runtime.name:10}{found.condition:20}{found.text:32}{found.runtime.about}"
