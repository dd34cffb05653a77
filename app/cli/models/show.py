"""`indoors models show`: all that is known of a model, installed or in the catalogue."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict
from typing import Any

from app.cli.models.entry import show_entry
from app.cli.models.listing import summary, upstream
from app.cli.models.lists import open_advisories, open_catalog
from app.cli.models.refresh import ask
from app.cli.models.words import facts, fitting_here, judgement, parameters, tokens
from app.cli.terminal import Terminal, size, table, visible
from app.errors import UsageError
from app.library.about import Known, about
from app.library.fitting import Fitting
from app.library.licences import Acceptances, Terms, text_of
from app.library.lineage import origin_of
from app.library.store import InstalledModel, Store
from app.library.upstream import Upstreams
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Print what is known of a model."""
    catalog = open_catalog(terminal)
    store = Store(places)
    entry = catalog.find(options.id)
    installed = next((model for model in store.models() if model.manifest.id == options.id), None)
    if installed is None and entry is not None:
        return show_entry(entry, options, places, terminal)
    model = installed or store.get(options.id)
    known = about(model, catalog, open_advisories(terminal))
    fitting = asyncio.run(fitting_here(places))
    if options.newer:
        _ask(model, options, places)
    if options.json:
        data = _json(known, fitting, licence=options.licence)
        terminal.data(data | upstream(model, Upstreams(places.upstream)))
    else:
        _print(known, places, fitting, terminal, licence=options.licence)
    return 0


def _ask(model: InstalledModel, options: argparse.Namespace, places: Paths) -> None:
    origin = origin_of(model.manifest)
    if origin is None:
        raise UsageError("It is not known where {model} came from.", "", model=model.manifest.id)
    if problems := ask([origin], options, places).problems:
        raise problems[0]


def _json(known: Known, fitting: Fitting, *, licence: bool) -> dict[str, Any]:
    data = summary(known.model, fitting) | asdict(known.model.manifest)
    data["lineage"] = [{**asdict(step), "origin": str(step.origin)} for step in known.lineage]
    data["usage_terms"] = known.usage
    data["advisories"] = [asdict(advisory) for advisory in known.advisories]
    if licence:
        data["licence_text"] = text_of(known.model)
    return data


def _print(known: Known, places: Paths, fitting: Fitting, terminal: Terminal, *, licence: bool) -> None:
    terminal.line(facts(_facts(known.model, fitting, Upstreams(places.upstream))))
    steps = [(str(step.origin), step.what, step.detail) for step in known.lineage]
    if steps:
        terminal.line("\n" + table([("LINEAGE", "", ""), *steps]))
    terminal.line("\n" + facts(_licence(known, places)))
    for advisory in known.advisories:
        terminal.line(f"\nADVISORY ({advisory.severity}, {advisory.published}): {advisory.title}")
        terminal.line(f"{advisory.text} {advisory.action} Source: {advisory.source}.")
    records = known.model.manifest.files
    rows = [(record.path, size(record.bytes), record.sha256, record.source) for record in records]
    terminal.line("\n" + table([("FILE", "SIZE", "SHA256", ""), *rows]))
    if licence:
        terminal.line(
            "\n" + (visible(text_of(known.model)) or "The licence's text did not come with the model.")
        )


def _facts(model: InstalledModel, fitting: Fitting, upstreams: Upstreams) -> dict[str, str]:
    manifest = model.manifest
    context = tokens(manifest.context_length)
    return {
        "Name": manifest.name,
        "Id": manifest.id,
        "State": f"{model.state} {model.problem}".strip(),
        "Here": judgement(fitting.of_model(model)),
        "Folder": f"{model.folder} (linked)" if model.linked else str(model.folder),
        "Publisher": manifest.publisher or "unknown",
        "Source": manifest.source or "unknown",
        "Revision": manifest.revision or "unknown",
        "Upstream": str(upstreams.of(origin_of(manifest)) or ""),
        "Base model": manifest.base_model or "none",
        "Architecture": manifest.architecture or "unknown",
        "Parameters": parameters(manifest.parameters),
        "Context": f"{context} tokens" if manifest.context_length else context,
        "Quantization": manifest.quantization or "unknown",
        "Written by": manifest.tool or "unknown",
        "Size": size(manifest.bytes),
    }


def _licence(known: Known, places: Paths) -> dict[str, str]:
    manifest = known.model.manifest
    accepted = Acceptances(places.accepted_licences).of(Terms(manifest.licence, manifest.source))
    return {
        "Licence": manifest.licence or "unknown",
        "Terms": known.usage,
        "Text": manifest.licence_file or "indoors models show ID --licence",
        "Accepted": accepted.day if accepted else "",
    }
