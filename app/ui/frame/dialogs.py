"""Opens the frame's dialogs over the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QMessageBox

from app import __version__
from app.errors import IndoorsError
from app.ui.frame.commands import Commands
from app.ui.frame.crash import CrashWatch
from app.ui.frame.diagnostics_dialog import DiagnosticsDialog
from app.ui.frame.palette import CommandPalette
from app.ui.frame.shortcuts import ShortcutSheet
from app.ui.frame.window import MainWindow
from app.ui.theme import Theme

Dialog = TypeVar("Dialog", bound=QDialog)
Bundle = Callable[[BaseException | None], dict[str, str]]
"""Makes the files of a diagnostics bundle, for a failure or without one."""


class Dialogs:
    """Every dialog that a command of the frame, or a failure, opens.

    Args:
        window: over which they appear.
        commands: what the palette and the sheet list.
        theme: look.
        bundle: makes the diagnostics.
    """

    def __init__(self, window: MainWindow, commands: Commands, theme: Theme, bundle: Bundle) -> None:
        self._window = window
        self._commands = commands
        self._theme = theme
        self._bundle = bundle

    def open_palette(self) -> CommandPalette:
        """The command palette."""
        palette = CommandPalette(self._window, self._commands, self._theme)
        palette.open_over(self._window)
        return palette

    def open_shortcuts(self) -> ShortcutSheet:
        """The sheet of shortcuts."""
        return _opened(ShortcutSheet(self._window, self._commands, self._theme))

    def open_diagnostics(self) -> DiagnosticsDialog:
        """The diagnostics, without a failure."""
        return _opened(DiagnosticsDialog(self._window, self._bundle(None), None, self._theme))

    def open_about(self) -> QMessageBox:
        """Name, version and licence."""
        box = QMessageBox(self._window)
        translate = QCoreApplication.translate
        box.setWindowTitle(translate("About", "About Indoors"))
        box.setText(translate("About", "Indoors {version}").format(version=__version__))
        what = translate("About", "Chat with open-weight models that run on this very computer.")
        licences = translate("About", "Apache licence 2.0. Icons: Phosphor, MIT licence.")
        box.setInformativeText(f"{what}\n\n{licences}")
        return _opened(box)

    def show_failure(self, error: BaseException, watch: CrashWatch) -> None:
        """A foreseen failure is a notice; an unforeseen one gets a dialog with the diagnostics."""
        if isinstance(error, IndoorsError):
            self._window.notices.add(error.message, error.hint)
            watch.dismissed()
            return
        dialog = DiagnosticsDialog(self._window, self._bundle(error), error, self._theme)
        dialog.finished.connect(lambda _: watch.dismissed())
        dialog.quit_chosen.connect(self._window.close)
        dialog.open()


def _opened(dialog: Dialog) -> Dialog:
    dialog.open()
    return dialog
