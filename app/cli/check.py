"""`indoors check`: what this computer has, and which models run on it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from pathlib import Path

from app import manifest as manifests
from app.cli.terminal import Terminal
from app.hardware.asking import ask_machine
from app.hardware.computer import Computer
from app.hardware.model import ModelDescription, describe
from app.hardware.report import report
from app.hardware.verdict import State
from app.library.fitting import Fitting
from app.library.loading import Loading
from app.library.store import State as Condition
from app.library.store import Store
from app.paths import Paths
from app.settings import Settings

_CODES = {State.WELL: 0, State.SLOWLY: 3, State.NOT: 4}


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Print this computer and a verdict for each model; the worst one's state is the exit code."""
    store = Store(places)
    models = list(_models(options.model, store))
    machine = asyncio.run(ask_machine(places))
    loading = Loading(store.devices, Settings(places.settings))
    fitting = Fitting(Computer.here(places, machine), loading)
    verdicts = {model.id: fitting.of_described(model, options.device, options.context) for model in models}
    if options.json:
        found = {name: verdict.to_json() for name, verdict in verdicts.items()}
        terminal.data({"machine": machine.to_json(), "models": found})
    else:
        terminal.line(report(machine, verdicts))
    return max((_CODES[verdict.state] for verdict in verdicts.values()), default=0)


def _models(wanted: str | None, store: Store) -> Iterator[ModelDescription]:
    """The model that is asked about, or all that can be used."""
    if wanted is not None:
        folder = store.locate(wanted)
        yield _described(folder)
        return
    for model in store.models():
        if model.state is Condition.READY:
            yield describe(model.folder, model.manifest)


def _described(folder: Path) -> ModelDescription:
    manifest = manifests.read(folder) if (folder / manifests.FILE_NAME).is_file() else None
    return describe(folder, manifest)
