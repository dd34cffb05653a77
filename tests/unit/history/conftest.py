from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.history.store import History


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def history(folder: Path, clock: Clock) -> Iterator[History]:
    opened = History.open(folder, clock)
    yield opened
    opened.close()
