"""An entry of the catalogue in words and as JSON."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict
from typing import Any

from app.cli.models.words import facts, fitting_here, judgement, known_size, parameters, state, tokens
from app.cli.terminal import Terminal, size, table
from app.library.entries import Entry, Variant
from app.library.fitting import Fitting
from app.library.getting import PROVIDERS
from app.library.licences import Acceptances, Terms
from app.library.upstream import Upstreams
from app.paths import Paths


def here(entry: Entry, variant: Variant, fitting: Fitting) -> str:
    """The verdict on a variant in a word or two."""
    return "no: wrong device" if variant.obstacle(PROVIDERS) else state(fitting.of_variant(entry, variant))


def show_entry(entry: Entry, options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Print an entry that is not installed."""
    terms = Terms(entry.licence, entry.id, entry.usage_terms)
    accepted = Acceptances(places.accepted_licences).of(terms)
    fitting, upstreams = asyncio.run(fitting_here(places)), Upstreams(places.upstream)
    if options.json:
        terminal.data(
            as_json(entry, fitting, upstreams) | ({"licence_text": terms.text} if options.licence else {})
        )
        return 0
    terminal.line(facts(_facts(entry) | {"Accepted": accepted.day if accepted else "not yet"}))
    for variant in entry.variants:
        terminal.line(f"\n{variant.id}: {variant.name}")
        terminal.line(facts(_variant(entry, variant, fitting, upstreams)))
        rows = [(one.name, one.runs, one.why) for one in variant.providers]
        terminal.line(table([("RUNS ON", "", ""), *rows]))
    if options.licence:
        terminal.line("\n" + (terms.text or "The licence's text comes with the model's files."))
    terminal.note(f"\nGet it: indoors models get {entry.id} --variant {entry.variants[0].id}")
    return 0


def as_json(entry: Entry, fitting: Fitting, upstreams: Upstreams) -> dict[str, Any]:
    """An entry with a verdict for each variant, and what its place said."""
    data = asdict(entry) | {"installed": False}
    for variant, written in zip(entry.variants, data["variants"], strict=True):
        verdict = fitting.of_variant(entry, variant)
        written["obstacle"] = variant.obstacle(PROVIDERS)
        written["fit"] = verdict and verdict.to_json()
        said = upstreams.of(variant.reference)
        written["upstream"] = said and asdict(said)
    return data


def _facts(entry: Entry) -> dict[str, str]:
    active = f", {parameters(entry.active_parameters)} active" if entry.active_parameters else ""
    return {
        "Name": entry.name,
        "Id": entry.id,
        "State": "not installed",
        "About": entry.summary,
        "Publisher": entry.publisher,
        "Parameters": parameters(entry.parameters) + active,
        "Context": f"{tokens(entry.context_length)} tokens",
        "Base model": entry.base_model or "none",
        "Lineage": " → ".join(f"{one.model} ({one.relation})" for one in entry.lineage),
        "Licence": entry.licence,
        "Terms": entry.usage_terms,
        "Facts from": "; ".join(entry.source),
    }


def _variant(entry: Entry, variant: Variant, fitting: Fitting, upstreams: Upstreams) -> dict[str, str]:
    reference = variant.reference
    obstacle = variant.obstacle(PROVIDERS)
    marks = {"prepacked for one provider": variant.prepacked, "sign-in needed": variant.gated}
    return {
        "Size": known_size(variant.known_bytes),
        "Here": f"no: {obstacle}" if obstacle else judgement(fitting.of_variant(entry, variant)),
        "Memory": f"{size(variant.memory_bytes)}, measured" if variant.memory_bytes else "",
        "Graphics": f"{variant.vram_class_gb} GB card or larger" if variant.vram_class_gb else "",
        "From": f"{reference.name} {reference.revision}".strip() if reference else "the app itself",
        "Upstream": str(upstreams.of(reference) or ""),
        "Converted by": variant.converted_by or "",
        "Mind": ", ".join(mark for mark, is_so in marks.items() if is_so),
        "Facts from": "; ".join(variant.source),
    }
