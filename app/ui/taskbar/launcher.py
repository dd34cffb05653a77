"""The bar on a program's icon in those docks of Linux that follow Unity's launcher API.

A signal on the session's bus says how far it is; a dock that listens shows it. Source: "Unity Launcher API",
`com.canonical.Unity.LauncherEntry`, which Qt uses for the number on the icon too.
"""

from __future__ import annotations

from PySide6.QtDBus import QDBusConnection, QDBusMessage

_INTERFACE = "com.canonical.Unity.LauncherEntry"
_PATH = "/com/canonical/unity/launcherentry/1"


class LauncherEntry:
    """Tells every dock on a bus.

    Args:
        program: name of the program's desktop file, without its ending.
        bus: the session's.
    """

    def __init__(self, program: str, bus: QDBusConnection) -> None:
        self._uri, self._bus = f"application://{program}.desktop", bus

    def show_percent(self, percent: int | None) -> None:
        """Fill the bar so far; None: take it away."""
        shown = {"progress": (percent or 0) / 100, "progress-visible": percent is not None}
        message = QDBusMessage.createSignal(_PATH, _INTERFACE, "Update")
        message.setArguments([self._uri, shown])
        self._bus.send(message)


def open_entry(program: str) -> LauncherEntry | None:
    """The program's icon in the docks of this session; None where there is no bus, or no name."""
    bus = QDBusConnection.sessionBus()
    return LauncherEntry(program, bus) if program and bus.isConnected() else None
