"""A child's two pipes, kept apart from everything else that reads or prints."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

_STDIN, _STDOUT, STDERR = 0, 1, 2


@dataclass(frozen=True)
class Pipes:
    """File descriptors that belong to the protocol alone: requests in, events out."""

    requests: int
    events: int


def claim() -> Pipes:
    """Take the protocol's pipes; standard input reads nothing from now on, standard output goes to stderr.

    Native libraries print to file descriptor 1 as they please: call this before importing any. On Windows
    a thread that waits in a read of descriptor 0 would also block whoever merely asks about it.
    """
    pipes = Pipes(os.dup(_STDIN), os.dup(_STDOUT))
    _binary(pipes)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, _STDIN)
    try:
        os.dup2(STDERR, _STDOUT)
    except OSError:  # started without a standard error
        os.dup2(nothing, STDERR)
        os.dup2(nothing, _STDOUT)
    os.close(nothing)
    sys.stdout = sys.stderr
    return pipes


def _binary(pipes: Pipes) -> None:
    """Windows would turn line feeds into two characters and end the input at a Ctrl-Z."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(pipes.requests, os.O_BINARY)
        msvcrt.setmode(pipes.events, os.O_BINARY)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte.

    Raises:
        OSError: nobody reads any more.
    """
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
