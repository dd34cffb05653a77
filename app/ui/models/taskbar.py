"""Downloads where the system shows the window: a number on the program's icon, percent in the window's title.

Qt sets the number (`QGuiApplication.setBadgeNumber`) where the system's taskbar or dock knows such a thing;
it has no bar to offer there any more.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.download.protocol import Download, DownloadState
from app.ui.models.downloads import Downloads

_PAUSED = DownloadState.PAUSED


class Taskbar(QObject):
    """Keeps number and title up to date.

    Args:
        window: its title is changed.
        downloads: what is being fetched.
    """

    def __init__(self, window: QWidget, downloads: Downloads) -> None:
        super().__init__(window)
        self._window = window
        self._title = window.windowTitle()
        self._downloads = downloads
        self._number = 0
        downloads.changed.connect(self._show)

    def _show(self) -> None:
        going = [one for one in self._downloads.now if not one.state.ended and one.state is not _PAUSED]
        title = self._title
        if going:
            said = QCoreApplication.translate("Taskbar", "{percent} % – {title}")
            title = said.format(percent=_percent(going), title=self._title)
        if title != self._window.windowTitle():
            self._window.setWindowTitle(title)
        app = QGuiApplication.instance()
        if len(going) != self._number and isinstance(app, QGuiApplication):
            self._number = len(going)
            app.setBadgeNumber(self._number)


def _percent(going: list[Download]) -> int:
    """Of all bytes whose number is known."""
    known = [one for one in going if one.bytes_total]
    total = sum(one.bytes_total or 0 for one in known)
    return 100 * sum(one.bytes_done for one in known) // total if total else 0
