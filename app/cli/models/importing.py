"""`indoors models import`, and the import that follows a download."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli.models.listing import summary
from app.cli.models.words import fitting_here
from app.cli.terminal import Terminal, size, table
from app.cli.work import call_worker
from app.errors import ModelError, ModelNotFound
from app.library.store import Store
from app.paths import Paths
from app.worker.protocol import Method


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Check a model and install it."""
    source = options.path.expanduser().absolute()
    if not source.exists():
        raise ModelNotFound(
            "There is no {path}.", "Give the folder or the file that holds the model.", path=source
        )
    store = Store(places)
    model_id = options.id or store.free_id(source.stem if source.is_file() else source.name)
    destination = store.destination(model_id)
    params: dict[str, Any] = {"source": str(source), "mode": options.mode}
    params |= {"quantization": options.quant} if options.quant else {}
    if options.dry_run:
        return _examine(options, places, terminal, params, destination)
    params |= {"destination": str(destination), "id": model_id}
    asyncio.run(call_worker(options, places, terminal, Method.IMPORT, params))
    model = Store(places).get(model_id)
    if options.json:
        terminal.data(summary(model, asyncio.run(fitting_here(places))))
    else:
        terminal.line(
            f'Imported {model_id} ({size(model.manifest.bytes)}). Try: indoors ask --model {model_id} "…"'
        )
    return 0


def _examine(
    options: argparse.Namespace,
    places: Paths,
    terminal: Terminal,
    params: Mapping[str, Any],
    destination: Path,
) -> int:
    report = asyncio.run(call_worker(options, places, terminal, Method.EXAMINE, params))
    plan = {"mode": params["mode"], "source": params["source"], "destination": str(destination)}
    if options.json:
        terminal.data({**report, "plan": plan})
    else:
        _print(report, terminal)
    failed = [check["name"] for check in report["checks"] if not check["passed"]]
    if failed:
        raise ModelError(
            "{source} would not be imported: {checks}.",
            "See what each check says.",
            source=params["source"],
            checks=", ".join(failed),
        )
    if not options.json:
        done = {"copy": "copied", "move": "moved", "link": "linked"}[options.mode]
        terminal.line(f"\nNothing was changed. {params['source']} would be {done} to {destination}.")
    return 0


def _print(report: Mapping[str, Any], terminal: Terminal) -> None:
    rows = [
        ("passed" if check["passed"] else "FAILED", check["name"], check["detail"])
        for check in report["checks"]
    ]
    terminal.line(table([("RESULT", "CHECK", ""), *rows]))
