"""Measuring: a model folder, or a published model's sizes with random weights."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.engine.measure import MeasureOptions, measure
from app.graph.geometry import build_geometry
from app.paths import Paths
from app.progress import Progress
from app.respond.fields import Fields
from app.worker.host.loaded import read_folder, read_options

_MOST_TOKENS = 1 << 20
_MOST_LAYERS = 1024


def bench(
    fields: Fields, places: Paths, progress: Progress, cancelled: Callable[[], bool]
) -> Mapping[str, Any]:
    """Measure what the params of `bench` name.

    Args:
        fields: `model` or `geometry` (with `layers`, and `keep` to leave its files for the next time); what
            `load` takes besides; `prompt_tokens`, `new_tokens`, `conversation_tokens`.
        places: adapted graphs and geometries are kept in the cache.
        progress: hears what `measure` and `build_geometry` tell.
        cancelled: asked often.

    Raises:
        RequestError: a field does not fit; the message names it.
        IndoorsError: as `build_geometry` and `measure`.
    """
    options = _measure_options(fields)
    load = read_options(fields)
    with _subject(fields, places, progress, cancelled) as folder:
        return {
            "model": str(folder),
            **asdict(measure(folder, load, options, places.cache, progress, cancelled)),
        }


def _measure_options(fields: Fields) -> MeasureOptions:
    wanted = {
        "prompt_tokens": fields.whole("prompt_tokens", 1, _MOST_TOKENS),
        "new_tokens": fields.whole("new_tokens", 2, _MOST_TOKENS),
        "conversation_tokens": fields.whole("conversation_tokens", 0, _MOST_TOKENS),
    }
    return MeasureOptions(**{name: value for name, value in wanted.items() if value is not None})


@contextmanager
def _subject(
    fields: Fields, places: Paths, progress: Progress, cancelled: Callable[[], bool]
) -> Iterator[Path]:
    """The folder to measure; a geometry is made first, unless it was kept, and removed again."""
    geometry = fields.text("geometry")
    if geometry is None:
        yield read_folder(fields, "model")
        return
    layers = fields.whole("layers", 1, _MOST_LAYERS)
    folder = places.cache / "geometry" / (f"{geometry}-{layers}" if layers else geometry)
    try:
        if not folder.exists():
            build_geometry(geometry, folder, progress, layers, cancelled)
        yield folder
    finally:
        if not fields.flag("keep"):
            shutil.rmtree(folder, ignore_errors=True)
