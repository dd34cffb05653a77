"""The composition root: paints the window first, then imports and starts what works in it."""

from __future__ import annotations

import logging
import sys
import time

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QMessageBox

from app.errors import IndoorsError
from app.paths import Paths
from app.settings import Settings
from app.ui import translation
from app.ui.frame.single_instance import SingleInstance
from app.ui.frame.window import MainWindow
from app.ui.preferences import Preferences
from app.ui.shell import Shell
from app.ui.theme import Theme
from app.ui.wording import told

_LOG = logging.getLogger(__name__)


def run_application(places: Paths) -> int:
    """Show the window and run until it is closed; gives the exit code.

    Raises:
        IndoorsError: the program could not start.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Indoors")
    app.setDesktopFileName("indoors")
    app.setQuitOnLastWindowClosed(False)
    instance = SingleInstance(places)
    try:
        if instance.claim():
            _run(app, places, instance)
    except IndoorsError as error:
        _tell(error)
        raise
    finally:
        instance.release()
    return 0


def open_shell(app: QApplication, places: Paths) -> Shell:
    """The window with nothing in its panes, not shown yet.

    Raises:
        UsageError: the settings file is damaged.
    """
    settings = Settings(places.settings)
    preferences = Preferences(settings)
    translation.install(app, preferences.text("language"), places)
    return Shell(places, settings, preferences, Theme(app, preferences, places.cache))


def _run(app: QApplication, places: Paths, instance: SingleInstance) -> None:
    shell = open_shell(app, places)
    _paint(shell.window)
    if shell.window.isVisible():
        from app.ui import running

        running.run(app, shell, instance)


def _paint(window: MainWindow) -> None:
    """Show the window and let Qt run until it has been painted, or closed at once."""
    loop = QEventLoop()
    window.painted.connect(loop.quit)
    window.closed.connect(loop.quit)
    window.show()
    loop.exec()
    _LOG.debug("The window was painted after %.3f s of work.", time.process_time())


def _tell(error: IndoorsError) -> None:
    """Whoever started the program by a double click sees no terminal."""
    if not sys.stderr.isatty():
        QMessageBox.critical(None, "Indoors", told(error))
