"""What a process that measures is told."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Plan:
    """What to measure.

    Attributes:
        home: settings and history, made for measuring.
        ten: id of the conversation of 10 messages.
        twenty: id of the conversation of 20 messages.
        long: id of the long conversation.
        code: id of the conversation with a block of code of 1 MB.
        rounds: how often each measurement is made, in turn.
        tokens: of an answer.
    """

    home: str
    ten: int
    twenty: int
    long: int
    code: int
    rounds: int
    tokens: int

    @property
    def folder(self) -> Path:
        """The home, as a path."""
        return Path(self.home)

    def argument(self) -> str:
        """The plan as an argument of a process."""
        return json.dumps(asdict(self))


def read() -> Plan:
    """The plan this process was given."""
    return Plan(**json.loads(sys.argv[1]))


def report(figures: Mapping[str, Any]) -> None:
    """Tell the process that asked."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
