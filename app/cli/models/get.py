"""`indoors models get`: download a model, and import it where it is no ONNX model yet."""

from __future__ import annotations

import argparse
import asyncio

from app.cli.models.agree import agree
from app.cli.models.finish import finish
from app.cli.models.follow import follow
from app.cli.models.lists import open_catalog
from app.cli.terminal import Terminal
from app.download.client import DownloadClient
from app.library.catalog import Catalog
from app.library.choosing import choices, choose
from app.library.getting import Wish, from_catalog, from_source, waiting_for_import
from app.library.licences import Acceptances
from app.library.naming import read_reference, short_name
from app.library.store import Store
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Download a model and install it."""
    asyncio.run(_get(options, places, terminal))
    return 0


async def _get(options: argparse.Namespace, places: Paths, terminal: Terminal) -> None:
    store = Store(places)
    async with DownloadClient(places.home, debug=options.debug) as client:
        wish = await _wish(options, open_catalog(terminal), store, client)
        store.destination(wish.order.id)
        agree(wish.terms, Acceptances(places.accepted_licences), terminal, accepted=options.accept_licence)
        download = waiting_for_import(await client.list(), wish.order)
        if download is None:
            download = await follow(client, await client.add(wish.order), store, terminal)
        await finish(client, download, options, places, terminal)


async def _wish(options: argparse.Namespace, catalog: Catalog, store: Store, client: DownloadClient) -> Wish:
    entry = catalog.find(options.what)
    if entry is not None:
        model_id = options.id or store.free_id(entry.id)
        return from_catalog(entry, entry.variant(options.variant), model_id, anyway=options.anyway)
    reference = read_reference(options.what, options.revision)
    resolution = await client.resolve(reference)
    choice = choose(choices(resolution.files), options.variant, options.what)
    model_id = options.id or store.free_id(short_name(reference))
    return from_source(resolution, choice, model_id, options.what)
