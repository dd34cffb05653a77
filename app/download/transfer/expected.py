"""What was known of files before their host was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.download.protocol import RemoteFile, Resolution
from app.errors import ChecksumMismatch


def as_expected(resolution: Resolution, known: Iterable[RemoteFile]) -> Resolution:
    """Take over what was known beforehand; what contradicts it is refused before a byte is fetched.

    Raises:
        ChecksumMismatch: a file on the host is another.
    """
    expected = {file.path: file for file in known}
    return replace(
        resolution, files=tuple(_agreed(file, expected.get(file.path)) for file in resolution.files)
    )


def _agreed(file: RemoteFile, expected: RemoteFile | None) -> RemoteFile:
    if expected is None:
        return file
    sizes, sums = {file.bytes, expected.bytes} - {None}, {file.sha256, expected.sha256} - {None}
    if len(sizes) > 1 or len(sums) > 1:
        raise ChecksumMismatch(
            "{path} on the host is not the file that this program knows.",
            "Choose another variant, or wait for an update of the program.",
            path=file.path,
        )
    return replace(file, bytes=next(iter(sizes), None), sha256=next(iter(sums), None))
