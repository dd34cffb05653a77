"""A copy of a database that may be read and written at will, while the file itself stays as it is."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def readable_copy(source: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a temporary copy of a file and of its log.

    A log cannot be read where nothing can be written beside it, and reading one changes the file; so both are
    copied first.

    Raises:
        OSError: there is no room for the copy, or the file cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="indoors-", ignore_cleanup_errors=True) as name:
        copy = Path(name) / source.name
        for suffix in ("", "-wal"):
            if (part := source.with_name(source.name + suffix)).exists():
                shutil.copyfile(part, copy.with_name(copy.name + suffix))
        connection = sqlite3.connect(copy)
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        try:
            yield connection
        finally:
            connection.close()
