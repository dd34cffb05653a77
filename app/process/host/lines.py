"""Reads the requests that come in."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from app.process.frames import FrameSplitter, Oversized

_READ_BYTES = 1 << 16
_LOG = logging.getLogger(__name__)


def read_lines(descriptor: int, receive: Callable[[bytes | Oversized], None]) -> None:
    """Hand on every line that comes over a pipe, until it ends or fails."""
    splitter = FrameSplitter()
    try:
        while block := os.read(descriptor, _READ_BYTES):
            for line in splitter.feed(block):
                receive(line)
    except OSError as error:
        _LOG.warning("standard input failed: %s", error)
