"""Adapted graphs of models that are gone: `app/graph/adapt.py` names them by the graph's sha256."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from app.library.installed import InstalledModel
from app.paths import adapted_prefix


def drop(cache: Path, gone: InstalledModel, left: Iterable[InstalledModel]) -> None:
    """Delete what was adapted from a model that is gone, unless another model has the same graph."""
    doomed = _graphs(gone).difference(*(_graphs(model) for model in left))
    for prefix in doomed:
        for folder in cache.glob(f"{prefix}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _graphs(model: InstalledModel) -> set[str]:
    files = model.manifest.files
    return {adapted_prefix(record.sha256) for record in files if record.path.endswith(".onnx")}
