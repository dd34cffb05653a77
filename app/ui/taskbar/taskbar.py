"""Downloads where the system shows the window: a bar and a number on the icon, percent in the title.

The bar is the system's own, where it has one: the taskbar of Windows, docks of Linux that follow Unity's
launcher API. Qt sets the number (`QGuiApplication.setBadgeNumber`) where the system knows such a
thing; on macOS that is all the dock shows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.download.protocol import Download, DownloadState
from app.ui.models.downloads import Downloads

_PAUSED = DownloadState.PAUSED


class SystemBar(Protocol):
    """The bar on the program's icon."""

    def show_percent(self, percent: int | None) -> None:
        """Fill the bar so far; None: take it away."""


def system_bar(window: QWidget) -> SystemBar | None:
    """The bar of this system; None where it has none."""
    system: str = sys.platform
    if system == "win32":
        from app.ui.taskbar.windows import open_bar

        return open_bar(int(window.winId()))
    if system == "linux":
        from app.ui.taskbar.launcher import open_entry

        return open_entry(QGuiApplication.desktopFileName())
    return None


class Taskbar(QObject):
    """Keeps bar, number and title up to date.

    Args:
        window: its title is changed.
        downloads: what is being fetched.
        open_bar: gives the system's bar; asked when there is something to show for the first time.
    """

    def __init__(
        self,
        window: QWidget,
        downloads: Downloads,
        open_bar: Callable[[QWidget], SystemBar | None] = system_bar,
    ) -> None:
        super().__init__(window)
        self._window, self._title = window, window.windowTitle()
        self._downloads = downloads
        self._open_bar = open_bar
        self._bar: SystemBar | None = None
        self._number = 0
        self._percent: int | None = None
        downloads.changed.connect(self._show)

    def _show(self) -> None:
        going = [one for one in self._downloads.now if not one.state.ended and one.state is not _PAUSED]
        percent = _percent(going) if going else None
        if (percent, len(going)) == (self._percent, self._number):
            return
        self._show_percent(percent)
        app = QGuiApplication.instance()
        if len(going) != self._number and isinstance(app, QGuiApplication):
            app.setBadgeNumber(len(going))
        self._number = len(going)

    def _show_percent(self, percent: int | None) -> None:
        if percent == self._percent:
            return
        if self._percent is None:
            self._bar = self._open_bar(self._window)
        title = self._title
        if percent is not None:
            said = QCoreApplication.translate("Taskbar", "{percent} % – {title}")
            title = said.format(percent=percent, title=self._title)
        self._window.setWindowTitle(title)
        if self._bar is not None:
            self._bar.show_percent(percent)
        self._percent = percent


def _percent(going: list[Download]) -> int:
    """Of all bytes whose number is known."""
    known = [one for one in going if one.bytes_total]
    total = sum(one.bytes_total or 0 for one in known)
    return 100 * sum(one.bytes_done for one in known) // total if total else 0
