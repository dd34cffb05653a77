"""Whether this Windows is real."""

from __future__ import annotations

import ctypes
import sys

UNDER_WINE = sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
