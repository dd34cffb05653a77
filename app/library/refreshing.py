"""Asks, when somebody wants it, whether what models were pinned to is still there, and the newest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from app.download.protocol import Latest, Reference, Resolution, SourceKind
from app.errors import IndoorsError, Offline, RefusedByHost
from app.library.catalog import Catalog
from app.library.installed import InstalledModel
from app.library.lineage import origin_of
from app.library.naming import host_of
from app.library.upstream import Standing, Upstream, Upstreams


class Places(Protocol):
    """Whoever can ask where models come from: the downloader's client."""

    async def latest(self, reference: Reference) -> Latest:
        """The newest revision of what the reference names."""
        ...

    async def resolve(self, reference: Reference) -> Resolution:
        """What a reference stands for now."""
        ...


@dataclass(frozen=True)
class Refreshed:
    """What came of asking.

    Attributes:
        said: of each reference that an answer was got for.
        problems: why others got none: one for each place that could not be asked.
    """

    said: dict[Reference, Upstream]
    problems: tuple[IndoorsError, ...]


def references(catalog: Catalog, models: Iterable[InstalledModel]) -> tuple[Reference, ...]:
    """Every place elsewhere, and revision, that the catalogue or an installed model names, each once."""
    offered = [variant.reference for entry in catalog.entries for variant in entry.variants]
    fetched = [origin_of(model.manifest) for model in models]
    named = (replace(each, patterns=()) for each in (*offered, *fetched) if each)
    return tuple(dict.fromkeys(each for each in named if each.source != SourceKind.FOLDER))


async def refresh(wanted: Iterable[Reference], places: Places, upstreams: Upstreams) -> Refreshed:
    """Ask for each, and keep what is said; a place that cannot be asked is not asked again.

    Args:
        wanted: what to ask for.
        places: answers.
        upstreams: keeps the answers.

    Raises:
        Offline: the offline switch is on.
        StorageError: they cannot be kept.
    """
    day = date.today().isoformat()
    said: dict[Reference, Upstream] = {}
    problems: dict[tuple[str, str], IndoorsError] = {}
    for reference in wanted:
        place = reference.source, host_of(reference)
        if place in problems:
            continue
        try:
            said[reference] = await _ask(reference, places, day)
        except Offline:
            raise
        except IndoorsError as error:
            problems[place] = error
    upstreams.keep(said)
    return Refreshed(said, tuple(problems.values()))


async def _ask(reference: Reference, places: Places, day: str) -> Upstream:
    try:
        latest = await places.latest(reference)
    except RefusedByHost as error:
        return Upstream(Standing.REFUSED, day, why=error.message)
    if not (latest.changed and reference.revision):
        return Upstream(Standing.CURRENT, day, latest.revision)
    try:
        await places.resolve(reference)
    except RefusedByHost:
        return Upstream(Standing.REVISION_GONE, day, latest.revision)
    return Upstream(Standing.NEWER, day, latest.revision)
