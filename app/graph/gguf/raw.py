"""What the formats' blocks have in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Raw = NDArray[np.uint8]
"""Blocks as they are stored: uint8 [rows, blocks, bytes of a block]."""


def half(raw: Raw, first: int) -> NDArray[np.float32]:
    """The fp16 number at a place of each block, as fp32 [rows, blocks, 1]."""
    return np.ascontiguousarray(raw[..., first : first + 2]).view("<f2").astype(np.float32)


def nibbles(raw: Raw) -> Raw:
    """4-bit numbers: the low halves of all bytes, then the high ones."""
    return np.concatenate([raw & 0x0F, raw >> 4], axis=-1)
