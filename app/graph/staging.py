"""A new folder appears whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import DiskFull, UsageError, from_os_error
from app.files import rename


@contextmanager
def staged_folder(destination: Path, needed: int) -> Iterator[Path]:
    """Give a hidden folder beside `destination` to write into, and rename it at the end.

    Whatever is raised inside, the hidden folder is removed and `destination` is not there; a hidden folder
    left by a process that was killed is removed first.

    Args:
        destination: the folder to make; its parents are made too.
        needed: bytes that will be written.

    Raises:
        UsageError: the destination exists.
        DiskFull: the disk has less room than needed.
        StorageError: the file system refused.
    """
    stage = destination.with_name(f".{destination.name}.partial")
    try:
        _require_free(destination)
        stage.parent.mkdir(parents=True, exist_ok=True)
        if stage.exists():
            shutil.rmtree(stage)
        _check_room(destination, needed)
        stage.mkdir()
        yield stage
        rename(stage, destination)
    except OSError as error:
        raise from_os_error(error, "writing the model") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _require_free(destination: Path) -> None:
    if destination.exists():
        raise UsageError(
            "{destination} exists already.",
            "Remove it first, or choose another name.",
            destination=destination,
        )


def _check_room(destination: Path, needed: int) -> None:
    free = shutil.disk_usage(destination.parent).free
    if free < needed:
        raise DiskFull(
            "The model needs {needed} in {folder}, but only {free} are free.",
            "Free some space, or choose another folder with --home or INDOORS_HOME.",
            needed=_gigabytes(needed),
            folder=destination.parent,
            free=_gigabytes(free),
        )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.2f} GB"
