"""What a download needs around it, and why it may be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.download.source import Source
from app.download.transfer.gather import Means


class Stop(StrEnum):
    """Why a download was stopped; empty: it was not."""

    NO = ""
    PAUSE = "pause"
    CANCEL = "cancel"
    REQUEUE = "requeue"
    END = "end"


@dataclass(frozen=True)
class Surroundings:
    """What a download needs around it.

    Attributes:
        source: for its kind of reference.
        means: tuning, limit, connections.
        models: the folder models are installed in.
        free: free bytes where a folder lies, without what other downloads still need there.
    """

    source: Source
    means: Means
    models: Path
    free: Callable[[Path], int]
