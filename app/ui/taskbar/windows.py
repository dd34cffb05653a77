"""The bar on a window's button in the taskbar of Windows.

Source: `ITaskbarList3` in ShObjIdl.h of the Windows SDK; Qt 6 has no class for it any more.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable
from uuid import UUID

from app.com import call, check, guid, release

_LOG = logging.getLogger(__name__)
_TASKBAR_LIST = UUID("56fdf344-fd6d-11d0-958a-006097c9a090")
_TASKBAR_LIST_3 = UUID("ea1afb91-9e28-4b86-90e9-9e9f8a5eefaf")
_INIT, _SET_VALUE, _SET_STATE = 3, 9, 10
_NO_PROGRESS, _NORMAL = 0, 2
_IN_THIS_PROCESS, _SINGLE_THREADED = 1, 2
_WHOLE = 100


class WindowsBar:
    """Fills the button of a window.

    Args:
        taskbar: an ITaskbarList3; given back when this object goes.
        window: its HWND.
    """

    def __init__(self, taskbar: ctypes.c_void_p, window: int) -> None:
        self._taskbar, self._window = taskbar, ctypes.c_void_p(window)

    def show_percent(self, percent: int | None) -> None:
        """Fill the bar so far; None: take it away. A taskbar that refuses is let be."""
        state = _NO_PROGRESS if percent is None else _NORMAL
        codes = [call(self._taskbar, _SET_STATE, self._window, ctypes.c_uint32(state))]
        if percent is not None:
            figures = (ctypes.c_uint64(percent), ctypes.c_uint64(_WHOLE))
            codes.append(call(self._taskbar, _SET_VALUE, self._window, *figures))
        if min(codes) < 0:
            _LOG.debug("The taskbar shows no progress: 0x%08X", min(codes) & 0xFFFFFFFF)

    def __del__(self) -> None:
        """Give the object back."""
        release(self._taskbar)


def open_bar(window: int, create: Callable[[], ctypes.c_void_p] | None = None) -> WindowsBar | None:
    """The bar of a window; None where this Windows has no taskbar.

    Args:
        window: its HWND.
        create: gives an ITaskbarList3, or raises OSError; None: the system's.
    """
    try:
        taskbar = (create or _created)()
        bar = WindowsBar(taskbar, window)
        check(call(taskbar, _INIT), "HrInit")
    except OSError as error:
        _LOG.debug("There is no taskbar: %s", error)
        return None
    return bar


def _created() -> ctypes.c_void_p:
    if sys.platform == "win32":
        ole32, found = ctypes.WinDLL("ole32"), ctypes.c_void_p()
        ole32.CoInitializeEx(None, _SINGLE_THREADED)  # Qt has done so, unless it shows windows on no screen
        made = ole32.CoCreateInstance(
            guid(_TASKBAR_LIST), None, _IN_THIS_PROCESS, guid(_TASKBAR_LIST_3), ctypes.byref(found)
        )
        check(made, "CoCreateInstance")
        return found
    raise OSError("The taskbar is part of Windows")
