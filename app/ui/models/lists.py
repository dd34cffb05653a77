"""The lists that come with the app; one that was changed is done without, and the pane says so."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import ModelDamaged
from app.library import advisories, catalog
from app.library.advisories import Advisory
from app.library.catalog import Catalog


@dataclass(frozen=True)
class Lists:
    """The catalogue and the advisories.

    Attributes:
        catalog: empty when it was refused.
        advisories: none when they were refused.
        problem: why one of them was refused; None when none was.
    """

    catalog: Catalog
    advisories: tuple[Advisory, ...]
    problem: ModelDamaged | None


def read_lists() -> Lists:
    """Read them, as far as they are sound."""
    found, known, problem = Catalog(), tuple[Advisory, ...](), None
    try:
        found = catalog.load()
    except ModelDamaged as error:
        problem = error
    try:
        known = advisories.load()
    except ModelDamaged as error:
        problem = error
    return Lists(found, known, problem)
