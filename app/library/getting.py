"""What has to be asked for, and agreed to, so that a model is got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.download.protocol import Download, DownloadState, Order, Resolution
from app.errors import UsageError
from app.library.choosing import Choice, order_for
from app.library.entries import Entry, Variant
from app.library.licences import Terms
from app.library.store import Store

PROVIDERS = ("cpu",)
"""The execution providers that every computer has."""


@dataclass(frozen=True)
class Wish:
    """A model that somebody wants: the download to be made, and the terms to be accepted first."""

    order: Order
    terms: Terms


def from_catalog(entry: Entry, variant: Variant, model_id: str, *, anyway: bool = False) -> Wish:
    """A variant of the catalogue.

    Args:
        entry: whose.
        variant: which.
        model_id: the id it is installed by.
        anyway: even if it cannot run on this computer.

    Raises:
        UsageError: it cannot run on this computer, or comes with the app.
    """
    obstacle = variant.obstacle(PROVIDERS)
    if obstacle and not anyway:
        raise UsageError(
            "{model} in the form {variant} cannot run on this computer: {reason}.",
            "Choose another --variant, or add --anyway.",
            model=entry.name,
            variant=variant.id,
            reason=obstacle,
        )
    return Wish(entry.order(variant, model_id), Terms(entry.licence, entry.id, entry.usage_terms))


def from_source(resolution: Resolution, choice: Choice, model_id: str, called: str) -> Wish:
    """A model that the catalogue lacks.

    Args:
        resolution: what its reference stands for.
        choice: which of the models there.
        model_id: the id it is installed by.
        called: what the person named it.
    """
    return Wish(order_for(resolution, choice, model_id), Terms(resolution.licence, called))


def waiting_for_import(downloads: Iterable[Download], order: Order) -> Download | None:
    """A download for the same order that only waits for its import: an earlier one failed."""
    for one in downloads:
        same = (one.id, one.reference.name) == (order.id, order.reference.name)
        if same and one.needs_import and one.state is DownloadState.COMPLETED:
            return one
    return None


def import_params(download: Download, store: Store) -> dict[str, Any]:
    """Params of the worker's `import` for what was fetched.

    Raises:
        UsageError: the model's id was taken meanwhile.
        StorageError: the models folder is not connected.
    """
    return {
        "source": download.folder,
        "destination": str(store.destination(download.id)),
        "id": download.id,
        "name": download.name,
    }
