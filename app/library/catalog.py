"""The catalogue: models worth having, with what is known of each and where that is known from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import paths
from app.download.protocol import Reference, RemoteFile
from app.errors import ModelNotFound
from app.library.entries import Ancestor, Entry, Provider, Variant
from app.library.pinned import CATALOG_SHA256, read_pinned


@dataclass(frozen=True)
class Catalog:
    """All entries. Empty when the catalogue was refused: the app works without it."""

    entries: tuple[Entry, ...] = ()
    updated: str = ""

    def get(self, entry_id: str) -> Entry:
        """The entry of that id.

        Raises:
            ModelNotFound: there is none.
        """
        if (found := self.find(entry_id)) is None:
            known = ", ".join(entry.id for entry in self.entries) or "nothing"
            raise ModelNotFound(
                "The catalogue has no {entry_id!r}.",
                "It has: {known}. Look further: indoors models search.",
                entry_id=entry_id,
                known=known,
            )
        return found

    def find(self, entry_id: str) -> Entry | None:
        """The entry of that id, or None."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def of_variant(self, label: str) -> tuple[Entry, Variant] | None:
        """What "ENTRY/VARIANT", the manifest's `variant`, names; None when the catalogue lacks it."""
        entry_id, _, variant_id = label.partition("/")
        entry = self.find(entry_id)
        variant = next((v for v in entry.variants if v.id == variant_id), None) if entry else None
        return (entry, variant) if entry and variant else None

    def search(self, text: str) -> tuple[Entry, ...]:
        """Entries in which every word of a text occurs."""
        words = text.casefold().split()
        return tuple(entry for entry in self.entries if all(word in _haystack(entry) for word in words))


def _haystack(entry: Entry) -> str:
    names = [variant.reference.name for variant in entry.variants if variant.reference]
    texts = (entry.id, entry.name, entry.publisher, entry.summary, entry.architecture, entry.licence, *names)
    return " ".join(texts).casefold()


def load(path: Path | None = None, sha256: str = CATALOG_SHA256) -> Catalog:
    """Read the catalogue that comes with the app.

    Raises:
        ModelDamaged: it is missing or was changed.
    """
    content = read_pinned(path or paths.catalog(), sha256)
    return Catalog(tuple(_entry(entry) for entry in content["entries"]), content["updated"])


def _entry(content: Mapping[str, Any]) -> Entry:
    return Entry(
        **{
            **content,
            "lineage": tuple(Ancestor(**ancestor) for ancestor in content["lineage"]),
            "source": tuple(content["source"]),
            "variants": tuple(_variant(variant) for variant in content["variants"]),
        }
    )


def _variant(content: Mapping[str, Any]) -> Variant:
    reference = content["reference"]
    return Variant(
        **{
            **content,
            "reference": _reference(reference) if reference else None,
            "files": tuple(RemoteFile(**file) for file in content["files"]),
            "providers": tuple(Provider(**provider) for provider in content["providers"]),
            "source": tuple(content["source"]),
        }
    )


def _reference(content: Mapping[str, Any]) -> Reference:
    return Reference(**{**content, "patterns": tuple(content["patterns"])})
