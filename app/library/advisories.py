"""Published advisories on models: a list that comes with the app, shown on every model made from theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app import paths
from app.library.pinned import ADVISORIES_SHA256, read_pinned


@dataclass(frozen=True)
class Advisory:
    """Something known to be wrong with a model, or with some of what was made from it.

    Attributes:
        id: unique.
        title: one line.
        severity: "low", "medium" or "high".
        base_models: repository ids; whatever was made from one of them is concerned.
        text: what is wrong, and with which files.
        action: what to do.
        source: who published it.
        published: ISO 8601 date.
    """

    id: str
    title: str
    severity: str
    base_models: tuple[str, ...]
    text: str
    action: str
    source: str
    published: str


def load(path: Path | None = None, sha256: str = ADVISORIES_SHA256) -> tuple[Advisory, ...]:
    """Read the list that comes with the app.

    Raises:
        ModelDamaged: it is missing or was changed.
    """
    content = read_pinned(path or paths.advisories(), sha256)
    return tuple(
        Advisory(**{**advisory, "base_models": tuple(advisory["base_models"])})
        for advisory in content["advisories"]
    )


def concerning(known: Iterable[Advisory], ancestors: Iterable[str]) -> tuple[Advisory, ...]:
    """The advisories on any of a model's ancestors, itself included."""
    names = {name.casefold() for name in ancestors}
    return tuple(advisory for advisory in known if names & {name.casefold() for name in advisory.base_models})
