"""`indoors models get`: download a model, and import it where it is no ONNX model yet."""

from __future__ import annotations

import argparse
import asyncio

from app.cli.models.agree import agree
from app.cli.models.entry import PROVIDERS
from app.cli.models.finish import finish
from app.cli.models.follow import follow
from app.cli.models.lists import open_catalog
from app.cli.terminal import Terminal
from app.download.client import DownloadClient
from app.download.protocol import Download, DownloadState, Order
from app.errors import UsageError
from app.library.catalog import Catalog, Entry
from app.library.choosing import choices, choose, order_for
from app.library.licences import Acceptances, Terms
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
        order, terms = await _order(options, open_catalog(terminal), store, client)
        store.destination(order.id)
        agree(terms, Acceptances(places.accepted_licences), terminal, accepted=options.accept_licence)
        download = await _waiting(client, order) or await follow(client, await client.add(order), terminal)
        await finish(client, download, options, places, terminal)


async def _waiting(client: DownloadClient, order: Order) -> Download | None:
    """A download that only waits for its import: an earlier one failed."""
    for one in await client.list():
        same = (one.id, one.reference.name) == (order.id, order.reference.name)
        if same and one.needs_import and one.state is DownloadState.COMPLETED:
            return one
    return None


async def _order(
    options: argparse.Namespace, catalog: Catalog, store: Store, client: DownloadClient
) -> tuple[Order, Terms]:
    entry = catalog.find(options.what)
    if entry is not None:
        return _from_catalog(entry, options, store)
    reference = read_reference(options.what, options.revision)
    resolution = await client.resolve(reference)
    choice = choose(choices(resolution.files), options.variant, options.what)
    model_id = options.id or store.free_id(short_name(reference))
    return order_for(resolution, choice, model_id), Terms(resolution.licence, options.what)


def _from_catalog(entry: Entry, options: argparse.Namespace, store: Store) -> tuple[Order, Terms]:
    variant = entry.variant(options.variant)
    obstacle = variant.obstacle(PROVIDERS)
    if obstacle and not options.anyway:
        raise UsageError(
            "{model} in the form {variant} cannot run on this computer: {reason}.",
            "Choose another --variant, or add --anyway.",
            model=entry.name,
            variant=variant.id,
            reason=obstacle,
        )
    order = entry.order(variant, options.id or store.free_id(entry.id))
    return order, Terms(entry.licence, entry.id, entry.usage_terms)
