"""`indoors models search`: the catalogue, and the hub when words are given."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict

from app.cli.models.entry import as_json, here
from app.cli.models.lists import open_catalog
from app.cli.models.words import fitting_here, known_size, parameters
from app.cli.terminal import Terminal, table
from app.download.client import DownloadClient
from app.download.protocol import Found
from app.errors import NetworkError
from app.library.entries import Entry
from app.library.fitting import Fitting
from app.library.upstream import Upstreams
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Print what was found; a hub that does not answer is said, and changes nothing else."""
    text = " ".join(options.text)
    entries = open_catalog(terminal).search(text)
    found: tuple[Found, ...] = ()
    problem: NetworkError | None = None
    if text and not options.catalogue:
        try:
            found = asyncio.run(_ask(text, options, places))
        except NetworkError as error:
            problem = error
    fitting = asyncio.run(fitting_here(places))
    if options.json:
        said = {"code": problem.code, "message": problem.message, "hint": problem.hint} if problem else None
        upstreams = Upstreams(places.upstream)
        catalogue = [as_json(entry, fitting, upstreams) for entry in entries]
        terminal.data({"catalogue": catalogue, "hub": [asdict(one) for one in found], "problem": said})
        return 0
    _print(entries, found, fitting, terminal)
    if problem:
        terminal.note(f"The hub was not searched: {problem}")
    return 0


async def _ask(text: str, options: argparse.Namespace, places: Paths) -> tuple[Found, ...]:
    async with DownloadClient(places.home, debug=options.debug) as client:
        return await client.search(text, options.limit)


def _print(
    entries: tuple[Entry, ...], found: tuple[Found, ...], fitting: Fitting, terminal: Terminal
) -> None:
    if entries:
        head = ("CATALOGUE", "VARIANT", "PARAMETERS", "SIZE", "LICENCE", "HERE")
        terminal.line(table([head, *(row for entry in entries for row in _rows(entry, fitting))]))
    if found:
        rows = [
            (one.name, f"{one.downloads:,}", one.licence or "unknown", "sign-in" if one.gated else "")
            for one in found
        ]
        terminal.line(("\n" if entries else "") + table([("HUB", "DOWNLOADS", "LICENCE", ""), *rows]))
    if not entries and not found:
        terminal.note("Nothing was found.")


def _rows(entry: Entry, fitting: Fitting) -> list[tuple[str, ...]]:
    return [
        (
            entry.id if number == 0 else "",
            variant.id,
            parameters(entry.parameters) if number == 0 else "",
            known_size(variant.known_bytes),
            entry.licence if number == 0 else "",
            here(entry, variant, fitting),
        )
        for number, variant in enumerate(entry.variants)
    ]
