"""The end of a process whose memory ran out where nobody can catch it."""

from __future__ import annotations

import os
import sys
import threading
from queue import SimpleQueue
from typing import Any, NoReturn

from app.process.host import pipes

_EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h
_LAST_WORDS = b"MemoryError: nothing could be done about it\n"


def end_when_memory_runs_out() -> None:
    """End the process when a MemoryError is lost, rather than wait for ever for what it should have done.

    A thread that gets no memory for its first frame dies before it tells `Thread.start` that it runs, and
    that waits without an end (CPython's threading module). The interpreter hands such an error to
    `sys.unraisablehook`, in that very thread: so the hook is one that needs no frame of Python's.
    """
    lost: SimpleQueue[Any] = SimpleQueue()
    sys.unraisablehook = lost.put
    threading.excepthook = _end_with_thread
    threading.Thread(target=_watch, args=(lost,), name="shortage", daemon=True).start()


def _end_with_thread(uncaught: threading.ExceptHookArgs) -> None:
    if issubclass(uncaught.exc_type, MemoryError):
        _end()
    threading.__excepthook__(uncaught)


def _watch(lost: SimpleQueue[Any]) -> None:
    while True:
        unraisable = lost.get()
        if issubclass(unraisable.exc_type, MemoryError):
            _end()
        sys.__unraisablehook__(unraisable)
        del unraisable  # it keeps what it is about alive


def _end() -> NoReturn:
    os.write(pipes.STDERR, _LAST_WORDS)
    os._exit(_EXIT_CODE)
