"""What the cards of the models pane can ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.download.protocol import Reference
from app.library.entries import Entry
from app.library.store import InstalledModel
from app.ui.models.looks import Act
from app.ui.models.offers import Offer


@dataclass(frozen=True)
class Actions:
    """What a card calls.

    Attributes:
        get: fetch what is offered.
        steer: do something about the download of that key.
        use: let the model of that id answer.
        show_model: all that is known of an installed model.
        show_entry: all that is known of an entry of the catalogue.
        show_found: the forms that a reference stands for.
    """

    get: Callable[[Offer], None]
    steer: Callable[[str, Act], None]
    use: Callable[[str], None]
    show_model: Callable[[InstalledModel], object]
    show_entry: Callable[[Entry], object]
    show_found: Callable[[Reference], None]
