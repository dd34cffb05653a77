"""Whether there is room on the disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from app.errors import DiskFull

RESERVE_BYTES = 32 << 20
"""What stays free for everything else."""

Free = Callable[[Path], int]


def free_bytes(folder: Path) -> int:
    """Free on the file system that holds a folder, which need not exist yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def require(folder: Path, needed: int, free: int) -> None:
    """Make sure that there is room.

    Raises:
        DiskFull: with both figures.
    """
    if needed + RESERVE_BYTES > free:
        raise disk_full(folder, needed, free)


def disk_full(folder: Path, needed: int, free: int) -> DiskFull:
    """Both figures and what to do."""
    return DiskFull(
        "The download still needs {needed} on the disk of {folder}, where {free} are free.",
        "Free some space or move the models folder, then try again.",
        needed=in_gb(needed),
        free=in_gb(free),
        folder=folder,
    )


def in_gb(count: int) -> str:
    """Bytes as people read them."""
    if count >= 10**9:
        return f"{count / 10**9:.1f} GB"
    return f"{count / 10**6:.1f} MB"
