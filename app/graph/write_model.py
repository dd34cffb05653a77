"""Writes a converted model's folder: graph, weights, the files beside them, manifest."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import onnx

from app import __version__, manifest
from app.errors import Cancelled
from app.graph.decoder import emit_decoder
from app.graph.model_parts import ModelParts
from app.graph.staging import staged_folder
from app.graph.weight_file import WeightFile
from app.manifest import Manifest
from app.progress import Progress

GRAPH = "model.onnx"
DATA = "model.onnx.data"
CONFIG = "config.json"
_LICENCE = "LICENSE"
_TOOL = f"indoors {__version__}"
_ROOM_FOR_MANIFEST = 1 << 20

TryOut = Callable[[Path], None]
"""Looks whether the model in a folder works; raises when it does not."""


def not_tried(folder: Path) -> None:
    """A `TryOut` that believes."""


def needed_bytes(parts: ModelParts) -> int:
    """How large the folder becomes, config and manifest aside; no weight is read."""
    return _size(parts, *lay_out(parts))


def write_model(
    parts: ModelParts,
    destination: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
    try_out: TryOut = not_tried,
) -> Manifest:
    """Write a model folder; it appears only when it is complete and has been tried.

    Args:
        parts: what it is made of.
        destination: the folder to make.
        progress: hears bytes, phases "weights" and "checksums".
        cancelled: asked often; True ends the work.
        try_out: called with the finished folder before it gets its name.

    Raises:
        ModelDamaged: the weights are incomplete or broken.
        UsageError: the destination exists.
        DiskFull: there is less room than the model needs.
        StorageError: the file system refused.
        Cancelled: it was.
    """
    file, header = lay_out(parts)
    with staged_folder(destination, _size(parts, file, header) + _ROOM_FOR_MANIFEST) as stage:
        file.write(stage, progress, cancelled)
        onnx.save(header, stage / GRAPH)
        text = json.dumps(dict(parts.content), indent=2, ensure_ascii=False) + "\n"
        for name, content in {CONFIG: text, **parts.texts}.items():
            (stage / name).write_text(content, encoding="utf-8", newline="\n")
        for path in parts.extras:
            shutil.copyfile(path, stage / path.name)
        record = _describe(parts, stage, progress, cancelled)
        manifest.write(stage, record)
        try_out(stage)
    return record


def lay_out(parts: ModelParts) -> tuple[WeightFile, onnx.ModelProto]:
    """The file of weights and the header, neither written yet."""
    file = WeightFile(DATA)
    graph = emit_decoder(parts.config, parts.weights, parts.storage, file)
    return file, graph.model("indoors", __version__)


def _size(parts: ModelParts, file: WeightFile, header: onnx.ModelProto) -> int:
    beside = sum(path.stat().st_size for path in parts.extras)
    made = sum(len(text.encode()) for text in parts.texts.values())
    return int(file.bytes + header.ByteSize() + beside + made)


def _describe(parts: ModelParts, stage: Path, progress: Progress, cancelled: Callable[[], bool]) -> Manifest:
    total = sum(path.stat().st_size for path in stage.iterdir())
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        if cancelled():
            raise Cancelled("Making the model was cancelled.")
        done += count
        progress("checksums", done, total)

    files = manifest.record_files(stage, advance)
    return Manifest(
        **asdict(parts.identity),
        quantization=parts.storage.label,
        architecture=str(parts.content["model_type"]),
        parameters=parts.config.parameters,
        context_length=parts.config.positions,
        tool=_TOOL,
        licence_file=_LICENCE if any(record.path == _LICENCE for record in files) else "",
        files=files,
    )
