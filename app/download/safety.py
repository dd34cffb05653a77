"""What may come from outside into a model folder: which names, which kinds of files.

A file list is written by whoever publishes a model. None of it may be written outside the model's folder, and
none of it may be code: pickles run whatever they hold, and custom operators are native libraries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from app.errors import UnsafeModel
from app.foreign_code import HEAD_BYTES, is_code, refuse_code
from app.phrases import Phrase

__all__ = ["HEAD_BYTES", "LONGEST_PATH", "check_paths", "is_code", "refuse_code"]

LONGEST_PATH = 200
"""Characters of a path below the model's folder: Windows allows 260 for all of it."""

_LONGEST_NAME = 255  # bytes, what file systems allow
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def check_paths(paths: Sequence[str]) -> None:
    """Make sure that every path of a list can be written below a folder, on every system.

    Raises:
        UnsafeModel: one leaves the folder, cannot be a file's name somewhere, or two would be one file.
    """
    spelled: dict[str, str] = {}
    files: set[str] = set()
    for path in paths:
        if fault := _fault(path):
            raise _refusal(path, fault)
        parts = PurePosixPath(path).parts
        for depth in range(1, len(parts) + 1):
            prefix = "/".join(parts[:depth])
            if spelled.setdefault(_folded(prefix), prefix) != prefix:
                raise _refusal(path, Phrase("it differs from another one in case alone"))
        if _folded(path) in files:
            raise _refusal(path, Phrase("it is listed twice"))
        files.add(_folded(path))
    for path in paths:
        if any(_folded(str(parent)) in files for parent in PurePosixPath(path).parents):
            raise _refusal(path, Phrase("another file is called like its folder"))


def _fault(path: str) -> Phrase | None:
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", path) or "\\" in path:
        return Phrase("it leads out of the model's folder")
    if len(path) > LONGEST_PATH or any(
        len(part.encode("utf-8", "replace")) > _LONGEST_NAME for part in parts
    ):
        return Phrase("it is too long")
    if any(part in {"", "."} or _FORBIDDEN.search(part) or part[-1] in ". " for part in parts):
        return Phrase("not every system can store that name")
    if any(_RESERVED.fullmatch(part) for part in parts):
        return Phrase("Windows keeps that name for a device")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in path):
        return Phrase("not every system can store that name")
    return None


def _folded(path: str) -> str:
    """What Windows and macOS take for the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _refusal(path: str, fault: Phrase) -> UnsafeModel:
    shown = path if len(path) <= 120 else f"{path[:120]}…"
    return UnsafeModel(
        "The file list holds {path}: {fault}.",
        "Do not use this model; tell its publisher.",
        path=repr(shown),
        fault=fault,
    )
