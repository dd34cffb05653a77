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
from app.phrases import Phrase

LONGEST_PATH = 200
"""Characters of a path below the model's folder: Windows allows 260 for all of it."""
HEAD_BYTES = 16
"""How much of a file `refuse_code` looks at."""

_LONGEST_NAME = 255  # bytes, what file systems allow
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_CODE = frozenset(
    f".{name}"
    for line in (
        "py pyc pyd pyi pyz so dll dylib exe com bat cmd ps1 sh js mjs jar msi scr vbs lnk",
        "pkl pickle pt pth ckpt joblib npy npz h5 keras mar nemo",
    )
    for name in line.split()
)
_PICKLED_NAMES = re.compile(
    r"(pytorch_model|adapter_model|diffusion_pytorch_model|training_args|optimizer|scheduler|rng_state).*\.bin"
)
_NATIVE = (
    b"\x7fELF",
    b"MZ",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
)
_SCRIPT, _ZIP = b"#!", b"PK\x03\x04"
# PROTO and the opcodes that a pickled dict, list, tuple, global or frame begins with: Python's pickletools.
_PICKLE = re.compile(rb"\x80[\x02-\x05][}\](cX\x8a\x8c\x95]")


def is_code(path: str) -> bool:
    """Whether a file of this name could run code when it is loaded; such files are never fetched."""
    name = PurePosixPath(path).name.lower()
    return PurePosixPath(name).suffix in _CODE or ".so." in name or bool(_PICKLED_NAMES.fullmatch(name))


def refuse_code(path: str, head: bytes) -> None:
    """Look at how a fetched file begins, whatever its name says.

    Args:
        path: for the message.
        head: its first `HEAD_BYTES` bytes.

    Raises:
        UnsafeModel: it is native code, a script, or a pickle (PyTorch wraps one in a zip archive).
    """
    if head.startswith((*_NATIVE, _SCRIPT, _ZIP)) or _PICKLE.match(head):
        raise UnsafeModel(
            "{path} holds a program, a script or a pickle; loading it could run code.",
            "Choose a model in ONNX, safetensors or GGUF.",
            path=path,
        )


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
