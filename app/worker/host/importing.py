"""Examining a model that somebody wants to import, and importing it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.checks import as_told
from app.engine.examine import check_words, try_out
from app.engine.runtime import VERSION
from app.graph.examination import Examination
from app.graph.examine import examine
from app.graph.model_parts import Identity
from app.graph.plan import Mode, Plan, Target
from app.graph.quantize import Quantization
from app.paths import Paths
from app.phrases import Phrase
from app.progress import Progress
from app.respond.fields import Fields
from app.worker.host.loaded import read_folder


def examine_source(fields: Fields) -> Mapping[str, Any]:
    """Check what the params of `examine` name: `source`; `quantization`, `mode`. Nothing is written.

    Returns:
        kind, checks and, where they could be told, the fields of `app.graph.plan.Description`.

    Raises:
        RequestError: a field does not fit; the message names it.
    """
    found = _examine(fields)
    described = asdict(found.plan.describe()) if found.plan else {}
    return {"kind": found.kind and str(found.kind), "checks": found.checks.to_json(), **described}


def import_source(
    fields: Fields, places: Paths, progress: Progress, cancelled: Callable[[], bool]
) -> Mapping[str, Any]:
    """Import what the params of `import` name, if every check passes.

    Args:
        fields: `source`, `destination`; `quantization`, `mode`, `dry_run`, `id`, `name`, `licence`.
        places: adapted graphs are kept in the cache.
        progress: hears what the import tells, and "load" while the model is tried.
        cancelled: asked often.

    Returns:
        The manifest and `checks`; with `dry_run` what `examine` says.

    Raises:
        RequestError: a field does not fit; the message names it.
        IndoorsError: the first check that failed, or what the import met.
    """
    destination, mode = read_folder(fields, "destination"), _mode(fields)
    found = _examine(fields)
    found.checks.require_passed()
    assert found.plan is not None
    if fields.flag("dry_run"):
        return {"kind": found.kind, "checks": found.checks.to_json(), **asdict(found.plan.describe())}

    def tried(folder: Path) -> None:
        found.checks.run("ten tokens", lambda: try_out(folder, places.cache, progress, cancelled), as_told)
        gc.collect()  # Windows neither renames nor removes a folder whose files are mapped
        found.checks.require_passed()

    target = Target(destination, _identity(fields, destination, found.plan), mode, tried)
    record = found.plan.carry_out(target, progress, cancelled)
    return {**asdict(record), "checks": found.checks.to_json()}


def _examine(fields: Fields) -> Examination:
    wanted = fields.text("quantization", [str(kind) for kind in Quantization])
    quantization = Quantization(wanted) if wanted else None
    found = examine(read_folder(fields, "source"), quantization, VERSION)
    plan, mode = found.plan, _mode(fields)
    if plan is not None and mode is not Mode.COPY:
        found.checks.run("mode", lambda: plan.accept(mode), lambda _: Phrase("possible"))
    if found.words is not None:
        check_words(found.words, found.checks)
    return found


def _mode(fields: Fields) -> Mode:
    return Mode(fields.text("mode", list(Mode)) or Mode.COPY)


def _identity(fields: Fields, destination: Path, plan: Plan) -> Identity:
    identity = Identity(
        id=fields.text("id") or destination.name,
        name=fields.text("name") or "",
        source=str(read_folder(fields, "source")),
        licence=fields.text("licence") or "",
        source_kind="folder",
        fetched=date.today().isoformat(),
    )
    return replace(identity, name=identity.name or plan.describe().name)
