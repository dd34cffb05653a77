"""`indoors models list`."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.models.words import parameters, tokens
from app.cli.terminal import Terminal, size, table
from app.library.fit import memory_now, of_model
from app.library.store import InstalledModel, Store
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """List the installed models; a models folder that is not connected is said."""
    store = Store(places)
    models = store.models()
    if options.json:
        terminal.data([summary(model) for model in models])
    else:
        head = ("ID", "NAME", "PARAMETERS", "SIZE", "CONTEXT", "LICENCE", "HERE", "STATE")
        terminal.line(table([head, *(_row(model) for model in models)]))
    if not store.connected:
        terminal.note(f"The models folder {store.folder} is not connected: its models are not listed.")
    return 0


def summary(model: InstalledModel) -> dict[str, Any]:
    """What `list --json` prints of a model."""
    manifest = model.manifest
    fit = of_model(model, memory_now())
    return {
        "id": manifest.id,
        "name": manifest.name,
        "parameters": manifest.parameters,
        "bytes": manifest.bytes,
        "disk_bytes": model.disk_bytes,
        "context": manifest.context_length,
        "licence": manifest.licence,
        "quantization": manifest.quantization,
        "state": str(model.state),
        "problem": model.problem,
        "built_in": model.built_in,
        "linked": model.linked,
        "folder": str(model.folder),
        "fit": {"verdict": str(fit.verdict), "needed": fit.needed, "free": fit.free},
    }


def _row(model: InstalledModel) -> tuple[str, ...]:
    manifest = model.manifest
    state = f"{model.state}: {model.problem}" if model.problem else str(model.state)
    figures = (parameters(manifest.parameters), size(manifest.bytes), tokens(manifest.context_length))
    linked = f" (linked: {model.folder})" if model.linked else ""
    licence = manifest.licence or "unknown"
    return (
        manifest.id,
        manifest.name,
        *figures,
        licence,
        str(of_model(model, memory_now()).verdict),
        state + linked,
    )
