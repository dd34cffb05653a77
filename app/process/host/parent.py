"""Notices when the program that started this one is gone, even if somebody else holds its pipe open."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import psutil

_SECONDS_BETWEEN_LOOKS = 1.0


def watch_parent(gone: Callable[[], None], every: float = _SECONDS_BETWEEN_LOOKS) -> None:
    """Call `gone` once, from a thread of its own, when the parent process has ended."""
    number = os.getppid()
    try:
        parent = psutil.Process(number)
    except psutil.Error:
        gone()
        return
    threading.Thread(target=_watch, args=(number, parent, gone, every), name="parent", daemon=True).start()


def _watch(number: int, parent: psutil.Process, gone: Callable[[], None], every: float) -> None:
    pause = threading.Event()
    while os.getppid() == number and parent.is_running():
        pause.wait(every)
    gone()
