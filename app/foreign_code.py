"""Which files of a model could run code when they are loaded.

Pickles run whatever they hold, and custom operators are native libraries. Neither is ever loaded here.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from app.errors import UnsafeModel

HEAD_BYTES = 16
"""How much of a file `refuse_code` looks at."""

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
    """Whether a file of this name could run code when it is loaded; such files are never loaded here."""
    name = PurePosixPath(path).name.lower()
    return PurePosixPath(name).suffix in _CODE or ".so." in name or bool(_PICKLED_NAMES.fullmatch(name))


def refuse_code(path: str, head: bytes) -> None:
    """Look at how a file begins, whatever its name says.

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
