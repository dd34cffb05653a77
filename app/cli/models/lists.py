"""The catalogue and the advisories; without one that was changed the command goes on, and says so."""

from __future__ import annotations

from app.cli.terminal import Terminal
from app.errors import ModelDamaged
from app.library import advisories, catalog
from app.library.advisories import Advisory
from app.library.catalog import Catalog


def open_catalog(terminal: Terminal) -> Catalog:
    """The catalogue; an empty one, and a note, when it was refused."""
    try:
        return catalog.load()
    except ModelDamaged as error:
        terminal.note(f"indoors: {error}")
        return Catalog()


def open_advisories(terminal: Terminal) -> tuple[Advisory, ...]:
    """The advisories; none, and a note, when the list was refused."""
    try:
        return advisories.load()
    except ModelDamaged as error:
        terminal.note(f"indoors: {error}")
        return ()
