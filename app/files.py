"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.05


def rename(source: Path, target: Path, patience: float = _PATIENCE_SECONDS) -> None:
    """Rename a file or a folder; a file takes the place of one that is there.

    Windows renames nothing that another program has open, and virus scanners open every new file for a
    moment: there it is tried again.

    Args:
        source: what is renamed.
        target: its new name, on the same disk.
        patience: seconds to try again for.

    Raises:
        OSError: the file system refused.
    """
    deadline = time.monotonic() + (patience if sys.platform == "win32" else 0)
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if target.is_dir() or time.monotonic() >= deadline:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def write_whole(path: Path, text: str, *, durable: bool = True) -> None:
    """Write a file as UTF-8 with line feeds, in place of the one that is there.

    Args:
        path: the file.
        text: its new content.
        durable: wait until it is on the disk itself; not needed where losing the last change does no harm.

    Raises:
        OSError: the file system refused; what was there before is still there.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        rename(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
