"""Getting rid of a folder: into the system's bin, or for good."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.errors import StorageError, from_os_error
from app.files import rename


def discard(folder: Path) -> None:
    """Put a folder into the system's bin.

    Raises:
        StorageError: its disk has no bin, or the disk refused.
    """
    from send2trash import TrashPermissionError, send2trash

    try:
        send2trash(folder)
    except TrashPermissionError as error:
        raise StorageError(
            "The disk of {folder} has no bin.",
            "Delete it for good: indoors models remove ID --for-good.",
            folder=folder,
        ) from error
    except OSError as error:
        raise from_os_error(error, "moving the model to the bin") from error


def delete(folder: Path) -> None:
    """Delete a folder; it vanishes from the list at once, then from the disk.

    Raises:
        StorageError: the disk refused.
    """
    doomed = folder.with_name(f".removed-{folder.name}")
    try:
        shutil.rmtree(doomed, ignore_errors=True)
        rename(folder, doomed)
        shutil.rmtree(doomed)
    except OSError as error:
        raise from_os_error(error, "removing the model") from error
