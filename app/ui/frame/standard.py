"""The commands of the frame itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from app.settings import named
from app.ui.frame.commands import Command, Menu
from app.ui.frame.pane import Pane
from app.ui.frame.window import MainWindow
from app.ui.preferences import Preferences

_TEXT_STEP = 10


@dataclass(frozen=True)
class Openers:
    """What opens the frame's own dialogs."""

    palette: Callable[[], object]
    shortcuts: Callable[[], object]
    diagnostics: Callable[[], object]
    about: Callable[[], object]


def frame_commands(
    window: MainWindow, panes: Sequence[Pane], preferences: Preferences, openers: Openers
) -> list[Command]:
    """Everything the frame can do, in the order of the menus."""
    return [
        *_file_commands(window),
        *_edit_commands(),
        *_view_commands(window, preferences),
        *_go_commands(window, panes, openers),
        *_help_commands(openers),
    ]


def _file_commands(window: MainWindow) -> list[Command]:
    role, translate = QAction.MenuRole.QuitRole, QCoreApplication.translate
    quit_text = translate("Commands", "Quit")
    return [Command("quit", quit_text, window.close, Menu.FILE, ("Ctrl+Q",), "quit", role, group="end")]


def _edit_commands() -> list[Command]:
    translate = QCoreApplication.translate

    def edit(name: str, text: str, keys: str, group: str) -> Command:
        return Command(f"edit.{name}", text, lambda: _edit_focused(name), Menu.EDIT, (keys,), group=group)

    return [
        edit("undo", translate("Commands", "Undo"), "Ctrl+Z", "steps"),
        edit("redo", translate("Commands", "Redo"), "Ctrl+Shift+Z", "steps"),
        edit("cut", translate("Commands", "Cut"), "Ctrl+X", "clipboard"),
        edit("copy", translate("Commands", "Copy"), "Ctrl+C", "clipboard"),
        edit("paste", translate("Commands", "Paste"), "Ctrl+V", "clipboard"),
        edit("selectAll", translate("Commands", "Select all"), "Ctrl+A", "clipboard"),
    ]


def _edit_focused(name: str) -> None:
    """Let the widget with the keyboard do it, or the nearest one around it that can."""
    widget: QWidget | None = QApplication.focusWidget()
    while widget is not None:
        method = getattr(widget, name, None)
        if callable(method):
            method()
            return
        widget = widget.parentWidget()


def _view_commands(window: MainWindow, preferences: Preferences) -> list[Command]:
    translate = QCoreApplication.translate

    def resize(step: int) -> None:
        setting = named("text-size")
        wanted = preferences.number("text-size") + step
        if (setting.minimum or 0) <= wanted <= (setting.maximum or wanted):
            preferences.set("text-size", wanted)

    def reset() -> None:
        preferences.set("text-size", named("text-size").default)

    def dress(theme: str) -> Callable[[], None]:
        return lambda: preferences.set("theme", theme)

    view = Menu.VIEW
    texts = [translate("Commands", "Theme: follow the system"), translate("Commands", "Theme: light")]
    texts.append(translate("Commands", "Theme: dark"))
    names = ("system", "light", "dark")
    larger, smaller = translate("Commands", "Larger text"), translate("Commands", "Smaller text")
    usual, full = translate("Commands", "Usual text size"), translate("Commands", "Full screen")
    return [
        Command("text.larger", larger, lambda: resize(_TEXT_STEP), view, ("Ctrl++", "Ctrl+="), group="text"),
        Command("text.smaller", smaller, lambda: resize(-_TEXT_STEP), view, ("Ctrl+-",), group="text"),
        Command("text.usual", usual, reset, view, ("Ctrl+0",), group="text"),
        *(
            Command(f"theme.{name}", text, dress(name), view, group="theme")
            for name, text in zip(names, texts, strict=True)
        ),
        Command("fullscreen", full, window.toggle_full_screen, view, ("F11",), group="window"),
    ]


def _go_commands(window: MainWindow, panes: Sequence[Pane], openers: Openers) -> list[Command]:
    translate = QCoreApplication.translate

    def opening(pane: Pane) -> Callable[[], object]:
        return lambda: window.open_pane(pane.key)

    commands = [
        Command(
            "palette",
            translate("Commands", "Command palette"),
            openers.palette,
            Menu.GO,
            ("Ctrl+K", "Ctrl+Shift+P"),
            "search",
            group="palette",
        )
    ]
    for number, pane in enumerate(panes, start=1):
        settings = pane.key == "settings"
        keys = (f"Ctrl+{number}", "Ctrl+,") if settings else (f"Ctrl+{number}",)
        role = QAction.MenuRole.PreferencesRole if settings else QAction.MenuRole.NoRole
        name, go = f"pane.{pane.key}", Menu.GO
        commands.append(Command(name, pane.title, opening(pane), go, keys, pane.icon, role, group="panes"))
    step = translate("Commands", "Next area")
    return [*commands, Command("area.next", step, window.focus_next_area, Menu.GO, ("F6",), group="areas")]


def _help_commands(openers: Openers) -> list[Command]:
    translate = QCoreApplication.translate
    shortcuts = translate("Commands", "Keyboard shortcuts")
    diagnostics = translate("Commands", "Save diagnostics…")
    about = translate("Commands", "About Indoors")
    role = QAction.MenuRole.AboutRole
    return [
        Command("shortcuts", shortcuts, openers.shortcuts, Menu.HELP, ("F1",), "keyboard"),
        Command("diagnostics", diagnostics, openers.diagnostics, Menu.HELP, (), "save"),
        Command("about", about, openers.about, Menu.HELP, (), "info", role),
    ]
