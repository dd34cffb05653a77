"""The right to come to the front, which systems give only to the program that the user has just started.

A second start has it and hands it on to the first one, whose window is to come forward.
"""

from __future__ import annotations

import os
import sys

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - Wayland calls the right so; it is no secret
_ANY_PROCESS = -1


def hand_on() -> str:
    """Let another process have the right; gives the token it needs, where the system works with tokens.

    Sources: `AllowSetForegroundWindow` of Windows; the protocol xdg-activation of Wayland.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
    return os.environ.get(_TOKEN, "")


def take(token: str) -> None:
    """Use a token that was handed on: Qt looks for it there when it activates a window."""
    if token:
        os.environ[_TOKEN] = token
