"""What a download knows of a model's origin, put into the manifest of what was imported from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app import manifest as manifests
from app.download.protocol import Download
from app.errors import ModelNotFound
from app.library.store import Store
from app.manifest import Manifest


def adopt(store: Store, download: Download, today: date) -> Manifest:
    """Complete the manifest of a model that the worker imported from a finished download.

    Args:
        store: holds the model.
        download: still has its files, and beside them the manifest the downloader wrote.
        today: the day it was fetched.

    Raises:
        ModelNotFound: the model is not installed.
        StorageError: the manifest cannot be written.
    """
    entry = store.get(download.id).entry
    imported = manifests.read(entry)
    known = _known(download)
    complete = replace(
        imported,
        name=known.name or imported.name,
        source=known.source,
        revision=known.revision,
        base_model=known.base_model or imported.base_model,
        licence=known.licence or imported.licence,
        publisher=known.publisher,
        converted_by=known.converted_by or imported.tool,
        source_kind=known.source_kind,
        host=known.host,
        fetched=known.fetched or today.isoformat(),
        variant=known.variant,
    )
    manifests.write(entry, complete)
    return complete


def _known(download: Download) -> Manifest:
    reference = download.reference
    plain = Manifest(
        download.id,
        download.name,
        reference.name,
        revision=reference.revision,
        source_kind=reference.source,
        host=download.host,
    )
    try:
        return manifests.read(Path(download.folder))
    except ModelNotFound:
        return plain
