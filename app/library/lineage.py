"""Where a model comes from, step by step: original weights, who converted them, where they were fetched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.download.protocol import Reference
from app.library.catalog import Catalog
from app.library.entries import Entry
from app.manifest import Manifest


class Origin(StrEnum):
    """What a step of a model's way says."""

    ANCESTOR = "ancestor"
    CONVERTED = "converted by"
    SOURCE = "from"
    WRITTEN = "written by"


@dataclass(frozen=True)
class Step:
    """One step of a model's way to this computer.

    Attributes:
        origin: what kind of step.
        what: a repository id, a person or a tool.
        detail: how an ancestor is related, or which revision, host and day; empty when nothing is known.
    """

    origin: Origin
    what: str
    detail: str = ""


def trace(manifest: Manifest, catalog: Catalog) -> tuple[Step, ...]:
    """The steps from the first ancestor to the files on the disk."""
    found = catalog.of_variant(manifest.variant)
    entry = found[0] if found else None
    steps = _ancestors(manifest, entry)
    if manifest.converted_by:
        steps.append(Step(Origin.CONVERTED, manifest.converted_by))
    if manifest.source:
        steps.append(Step(Origin.SOURCE, manifest.source, _fetched(manifest)))
    if manifest.tool:
        steps.append(Step(Origin.WRITTEN, manifest.tool))
    return tuple(steps)


def _ancestors(manifest: Manifest, entry: Entry | None) -> list[Step]:
    if entry and entry.lineage:
        return [Step(Origin.ANCESTOR, one.model, one.relation) for one in entry.lineage]
    return [Step(Origin.ANCESTOR, manifest.base_model, "base model")] if manifest.base_model else []


def _fetched(manifest: Manifest) -> str:
    revision = f"revision {manifest.revision}" if manifest.revision else ""
    host = f"host {manifest.host}" if manifest.host else ""
    return ", ".join(part for part in (revision, host, manifest.fetched) if part)


def origin_of(manifest: Manifest) -> Reference | None:
    """Where to ask for a newer revision; None when the model came from no place that could be asked."""
    if not manifest.source_kind:
        return None
    return Reference(manifest.source_kind, manifest.source, manifest.revision)


def ancestors(manifest: Manifest, catalog: Catalog) -> frozenset[str]:
    """Every model this one is known to be made from, and the repository it came from."""
    steps = trace(manifest, catalog)
    return frozenset(step.what for step in steps if step.origin in {Origin.ANCESTOR, Origin.SOURCE})
