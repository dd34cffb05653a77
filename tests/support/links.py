"""Symbolic links, where the system makes them."""

from __future__ import annotations

from pathlib import Path

import pytest


def link(path: Path, target: Path) -> None:
    """Make a symbolic link; skip the test where only an administrator may, and under Wine."""
    try:
        path.symlink_to(target)
    except OSError as error:
        if getattr(error, "winerror", None) is None:
            raise
    if not path.is_symlink():
        pytest.skip("no symbolic links here")
