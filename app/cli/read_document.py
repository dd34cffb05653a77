"""`indoors read-document`: a file's text as JSON, for the window, which parses no stranger's file itself."""

from __future__ import annotations

import argparse
import sys

from app.cli.terminal import Terminal
from app.documents.reading import answer_for
from app.paths import Paths

_MEMORY_BYTES = 2 << 30


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:  # noqa: ARG001
    """Print the text, or the error."""
    _bound_memory()
    sys.stdout.buffer.write(answer_for(options.path))
    return 0


def _bound_memory() -> None:
    """A small file can unpack into a huge one; where the system has limits, that ends only this child."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
