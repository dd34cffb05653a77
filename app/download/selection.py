"""Which of the published files are fetched, and what they are called on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from app import manifest
from app.download.protocol import RemoteFile
from app.download.safety import check_paths, is_code
from app.errors import ModelNotFound, UnsafeModel


@dataclass(frozen=True)
class Selection:
    """What is fetched, and what was chosen but is never fetched because it could run code."""

    files: tuple[RemoteFile, ...]
    left_out: tuple[str, ...]


def select(files: Sequence[RemoteFile], patterns: Sequence[str], where: str) -> Selection:
    """Choose files by patterns and leave out code.

    Args:
        files: everything that is published.
        patterns: shell patterns whose "*" crosses folders; empty: every file.
        where: the source, for messages.

    Raises:
        ModelNotFound: nothing fits the patterns.
        UnsafeModel: what fits cannot be stored safely, or could run code, all of it.
    """
    wanted = [file for file in files if not patterns or any(_fits(file.path, each) for each in patterns)]
    wanted = [file for file in wanted if PurePosixPath(file.path).name != manifest.FILE_NAME]
    if not wanted:
        raise ModelNotFound("{where} has no files that fit.", "Choose other files.", where=where)
    kept = tuple(file for file in wanted if not is_code(file.path))
    if not kept:
        raise UnsafeModel(
            "{where} holds only files that could run code.", "Choose a model in ONNX or GGUF.", where=where
        )
    check_paths([file.path for file in kept])
    return Selection(kept, tuple(file.path for file in wanted if file not in kept))


def _fits(path: str, pattern: str) -> bool:
    return fnmatchcase(path, pattern + "*" if pattern.endswith("/") else pattern)


def local_paths(paths: Sequence[str]) -> dict[str, str]:
    """What each published path is called in the model's folder: a folder around all of them falls away."""
    parents = [PurePosixPath(path).parent.parts for path in paths]
    shared = 0
    while all(len(parts) > shared and parts[shared] == parents[0][shared] for parts in parents):
        shared += 1
    return {path: "/".join(PurePosixPath(path).parts[shared:]) for path in paths}
