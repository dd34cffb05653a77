"""`indoors models device`: on which device a model runs, where it is another one than the setting's."""

from __future__ import annotations

import argparse

from app.cli.terminal import Terminal
from app.library.store import Store
from app.paths import Paths
from app.settings import Settings

_DEFAULT = "default"


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Show the device, after a new one was chosen if one was named."""
    store = Store(places)
    model = store.get(options.id).manifest.id
    if options.device is not None:
        store.devices.choose(model, "" if options.device == _DEFAULT else options.device)
    own = store.devices.of(model)
    device = own or Settings(places.settings).text("device")
    if options.json:
        terminal.data({"id": model, "device": device, "own": bool(own)})
    else:
        terminal.line(f"{model}: {device}{'' if own else ', as in the settings'}")
    return 0
