"""All that is known of an installed model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.library.advisories import Advisory, concerning
from app.library.catalog import Catalog
from app.library.entries import Entry
from app.library.lineage import Step, ancestors, trace
from app.library.store import InstalledModel


@dataclass(frozen=True)
class Known:
    """What is known of an installed model.

    Attributes:
        model: the model.
        lineage: the steps from the first ancestor to the files on the disk.
        advisories: on any of its ancestors.
        usage: what the licence and the publisher ask, in a sentence; empty when it is not known.
    """

    model: InstalledModel
    lineage: tuple[Step, ...]
    advisories: tuple[Advisory, ...]
    usage: str


def about(model: InstalledModel, catalog: Catalog, advisories: Iterable[Advisory]) -> Known:
    """Gather what the manifest, the catalogue and the advisories say."""
    manifest = model.manifest
    entry = entry_of(model, catalog)
    return Known(
        model,
        trace(manifest, catalog),
        concerning(advisories, ancestors(manifest, catalog)),
        entry.usage_terms if entry else "",
    )


def entry_of(model: InstalledModel, catalog: Catalog) -> Entry | None:
    """The entry of the catalogue that a model was got by, or that is built in."""
    found = catalog.of_variant(model.manifest.variant)
    if found is not None:
        return found[0]
    return catalog.find(model.manifest.id) if model.built_in else None
