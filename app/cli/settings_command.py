"""`indoors settings`: show or change the settings."""

from __future__ import annotations

import argparse

from app import settings
from app.cli.terminal import Terminal, table
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Show all settings, show one, or set one."""
    stored = settings.Settings(places.settings)
    if options.name is None:
        _show_all(stored, terminal, as_json=options.json)
        return 0
    setting = settings.named(options.name)
    if options.value == "default":
        stored.reset(setting.name)
    elif options.value is not None:
        stored.set(setting.name, setting.parse(options.value))
    value = stored.get(setting.name)
    terminal.data({setting.name: value}) if options.json else terminal.line(str(value))
    return 0


def _show_all(stored: settings.Settings, terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.data({setting.name: stored.get(setting.name) for setting in settings.ALL})
        return
    rows = [(setting.name, str(stored.get(setting.name)), setting.help) for setting in settings.ALL]
    terminal.line(table([("SETTING", "VALUE", "MEANING"), *rows]))
