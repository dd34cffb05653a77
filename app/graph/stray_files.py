"""Files of a model's folder that must not be there: code, and links that lead out of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.errors import UnsafeModel, from_os_error
from app.foreign_code import HEAD_BYTES, is_code, refuse_code
from app.phrases import Phrase

_LIBRARIES = {".so", ".dll", ".dylib", ".pyd"}
_LOOKED_INTO = ("", "onnx")
_CACHE = ("snapshots", "blobs")


def refuse_code_beside(folder: Path, needed: Iterable[Path]) -> Phrase:
    """Refuse a folder that holds native libraries or pickles, whether or not anything asks for them.

    Args:
        folder: the model's.
        needed: the files that are imported; each is looked into, whatever it is called.

    Returns:
        What else could be code and is left behind, in words.

    Raises:
        UnsafeModel: names the file.
        StorageError: the file system refused.
    """
    try:
        beside = [path for name in _LOOKED_INTO for path in _files(folder / name)]
        suspects = [path for path in beside if is_code(path.name)]
        for path in suspects:
            if path.suffix.lower() in _LIBRARIES or ".so." in path.name:
                raise UnsafeModel(
                    "{path} is a library; a model that needs one would run code of its own.",
                    "Choose a form without custom operators, or remove the file if nothing needs it.",
                    path=path,
                )
        for path in {*suspects, *needed}:
            _look_into(path)
    except OSError as error:
        raise from_os_error(error, "reading the model's folder") from error
    left = ", ".join(sorted(path.name for path in suspects)[:8])
    return Phrase.of("none; {left} would be left behind", left=left) if left else Phrase("none")


def refuse_escapes(folder: Path, needed: Iterable[Path]) -> Phrase:
    """Refuse symbolic links that lead out of a model's folder.

    The links of a Hugging Face cache, from `snapshots/REVISION` to `blobs`, stay inside their model.

    Args:
        folder: the model's.
        needed: the files that are imported.

    Returns:
        What was found, in words.

    Raises:
        UnsafeModel: names the link and where it leads.
        StorageError: the file system refused.
    """
    try:
        root = _home_of(folder)
        linked = [path for path in needed if path.resolve() != folder.resolve() / path.relative_to(folder)]
        for path in linked:
            target = path.resolve()
            if not target.is_relative_to(root):
                raise UnsafeModel(
                    "{path} is a link that leads out of the model's folder, to {target}.",
                    "Import the folder that it leads to, if you trust it.",
                    path=path,
                    target=target,
                )
    except OSError as error:
        raise from_os_error(error, "reading the model's folder") from error
    return Phrase("all inside the model's folder") if linked else Phrase("none")


def _home_of(folder: Path) -> Path:
    """The folder that links may stay in."""
    home = folder.absolute().parent.parent
    in_cache = folder.absolute().parent.name == _CACHE[0] and (home / _CACHE[1]).is_dir()
    return (home / _CACHE[1]).resolve() if in_cache else folder.resolve()


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _look_into(path: Path) -> None:
    with path.open("rb") as file:
        refuse_code(str(path), file.read(HEAD_BYTES))
