"""What names a model on a source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """Where a model is fetched from.

    Attributes:
        source: "hub", "url", "wheel" or "folder".
        name: repository id, URL, package name or path.
        revision: commit or version; empty: the newest.
        patterns: files that are fetched; empty: all.
    """

    source: str
    name: str
    revision: str = ""
    patterns: tuple[str, ...] = ()
