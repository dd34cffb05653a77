"""`indoors models list`."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict
from typing import Any

from app.cli.models.words import fitting_here, parameters, state, tokens
from app.cli.terminal import Terminal, size, table
from app.library.fitting import Fitting
from app.library.lineage import origin_of
from app.library.store import InstalledModel, Store
from app.library.upstream import Standing, Upstreams
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """List the installed models; a models folder that is not connected is said."""
    store = Store(places)
    models = store.models()
    fitting, upstreams = asyncio.run(fitting_here(places)), Upstreams(places.upstream)
    if options.json:
        terminal.data([summary(model, fitting) | upstream(model, upstreams) for model in models])
    else:
        head = ("ID", "NAME", "PARAMETERS", "SIZE", "CONTEXT", "LICENCE", "HERE", "STATE")
        terminal.line(table([head, *(_row(model, fitting, upstreams) for model in models)]))
    if not store.connected:
        terminal.note(f"The models folder {store.folder} is not connected: its models are not listed.")
    return 0


def summary(model: InstalledModel, fitting: Fitting) -> dict[str, Any]:
    """What `list --json` prints of a model."""
    manifest = model.manifest
    verdict = fitting.of_model(model)
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
        "fit": verdict and verdict.to_json(),
    }


def upstream(model: InstalledModel, upstreams: Upstreams) -> dict[str, Any]:
    """What `list --json` and `show --json` print of what its place said when it was asked."""
    said = upstreams.of(origin_of(model.manifest))
    return {"upstream": said and asdict(said)}


def _row(model: InstalledModel, fitting: Fitting, upstreams: Upstreams) -> tuple[str, ...]:
    manifest = model.manifest
    condition = f"{model.state}: {model.problem}" if model.problem else str(model.state)
    figures = (parameters(manifest.parameters), size(manifest.bytes), tokens(manifest.context_length))
    linked = f" (linked: {model.folder})" if model.linked else ""
    licence = manifest.licence or "unknown"
    said = upstreams.of(origin_of(manifest))
    news = f"; upstream: {said.standing}" if said and said.standing is not Standing.CURRENT else ""
    return (
        manifest.id,
        manifest.name,
        *figures,
        licence,
        state(fitting.of_model(model)),
        condition + news + linked,
    )
