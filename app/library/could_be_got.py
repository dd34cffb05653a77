"""The models of the catalogue that could be got and run right, as the fit sees them."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import IndoorsError
from app.hardware.model import ModelDescription
from app.library import catalog
from app.library.fitting import describe_variant
from app.library.getting import PROVIDERS


def can_be_got() -> Iterator[ModelDescription]:
    """Each variant whose size is known; the id is "ENTRY/VARIANT". None where the catalogue was refused."""
    try:
        entries = catalog.load().entries
    except IndoorsError:
        return
    for entry in entries:
        for variant in entry.variants:
            model = describe_variant(entry, variant)
            if model.weight_bytes and not variant.built_in and not variant.obstacle(PROVIDERS):
                yield model
