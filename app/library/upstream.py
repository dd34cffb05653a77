"""Where an installed model came from, so that one can ask there for a newer revision."""

from __future__ import annotations

from app.download.protocol import Reference
from app.errors import ModelNotFound
from app.library.naming import read_reference
from app.manifest import Manifest


def origin_of(manifest: Manifest) -> Reference | None:
    """The reference a model was fetched by; None when its source is no place that could be asked."""
    try:
        return read_reference(manifest.source, manifest.revision)
    except ModelNotFound:
        return None
