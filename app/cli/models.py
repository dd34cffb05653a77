"""`indoors models`: list, show, import, verify and remove."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict
from typing import Any

from app.cli.terminal import Terminal, size, table
from app.cli.work import call_worker
from app.errors import ModelDamaged, ModelNotFound
from app.library.store import InstalledModel, Store
from app.manifest import Manifest
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Run one of the actions."""
    actions = {"list": _list, "show": _show, "import": _import, "remove": _remove, "verify": _verify}
    return actions[options.action](options, places, terminal)


def summary(model: InstalledModel) -> dict[str, Any]:
    """What `list --json` prints of a model."""
    manifest = model.manifest
    return {
        "id": manifest.id,
        "name": manifest.name,
        "parameters": manifest.parameters,
        "bytes": manifest.bytes,
        "context": manifest.context_length,
        "licence": manifest.licence,
        "quantization": manifest.quantization,
        "state": str(model.state),
        "problem": model.problem,
        "built_in": model.built_in,
        "folder": str(model.folder),
    }


def _list(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    models = Store(places).models()
    if options.json:
        terminal.data([summary(model) for model in models])
        return 0
    head = ("ID", "NAME", "PARAMETERS", "SIZE", "CONTEXT", "LICENCE", "STATE")
    terminal.line(table([head, *(_row(model) for model in models)]))
    return 0


def _row(model: InstalledModel) -> tuple[str, ...]:
    manifest = model.manifest
    state = f"{model.state}: {model.problem}" if model.problem else str(model.state)
    context = f"{manifest.context_length:,}" if manifest.context_length else "unknown"
    licence = manifest.licence or "unknown"
    return manifest.id, manifest.name, parameters(manifest), size(manifest.bytes), context, licence, state


def parameters(manifest: Manifest) -> str:
    """The number of parameters in words."""
    count = manifest.parameters
    if not count:
        return "unknown"
    return f"{count / 1e9:.1f} B" if count >= 1e9 else f"{count / 1e6:.1f} M"


def _show(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    model = Store(places).get(options.id)
    if options.json:
        terminal.data(summary(model) | asdict(model.manifest))
        return 0
    manifest = model.manifest
    facts = {
        "Name": manifest.name,
        "Id": manifest.id,
        "State": f"{model.state} {model.problem}".strip(),
        "Folder": str(model.folder),
        "Source": manifest.source or "unknown",
        "Revision": manifest.revision or "unknown",
        "Base model": manifest.base_model or "none",
        "Licence": manifest.licence or "unknown",
        "Architecture": manifest.architecture or "unknown",
        "Parameters": parameters(manifest),
        "Context": f"{manifest.context_length:,} tokens" if manifest.context_length else "unknown",
        "Quantization": manifest.quantization or "unknown",
        "Written by": manifest.tool or "unknown",
        "Size": size(manifest.bytes),
    }
    terminal.line("\n".join(f"{label + ':':14}{value}" for label, value in facts.items()))
    rows = [(record.path, size(record.bytes), record.sha256) for record in manifest.files]
    terminal.line("\n" + table([("FILE", "SIZE", "SHA256"), *rows]))
    return 0


def _import(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    source = options.path.expanduser().absolute()
    if not source.exists():
        raise ModelNotFound(f"There is no folder {source}.", "Give the folder that holds the model.")
    model_id = options.id or source.name.lower()
    destination = Store(places).destination(model_id)
    params = {"source": str(source), "destination": str(destination), "id": model_id}
    if options.quant:
        params["quantization"] = options.quant
    asyncio.run(call_worker(options, places, terminal, "import", params))
    model = Store(places).get(model_id)
    if options.json:
        terminal.data(summary(model))
    else:
        terminal.line(
            f'Imported {model_id} ({size(model.manifest.bytes)}). Try: indoors ask --model {model_id} "…"'
        )
    return 0


def _remove(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    store = Store(places)
    freed = store.get(options.id).manifest.bytes
    store.remove(options.id)
    if options.json:
        terminal.data({"id": options.id, "removed": True, "bytes": freed})
    else:
        terminal.line(f"Removed {options.id}; {size(freed)} are free again.")
    return 0


def _verify(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    store = Store(places)
    model = store.get(options.id)
    done = 0
    with terminal.progress() as report:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            report("verify", done, model.manifest.bytes)

        wrong = [(record.path, problem) for record, problem in store.damage(options.id, advance)]
    if options.json:
        problems = [{"path": path, "problem": problem} for path, problem in wrong]
        terminal.data({"id": options.id, "files": len(model.manifest.files), "problems": problems})
    if wrong:
        named = "; ".join(f"{path} {problem}" for path, problem in wrong)
        raise ModelDamaged(f"The model {options.id} is damaged: {named}.", "Remove it and import it again.")
    if not options.json:
        terminal.line(f"{options.id}: all {len(model.manifest.files)} files are as they should be.")
    return 0
