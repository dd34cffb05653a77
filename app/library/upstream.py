"""What the places models come from said of a revision when somebody asked them, kept in the home.

The catalogue that comes with the app is never changed by it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.download.protocol import Reference
from app.errors import from_os_error
from app.files import write_whole


class Standing(StrEnum):
    """How a revision stands at the place it is fetched from."""

    CURRENT = "current"
    NEWER = "newer"
    REVISION_GONE = "revision gone"
    REFUSED = "refused"


@dataclass(frozen=True)
class Upstream:
    """What a place said.

    Attributes:
        standing: the revision is the newest; a newer one exists too; only the revision is gone; nothing is
            given: the repository is gone, private or blocked.
        day: when it was asked, ISO 8601.
        newest: the newest revision there; empty when that was refused.
        why: it was refused; else empty.
    """

    standing: Standing
    day: str
    newest: str = ""
    why: str = ""

    def __str__(self) -> str:
        """In words, for people who read English."""
        words = {
            Standing.CURRENT: "the newest",
            Standing.NEWER: "there is a newer revision, {newest}: get it again to have it",
            Standing.REVISION_GONE: "this revision is gone; the newest is {newest}",
            Standing.REFUSED: "refused: {why}",
        }
        return f"{words[self.standing].format(newest=self.newest, why=self.why)} (asked on {self.day})"


_TEXTS = ("day", "newest", "why")


class Upstreams:
    """What is known, in a small file of the home that is read each time.

    Args:
        path: the file; made when something is known.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, reference: Reference | None) -> Upstream | None:
        """What was said of a reference's revision; None when nobody asked, or for None."""
        found = self._read().get(_key(reference), {}) if reference else {}
        try:
            return Upstream(Standing(found["standing"]), *(str(found[name]) for name in _TEXTS))
        except (KeyError, TypeError, ValueError):  # nothing is known, or of another version
            return None

    def keep(self, found: Mapping[Reference, Upstream]) -> None:
        """Remember what was said; what was not asked for stays.

        Raises:
            StorageError: the file cannot be written.
        """
        known = self._read() | {_key(reference): asdict(said) for reference, said in found.items()}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(known, indent=1, ensure_ascii=False) + "\n")
        except OSError as error:
            raise from_os_error(error, "saving what the hosts said of the models") from error

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}


def _key(reference: Reference) -> str:
    return f"{reference.source} {reference.name} {reference.revision}".strip()
