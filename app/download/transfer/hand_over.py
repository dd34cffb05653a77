"""A download that is complete becomes a model: its manifest is written, then its folder moved in one step."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from app import __version__, manifest
from app.download.protocol import Order, Resolution, SourceKind
from app.errors import NotADecoder, UsageError, from_os_error
from app.files import rename
from app.manifest import FileRecord, Manifest

_CHECKPOINTS = (".gguf", ".safetensors")


def is_model(paths: Sequence[str]) -> bool:
    """Whether files are a model as they are, or a checkpoint that an import has to turn into one.

    Raises:
        NotADecoder: they are neither.
    """
    if any(path.endswith(".onnx") for path in paths):
        return True
    if any(path.endswith(_CHECKPOINTS) for path in paths):
        return False
    raise NotADecoder(
        "There is neither an ONNX graph nor a GGUF or safetensors file in it.",
        "Choose another model or variant.",
    )


def manifest_for(order: Order, resolution: Resolution, files: tuple[FileRecord, ...]) -> Manifest:
    """What `indoors.json` says of a download."""
    reference = resolution.reference
    return Manifest(
        id=order.id,
        name=order.name or order.id,
        source=reference.name,
        revision=reference.revision,
        base_model=order.base_model or resolution.base_model,
        licence=order.licence or resolution.licence,
        quantization=order.quantization or "as published",
        parameters=order.parameters,
        context_length=order.context_length,
        tool=f"indoors {__version__}",
        files=files,
        publisher=order.publisher or _publisher(resolution),
        converted_by=order.converted_by,
        licence_file=_licence_file(files),
        source_kind=reference.source,
        host=resolution.host,
        fetched=datetime.now(UTC).date().isoformat(),
        variant=order.variant,
    )


def hand_over(folder: Path, target: Path, content: Manifest) -> None:
    """Write the manifest and move the folder to its place; until then nothing is listed there.

    Raises:
        UsageError: something is in that place.
        StorageError: the disk refused.
    """
    require_free(target)
    manifest.write(folder, content)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        rename(folder, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise from_os_error(error, "installing the model") from error
        _copy_over(folder, target)


def require_free(target: Path) -> None:
    """Raise UsageError when a model lies there already."""
    if target.exists():
        raise UsageError(
            "A model {id} is installed already.", "Remove it first, or choose another id.", id=target.name
        )


def _copy_over(folder: Path, target: Path) -> None:
    """The models folder was moved to another disk meanwhile."""
    beside = target.with_name(f".{target.name}.new")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(folder, beside)
        rename(beside, target)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise from_os_error(error, "installing the model") from error
    shutil.rmtree(folder, ignore_errors=True)


def _publisher(resolution: Resolution) -> str:
    reference = resolution.reference
    return reference.name.partition("/")[0] if reference.source == SourceKind.HUB else ""


def _licence_file(files: tuple[FileRecord, ...]) -> str:
    return next((file.path for file in files if "licen" in file.path.rpartition("/")[2].lower()), "")
