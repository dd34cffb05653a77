"""Bringing a model in: a checkpoint is converted, an ONNX model is checked and copied."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from app import __version__, manifest
from app.errors import Cancelled, ModelDamaged, ModelNotFound, UnsupportedModel, UsageError
from app.graph.build import Identity, build_model
from app.graph.external_data import check_data, required_bytes
from app.graph.header import read_header
from app.graph.interface import read_interface
from app.graph.layout import ModelFolder, open_folder
from app.graph.quantize import Quantization
from app.graph.staging import staged_folder
from app.manifest import FileRecord, Manifest
from app.progress import Progress

_CHUNK = 4 << 20
_ROOM_FOR_MANIFEST = 1 << 20
_LICENCE = re.compile(r"^licen[sc]e:\s*[\"']?([\w.+-]+)", re.MULTILINE)


def import_model(
    source: Path,
    destination: Path,
    quantization: Quantization | None,
    identity: Identity,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Manifest:
    """Make a model folder from what lies in another folder.

    Args:
        source: a gpt-oss checkpoint, or an ONNX model of any layout.
        destination: the folder to make; it appears only when it is complete.
        quantization: how a checkpoint's weights are stored, int4 if None; an ONNX model stays as published.
        identity: what the manifest says of the model; one that came with its own manifest keeps its origin.
        progress: hears bytes: "weights" and "checksums", or "copy".
        cancelled: asked often; True ends the work.

    Raises:
        ModelNotFound: the source holds no model.
        ModelDamaged: a file is missing, cut short, or its checksum is wrong.
        NotADecoder: the ONNX graph is no decoder with a KV cache.
        UnsupportedModel: the format is one that cannot be read.
        UsageError: the destination exists, or an ONNX model shall be quantised.
        StorageError: the disk refused.
        Cancelled: it was.
    """
    if _is_checkpoint(source, wanted=quantization is not None):
        kind = quantization or Quantization.INT4
        identity = replace(identity, licence=identity.licence or _licence(source))
        return build_model(source, destination, kind, identity, progress, cancelled)
    folder = _open(source)
    if quantization is not None:
        raise UsageError(
            "{graph} is an ONNX model already; its weights stay as published.",
            "Leave --quant out, or import the checkpoint it was made from.",
            graph=folder.graph,
        )
    return _copy_model(folder, destination, identity, progress, cancelled)


def _is_checkpoint(source: Path, *, wanted: bool) -> bool:
    if not source.is_dir() or not any(source.glob("*.safetensors")):
        return False
    return wanted or not (any(source.glob("*.onnx")) or any((source / "onnx").glob("*.onnx")))


def _open(source: Path) -> ModelFolder:
    try:
        return open_folder(source)
    except ModelNotFound as error:
        if source.suffix == ".gguf" or (source.is_dir() and any(source.glob("*.gguf"))):
            raise UnsupportedModel(
                "{source} holds a GGUF model, which cannot be read.",
                "Choose its ONNX or safetensors form.",
                source=source,
            ) from error
        raise


def _copy_model(
    folder: ModelFolder,
    destination: Path,
    identity: Identity,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Manifest:
    header = read_header(folder.graph)
    read_interface(header)
    check_data(folder.graph.parent, required_bytes(header, folder.graph))
    files = [path for path in folder.files if path.name != manifest.FILE_NAME]
    total = sum(path.stat().st_size for path in files)
    copier = _Copier(folder, total, progress, cancelled)
    with staged_folder(destination, total + _ROOM_FOR_MANIFEST) as stage:
        records = tuple(sorted((copier.copy(path, stage) for path in files), key=lambda record: record.path))
        record = _describe(folder, identity, records)
        manifest.write(stage, record)
    return record


class _Copier:
    """Copies files of a model, and hashes them on the way.

    Args:
        folder: the model; if it has a manifest, its checksums must hold.
        total: bytes of all files.
        progress: hears "copy".
        cancelled: asked for every few megabytes.
    """

    def __init__(
        self, folder: ModelFolder, total: int, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self._root = folder.root
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0
        known = folder.manifest.files if folder.manifest else ()
        self._checksums = {record.path: record.sha256 for record in known}

    def copy(self, path: Path, stage: Path) -> FileRecord:
        name = path.relative_to(self._root).as_posix()
        target = stage / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with path.open("rb") as reader, target.open("wb") as writer:
            while block := reader.read(_CHUNK):
                writer.write(block)
                digest.update(block)
                self._advance(len(block))
        checksum = digest.hexdigest()
        if self._checksums.get(name, checksum) != checksum:
            raise ModelDamaged("{path} has a wrong sha256.", "Fetch the model again.", path=path)
        return FileRecord(name, target.stat().st_size, checksum)

    def _advance(self, count: int) -> None:
        if self._cancelled():
            raise Cancelled("Importing was cancelled.")
        self._done += count
        self._progress("copy", self._done, self._total)


def _describe(folder: ModelFolder, identity: Identity, files: tuple[FileRecord, ...]) -> Manifest:
    if folder.manifest is not None:
        return replace(folder.manifest, id=identity.id, files=files)
    licence = identity.licence or _licence(folder.root)
    return Manifest(
        **asdict(replace(identity, licence=licence)),
        quantization="as published",
        architecture=folder.architecture,
        context_length=folder.context_length,
        tool=f"indoors {__version__}",
        files=files,
    )


def _licence(folder: Path) -> str:
    """The licence a model card names in its front matter; empty when it names none."""
    try:
        card = (folder / "README.md").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = _LICENCE.search(card.split("\n---", 1)[0]) if card.startswith("---") else None
    return found[1] if found else ""
