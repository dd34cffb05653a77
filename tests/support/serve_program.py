"""`indoors serve` as a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.support.program import Program, interrupt
from tests.support.wine import UNDER_WINE

_SECONDS = 30


@dataclass(frozen=True)
class ServeProgram:
    """The program while it serves.

    Attributes:
        url: the address clients use, `/v1` included.
        process: the command; the worker is its child.
        home: its home.
    """

    url: str
    process: subprocess.Popen[bytes]
    home: Path

    @property
    def worker(self) -> psutil.Process:
        """The process that serves."""
        return psutil.Process(self.process.pid).children()[0]


@contextmanager
def serve_program(home: Path, *options: str, port: int = 0) -> Iterator[ServeProgram]:
    """Serve the guide while the block runs; ended as a person would, with Ctrl-C."""
    process = Program(home).start("serve", "--port", str(port), *options)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        url = process.stdout.readline().decode().strip()
        assert url.startswith("http://"), process.stderr.read().decode()
        yield ServeProgram(url, process, home)
    finally:
        if UNDER_WINE:
            process.kill()  # Wine sends no Ctrl+Break; the worker ends with its parent
        else:
            interrupt(process)
        process.communicate(timeout=_SECONDS)
