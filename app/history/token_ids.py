"""The tokens of an answer as they are stored: 32-bit little-endian numbers, deflated."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence


def pack(token_ids: Sequence[int]) -> bytes | None:
    """Some two bytes a token; None when there is none."""
    return zlib.compress(struct.pack(f"<{len(token_ids)}I", *token_ids)) if token_ids else None


def unpack(stored: bytes | None) -> list[int]:
    """The ids; none when none were stored."""
    if stored is None:
        return []
    numbers = zlib.decompress(stored)
    return list(struct.unpack(f"<{len(numbers) // 4}I", numbers))
