"""What lies at a path that somebody wants to import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.errors import ModelNotFound, UnsafeModel, from_os_error
from app.foreign_code import HEAD_BYTES, is_code, refuse_code
from app.graph.gguf.file import MAGIC

_FIRST_OF_SPLIT = "-00001-of-"
_ARCHIVES = (".zip", ".whl")
_PROJECTOR = "mmproj"  # of models that see; no decoder by itself


class Kind(StrEnum):
    """In which form a model is there."""

    ONNX = "onnx"
    CHECKPOINT = "checkpoint"
    GGUF = "gguf"


@dataclass(frozen=True)
class Source:
    """A model to be imported.

    Attributes:
        kind: its form.
        path: a folder; for GGUF the file.
        named: somebody named this very file, so a link is followed wherever it leads.
    """

    kind: Kind
    path: Path
    named: bool = False


def find_source(path: Path, *, quantizes: bool = False) -> Source:
    """Look what lies at a path.

    Args:
        path: a folder, an `.onnx` or a GGUF file.
        quantizes: weights shall be quantised, so a checkpoint is meant where an ONNX model lies beside it.

    Raises:
        ModelNotFound: nothing is there, or several GGUF models are.
        UnsafeModel: nothing but a file that could run code when it is loaded.
        StorageError: the file system refused.
    """
    path = path.expanduser().absolute()
    try:
        return _of_file(path) if path.is_file() else _of_folder(path, quantizes)
    except OSError as error:
        raise from_os_error(error, "reading the model's folder") from error


def _of_file(path: Path) -> Source:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if path.suffix == ".gguf" or head.startswith(MAGIC):
        return Source(Kind.GGUF, path, named=True)
    if path.suffix.lower() in _ARCHIVES:
        raise ModelNotFound(
            "{path} is an archive.", "Let it be unpacked and checked: indoors models get {path}.", path=path
        )
    refuse_code(path.name, head)
    if path.suffix == ".safetensors":
        return Source(Kind.CHECKPOINT, path.parent)
    if path.suffix == ".onnx":
        return Source(Kind.ONNX, path)
    if is_code(path.name):
        raise _unsafe(path)
    raise ModelNotFound(
        "{path} is no model.",
        "Choose a folder with an ONNX model or a checkpoint, or a GGUF file.",
        path=path,
    )


def _of_folder(folder: Path, quantizes: bool) -> Source:
    if not folder.is_dir():
        raise ModelNotFound(
            "There is no {path}.", "Give the folder or the file that holds the model.", path=folder
        )
    onnx = _holds_onnx(folder)
    if any(folder.glob("*.safetensors")) and (quantizes or not onnx):
        return Source(Kind.CHECKPOINT, folder)
    models = [path for path in sorted(folder.glob("*.gguf")) if not path.name.startswith(_PROJECTOR)]
    if onnx or not models:
        _refuse_only_code(folder, onnx)
        return Source(Kind.ONNX, folder)
    whole = [path for path in models if _FIRST_OF_SPLIT in path.name] or models
    if len(whole) > 1:
        raise ModelNotFound(
            "{folder} holds several models: {listed}.",
            "Give the file of one of them.",
            folder=folder,
            listed=", ".join(path.name for path in whole[:8]),
        )
    return Source(Kind.GGUF, whole[0])


def _holds_onnx(folder: Path) -> bool:
    return any(folder.glob("*.onnx")) or any((folder / "onnx").glob("*.onnx"))


def _refuse_only_code(folder: Path, onnx: bool) -> None:
    found = [] if onnx or _has_folders(folder) else [path for path in folder.iterdir() if is_code(path.name)]
    if found:
        raise _unsafe(_first(found))


def _has_folders(folder: Path) -> bool:
    return any(path.is_dir() for path in folder.iterdir())


def _first(paths: Iterable[Path]) -> Path:
    return min(paths)


def _unsafe(path: Path) -> UnsafeModel:
    return UnsafeModel(
        "{path} could run code when it is loaded, so it is not.",
        "Choose the model in ONNX, safetensors or GGUF.",
        path=path,
    )
