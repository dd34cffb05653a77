"""The window without anything in its panes: what the first paint needs, and no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.paths import Paths
from app.settings import Settings
from app.ui.early_keys import EarlyKeys
from app.ui.frame.commands import Commands
from app.ui.frame.crash import CrashWatch
from app.ui.frame.dialogs import Bundle, Dialogs
from app.ui.frame.menus import Menus
from app.ui.frame.pane import KeyboardHome, Pane
from app.ui.frame.standard import Openers, frame_commands
from app.ui.frame.state import StateFile
from app.ui.frame.window import MainWindow
from app.ui.preferences import Preferences
from app.ui.theme import Theme


class Shell:
    """Window, menus, commands and dialogs.

    Attributes:
        places: where things lie.
        settings: the settings, as a file.
        preferences: the settings, followed.
        theme: look.
        window: the window; its panes are built by `builders` once it is told to open one.
        commands: what can be done.
        dialogs: what the commands open.
        watch: hears failures, once it is installed.
        builders: for the key of each pane, what makes it.
    """

    def __init__(self, places: Paths, settings: Settings, preferences: Preferences, theme: Theme) -> None:
        self.places = places
        self.settings = settings
        self.preferences = preferences
        self.theme = theme
        self.builders: dict[str, Callable[[], QWidget]] = {}
        panes = self._panes()
        self.window = MainWindow(panes, theme, StateFile(places.window_state))
        self._early = EarlyKeys(self.window)
        self.window.rail.setEnabled(False)  # a click before `fill` would find nothing to open
        self.window.setWindowIcon(theme.icon("chat", "accent"))
        self.commands = Commands(self.window, theme)
        self.dialogs = Dialogs(self.window, self.commands, theme)
        opening = self.dialogs
        openers = Openers(
            opening.open_palette, opening.open_shortcuts, opening.open_diagnostics, opening.open_about
        )
        self.commands.extend(frame_commands(self.window, panes, preferences, openers))
        Menus(self.window, self.commands)
        self.watch = CrashWatch(self._show_failure)

    def fill(self, builders: dict[str, Callable[[], QWidget]], bundle: Bundle) -> None:
        """Tell how the panes are built and the diagnostics made, and open the first pane."""
        self.builders = builders
        self.window.rail.setEnabled(True)
        self.dialogs.bundle = bundle
        first = self.window.open_first_pane()
        self._early.end(first.keyboard_home() if isinstance(first, KeyboardHome) else None)
        self.window.prepare_pane("chat")  # its commands work from every pane

    def _panes(self) -> list[Pane]:
        translate = QCoreApplication.translate
        titles = {
            "chat": translate("Panes", "Chat"),
            "models": translate("Panes", "Models"),
            "hardware": translate("Panes", "Hardware"),
            "server": translate("Panes", "Server"),
            "settings": translate("Panes", "Settings"),
        }
        return [Pane(key, title, key, partial(self._build, key)) for key, title in titles.items()]

    def _build(self, key: str) -> QWidget:
        return self.builders[key]()

    def _show_failure(self, error: BaseException) -> None:
        self.dialogs.show_failure(error, self.watch)
