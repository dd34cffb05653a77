"""A plain https address of one file, which may be a zip archive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from app.download.protocol import Latest, Reference, RemoteFile, Resolution
from app.download.selection import select
from app.download.source import Body, Wanted
from app.download.sources.connections import Address, Connections
from app.download.sources.environment import is_loopback
from app.errors import UsageError


class UrlSource:
    """Files at addresses.

    Args:
        connections: fetch the bytes.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def resolve(self, reference: Reference) -> Resolution:
        """Size and identity of the file; the revision is what the host identifies its content by."""
        self._require_secure(reference.name)
        body = self._connections.open(Address(reference.name), 0, 1)
        body.close()
        name = PurePosixPath(unquote(urlsplit(reference.name).path)).name or "model"
        files = select([RemoteFile(name, body.total, None)], (), reference.name).files
        host = urlsplit(reference.name).netloc.rpartition("@")[2]
        return Resolution(replace(reference, revision=body.validator), files, host=host)

    def latest(self, reference: Reference) -> Latest:
        """What the host identifies the content by now."""
        revision = self.resolve(reference).reference.revision
        return Latest(revision, revision != reference.revision)

    def open(self, wanted: Wanted) -> Body:
        """Fetch a part of the file; see `Source.open`."""
        self._require_secure(wanted.reference.name)
        validator = wanted.validator or wanted.reference.revision
        return self._connections.open(Address(wanted.reference.name), wanted.start, wanted.end, validator)

    def address(self, reference: Reference, _file: RemoteFile) -> str:
        """The address itself."""
        return reference.name

    def _require_secure(self, url: str) -> None:
        parts = urlsplit(url)
        if not parts.netloc or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url))):
            raise UsageError(
                "{url} is no https address.", "Give an address that begins with https://.", url=url
            )
