"""From a Hugging Face gpt-oss checkpoint to a model folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx

from app import __version__, manifest
from app.errors import Cancelled, ModelDamaged, ModelNotFound
from app.graph.checkpoint import Checkpoint
from app.graph.decoder import emit_decoder
from app.graph.decoder_config import DecoderConfig
from app.graph.gpt_oss_config import parse_config
from app.graph.quantize import Quantization
from app.graph.sidecars import read_json
from app.graph.staging import staged_folder
from app.graph.storage import Storage
from app.graph.weight_file import WeightFile
from app.graph.weights import CheckpointWeights, Weights
from app.manifest import Manifest
from app.progress import Progress

GRAPH = "model.onnx"
DATA = "model.onnx.data"
CONFIG = "config.json"
_TOOL = f"indoors {__version__}"
_HEADER_ROOM = 16 << 20
_COPIED = (
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.jinja",
    "LICENSE",
    "NOTICE",
)


@dataclass(frozen=True)
class Identity:
    """What only the person who asks for the model knows about it; fields as in the manifest."""

    id: str
    name: str
    source: str
    revision: str = ""
    base_model: str = ""
    licence: str = ""


def build_model(
    checkpoint: Path,
    destination: Path,
    quantization: Quantization,
    identity: Identity,
    progress: Progress,
    cancelled: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Convert a checkpoint: graph, weights, tokenizer and manifest in a new folder.

    Everything is read in pieces: memory holds a few experts, or the largest single matrix for fp16
    and fp32, never the model.

    Args:
        checkpoint: folder with config.json and safetensors files.
        destination: the folder to make; it appears only when it is complete.
        quantization: how weights are stored.
        identity: what the manifest says of the model.
        progress: hears bytes, phases "weights" and "checksums".
        cancelled: asked often; True ends the work.

    Returns:
        The manifest, as written.

    Raises:
        ModelNotFound: there is no such folder.
        ModelDamaged: the checkpoint is incomplete or broken; the message names the file.
        UnsupportedModel: it is no gpt-oss checkpoint, or stored in an unknown way.
        UsageError: the destination exists.
        DiskFull: there is less room than the model needs.
        StorageError: the file system refused.
        Cancelled: it was.
    """
    content = _read_config(checkpoint)
    config = parse_config(content, checkpoint / CONFIG)
    weights = CheckpointWeights(Checkpoint(checkpoint), config)
    extras = [checkpoint / name for name in _COPIED if (checkpoint / name).is_file()]
    content.pop("quantization_config", None)
    return write_model(
        ModelParts(content, config, weights, quantization, identity, tuple(extras)),
        destination,
        progress,
        cancelled,
    )


def _read_config(checkpoint: Path) -> dict[str, Any]:
    if not checkpoint.is_dir():
        raise ModelNotFound(
            "There is no folder {checkpoint}.", "Give the checkpoint's folder.", checkpoint=checkpoint
        )
    if not (checkpoint / CONFIG).is_file():
        raise ModelDamaged(
            "The checkpoint {checkpoint} has no {file}.",
            "Fetch the checkpoint again, with all its files.",
            checkpoint=checkpoint,
            file=CONFIG,
        )
    return read_json(checkpoint / CONFIG)


@dataclass(frozen=True)
class ModelParts:
    """All that a model folder is made of.

    Attributes:
        content: of config.json.
        config: the same, understood.
        weights: values of its tensors.
        storage: the form of each.
        identity: for the manifest.
        extras: files copied as they are.
    """

    content: Mapping[str, Any]
    config: DecoderConfig
    weights: Weights
    storage: Storage
    identity: Identity
    extras: tuple[Path, ...] = ()


def write_model(
    parts: ModelParts, destination: Path, progress: Progress, cancelled: Callable[[], bool]
) -> Manifest:
    """Write a model folder; arguments and errors as in `build_model`."""
    file = WeightFile(DATA)
    graph = emit_decoder(parts.config, parts.weights, parts.storage, file)
    header = graph.model("indoors", __version__)
    extra_bytes = sum(path.stat().st_size for path in parts.extras)
    with staged_folder(destination, file.bytes + extra_bytes + _HEADER_ROOM) as stage:
        file.write(stage, progress, cancelled)
        onnx.save(header, stage / GRAPH)
        text = json.dumps(dict(parts.content), indent=2, ensure_ascii=False) + "\n"
        (stage / CONFIG).write_text(text, encoding="utf-8")
        for path in parts.extras:
            shutil.copyfile(path, stage / path.name)
        record = _describe(parts, stage, progress, cancelled)
        manifest.write(stage, record)
    return record


def _describe(parts: ModelParts, stage: Path, progress: Progress, cancelled: Callable[[], bool]) -> Manifest:
    total = sum(path.stat().st_size for path in stage.iterdir())
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        if cancelled():
            raise Cancelled("Making the model was cancelled.")
        done += count
        progress("checksums", done, total)

    identity = parts.identity
    return Manifest(
        id=identity.id,
        name=identity.name,
        source=identity.source,
        revision=identity.revision,
        base_model=identity.base_model,
        licence=identity.licence,
        quantization=parts.storage.label,
        architecture=str(parts.content["model_type"]),
        parameters=parts.config.parameters,
        context_length=parts.config.positions,
        tool=_TOOL,
        files=manifest.record_files(stage, advance),
    )
