"""What a source of models does; the transfer knows no more of it than this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.download.protocol import Latest, Reference, RemoteFile, Resolution
from app.errors import IndoorsError


class Hindrance(Exception):
    """An attempt failed in a way that may pass.

    Args:
        error: what to say if it does not pass.
        retry_after: seconds the host asked us to wait; None when it did not.
    """

    def __init__(self, error: IndoorsError, retry_after: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after = retry_after


class ContentChanged(Exception):
    """The file is no longer the one whose first part was fetched."""


@dataclass(frozen=True)
class Wanted:
    """A part of a file.

    Attributes:
        reference: pinned.
        file: which file.
        start: the first byte.
        end: behind the last byte; None: to the end of the file.
        validator: what `Body.validator` said when another part was fetched; empty: nothing is known.
        scratch: a folder that lasts as long as the download.
        cancelled: says when to give up.
    """

    reference: Reference
    file: RemoteFile
    start: int
    end: int | None
    validator: str
    scratch: Path
    cancelled: Callable[[], bool]


class Body(Protocol):
    """Bytes of a file on their way.

    Attributes:
        start: where in the file they begin; 0 although a later part was wanted, if the host knows no ranges.
        total: size of the whole file; None when unknown.
        ranged: they are the part that was wanted; False: the host sends all of the file.
        validator: an identifier of this very content; empty when the host gives none.
    """

    start: int
    total: int | None
    ranged: bool
    validator: str

    def read(self, limit: int) -> bytes:
        """The next bytes, at most so many; empty at the end.

        Raises:
            Hindrance: the connection broke or stalled.
        """

    def abort(self) -> None:
        """Make a `read` that waits in another thread give up."""

    def close(self) -> None:
        """Let go of the connection."""


class Source(Protocol):
    """Where models come from."""

    def resolve(self, reference: Reference, /) -> Resolution:
        """What the reference stands for now.

        Raises:
            Hindrance: it did not work this time.
            NetworkError: it will not work.
            UnsafeModel: the file list is dangerous.
        """

    def latest(self, reference: Reference, /) -> Latest:
        """The newest revision; raises as `resolve` does."""

    def open(self, wanted: Wanted) -> Body:
        """Begin to fetch a part of a file.

        Raises:
            Hindrance: it did not work this time.
            ContentChanged: the host's file is another one by now.
            NetworkError: it will not work.
        """

    def address(self, reference: Reference, file: RemoteFile, /) -> str:
        """The URL or path of a file, for messages."""
