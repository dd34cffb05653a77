"""`indoors serve`: the Responses API for other programs, until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import os

from app.cli.terminal import Terminal
from app.cli.work import open_gate
from app.errors import IndoorsError
from app.library.store import Store
from app.paths import Paths
from app.serving.keeper import Hearers, Keeper, ServeRequest
from app.serving.keys import hash_of
from app.serving.offer import Offer
from app.settings import Settings
from app.worker.client import WorkerClient

KEY_VARIABLE = "INDOORS_API_KEY"
_MINUTE = 60


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Serve; the address goes to standard output, all else to standard error."""
    key = options.api_key or os.environ.get(KEY_VARIABLE, "")
    request = ServeRequest(
        host=options.host,
        port=options.port,
        keys=(hash_of(key),) if key else (),
        origins=tuple(options.allow_origin),
        model=options.model or "",
        keep_alive=options.keep_alive * _MINUTE,
        rate_limit=options.rate_limit,
    )
    asyncio.run(_serve(options, places, terminal, request))
    return 0


async def _serve(
    options: argparse.Namespace, places: Paths, terminal: Terminal, request: ServeRequest
) -> None:
    settings = Settings(places.settings)
    offer = Offer(Store(places), settings, options.device or "")
    if request.model:
        offer.find(request.model)  # a wrong id is told now, not with the first request

    def listening(url: str) -> None:
        terminal.line(f"{url}/v1")
        if request.model:
            terminal.note(f"{request.model} answers where a request names no model.")
        terminal.note("Ctrl-C ends it.")

    def died(error: IndoorsError) -> None:
        terminal.note(f"indoors: {error} The server is started again.")

    gate = open_gate(places, forced=options.force)
    async with WorkerClient(places.home, debug=options.debug, gate=gate) as client:
        await Keeper(client, offer, request, Hearers(listening, died)).run()
