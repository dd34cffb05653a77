"""`indoors check`: what a computer has, and which models run on it."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

from app import manifest as manifests
from app.cli.terminal import Terminal
from app.errors import ModelNotFound, UsageError
from app.hardware.asking import ask_machine
from app.hardware.computer import Computer
from app.hardware.machine import Machine
from app.hardware.model import ModelDescription, describe
from app.hardware.report import catalogue_text, report
from app.hardware.verdict import State, Verdict
from app.library.could_be_got import can_be_got
from app.library.fitting import Fitting
from app.library.loading import Loading
from app.library.store import State as Condition
from app.library.store import Store
from app.paths import Paths
from app.settings import Settings

_CODES = {State.WELL: 0, State.SLOWLY: 3, State.NOT: 4}


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Print a computer and a verdict for each model; the worst one's state is the exit code.

    Models of the catalogue that nobody asked about are listed too, and do not count.
    """
    store = Store(places)
    models = list(_models(options.model, store))
    fitting, machine = _computer(options.machine, store, places)
    verdicts = {model.id: fitting.of_described(model, options.device, options.context) for model in models}
    others = _others(fitting, options) if options.model is None else {}
    if options.json:
        found = {name: verdict.to_json() for name, verdict in verdicts.items()}
        listed = {name: verdict.to_json() for name, verdict in others.items()}
        terminal.data({"machine": machine.to_json(), "models": found, "catalogue": listed})
    else:
        terminal.line("\n\n".join([report(machine, verdicts), *([catalogue_text(others)] if others else [])]))
    return max((_CODES[verdict.state] for verdict in verdicts.values()), default=0)


def _computer(recorded: Path | None, store: Store, places: Paths) -> tuple[Fitting, Machine]:
    """This computer with what is chosen for it, or the one that a report tells of."""
    if recorded is not None:
        machine = _recorded(recorded)
        return Fitting(Computer.elsewhere(machine)), machine
    machine = asyncio.run(ask_machine(places))
    loading = Loading(store.devices, Settings(places.settings))
    return Fitting(Computer.here(places, machine), loading), machine


def _recorded(path: Path) -> Machine:
    try:
        return Machine.from_json(json.loads(path.read_text(encoding="utf-8"))["machine"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            "{path} is not what indoors check --json prints.",
            "Write it on that computer: indoors check --json.",
            path=path,
        ) from error


def _models(wanted: str | None, store: Store) -> Iterator[ModelDescription]:
    """The model that is asked about, or all that are installed and can be used."""
    if wanted is not None:
        yield from _named(wanted, store)
        return
    for model in store.models():
        if model.state is Condition.READY:
            yield describe(model.folder, model.manifest)


def _named(wanted: str, store: Store) -> list[ModelDescription]:
    """An installed model, one in a folder, or the variants of the catalogue's entry.

    Raises:
        ModelError: there is none such, or it cannot be used.
    """
    try:
        folder = store.locate(wanted)
    except ModelNotFound:
        found = [model for model in can_be_got() if wanted in {model.id, model.id.partition("/")[0]}]
        if not found:
            raise
        return found
    manifest = manifests.read(folder) if (folder / manifests.FILE_NAME).is_file() else None
    return [describe(folder, manifest)]


def _others(fitting: Fitting, options: argparse.Namespace) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for model in can_be_got():
        longest = model.longest or options.context
        context = min(options.context, longest) if options.context else None
        found[model.id] = fitting.of_described(model, options.device, context)
    return found
