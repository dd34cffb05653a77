"""`indoors models`: find, get, refresh, list, show, verify, import, remove and move models."""

from __future__ import annotations

import argparse
from importlib import import_module

from app.cli.terminal import Terminal
from app.paths import Paths

_MODULES = {
    "search": "search",
    "get": "get",
    "refresh": "refresh",
    "downloads": "downloads",
    "pause": "downloads",
    "resume": "downloads",
    "cancel": "downloads",
    "list": "listing",
    "show": "show",
    "verify": "change",
    "device": "device",
    "import": "importing",
    "remove": "change",
    "move": "change",
    "sign-in": "account",
    "sign-out": "account",
}


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Run one of the actions, after a move of the models folder that was cut off at its end."""
    from app.library.moving import Mover  # only the grammar is needed to print a help text

    Mover(places).finish()
    module = import_module(f"app.cli.models.{_MODULES[options.action]}")
    code: int = module.run(options, places, terminal)
    return code
