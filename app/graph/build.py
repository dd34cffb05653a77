"""From a Hugging Face gpt-oss checkpoint to a model folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import ModelDamaged, ModelNotFound
from app.graph.checkpoint import Checkpoint
from app.graph.gpt_oss_config import parse_config
from app.graph.model_parts import Identity, ModelParts
from app.graph.quantize import Quantization
from app.graph.sidecars import read_json
from app.graph.weights import CheckpointWeights
from app.graph.write_model import CONFIG, write_model
from app.manifest import Manifest
from app.progress import Progress

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


def build_model(
    checkpoint: Path,
    destination: Path,
    quantization: Quantization,
    identity: Identity,
    progress: Progress,
    cancelled: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Convert a checkpoint: graph, weights, tokenizer and manifest in a new folder.

    Everything is read in pieces: memory holds a few experts, never the model.

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
    parts = checkpoint_parts(checkpoint, quantization, identity)
    return write_model(parts, destination, progress, cancelled)


def checkpoint_parts(checkpoint: Path, quantization: Quantization, identity: Identity) -> ModelParts:
    """Open a checkpoint; arguments and errors as in `build_model`, nothing is written."""
    content = _read_config(checkpoint)
    config = parse_config(content, checkpoint / CONFIG)
    weights = CheckpointWeights(Checkpoint(checkpoint), config)
    extras = tuple(checkpoint / name for name in _COPIED if (checkpoint / name).is_file())
    content.pop("quantization_config", None)
    return ModelParts(content, config, weights, quantization, identity, extras)


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
