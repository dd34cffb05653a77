"""Acting without root's rights, which know no closed file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_NOBODY = 65534
_READ_AND_ENTER = 0o055


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Be somebody who owns nothing, for whom the way down to a folder is open; POSIX only."""
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    root = os.geteuid() == 0
    if root:
        _open_way(folder)
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def _open_way(folder: Path) -> None:
    for path in folder.parents:
        mode = path.stat().st_mode
        if mode & _READ_AND_ENTER != _READ_AND_ENTER:
            path.chmod(mode | _READ_AND_ENTER)
