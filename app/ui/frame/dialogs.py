"""Opens the frame's dialogs over the window; each is imported when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QMessageBox

from app import __version__
from app.errors import IndoorsError
from app.ui.frame.commands import Commands
from app.ui.frame.crash import CrashWatch
from app.ui.frame.window import MainWindow
from app.ui.theme import Theme
from app.ui.wording import told

if TYPE_CHECKING:
    from app.ui.frame.diagnostics_dialog import DiagnosticsDialog
    from app.ui.frame.palette import CommandPalette
    from app.ui.frame.shortcuts import ShortcutSheet

Dialog = TypeVar("Dialog", bound=QDialog)
Bundle = Callable[[BaseException | None], dict[str, str]]
"""Makes the files of a diagnostics bundle, for a failure or without one."""


class Dialogs:
    """Every dialog that a command of the frame, or a failure, opens.

    Args:
        window: over which they appear.
        commands: what the palette and the sheet list.
        theme: look.

    Attributes:
        bundle: makes the diagnostics.
    """

    def __init__(self, window: MainWindow, commands: Commands, theme: Theme) -> None:
        self._window = window
        self._commands = commands
        self._theme = theme
        self.bundle: Bundle = lambda _: {}

    def open_palette(self) -> CommandPalette:
        """The command palette."""
        from app.ui.frame.palette import CommandPalette

        palette = CommandPalette(self._window, self._commands, self._theme)
        palette.open_over(self._window)
        return palette

    def open_shortcuts(self) -> ShortcutSheet:
        """The sheet of shortcuts."""
        from app.ui.frame.shortcuts import ShortcutSheet

        return _opened(ShortcutSheet(self._window, self._commands, self._theme))

    def open_diagnostics(self) -> DiagnosticsDialog:
        """The diagnostics, without a failure."""
        from app.ui.frame.diagnostics_dialog import DiagnosticsDialog

        return _opened(DiagnosticsDialog(self._window, self.bundle(None), None, self._theme))

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
        from app.ui.frame.diagnostics_dialog import DiagnosticsDialog

        if isinstance(error, IndoorsError):
            self._window.notices.add(told(error))
            watch.dismissed()
            return
        dialog = DiagnosticsDialog(self._window, self.bundle(error), error, self._theme)
        dialog.finished.connect(lambda _: watch.dismissed())
        dialog.quit_chosen.connect(self._window.close)
        dialog.open()


def _opened(dialog: Dialog) -> Dialog:
    dialog.open()
    return dialog
