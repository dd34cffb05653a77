"""The block formats of GGUF and what each becomes: exactly the same weights in another order of bits.

A format's blocks are described in ggml (ggml-common.h; the formulas in ggml-quants.c). Those that scale whole
numbers become levels around the middle of their range. Those with a minimum, `w = d·q + m`, become levels and
an offset: `w = d·(q − z) + (m + d·z)`, z being the middle, so that only fp32 rounding differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from app.graph import mxfp4
from app.graph.gguf import super_blocks
from app.graph.gguf.raw import Raw, half, nibbles
from app.graph.quantize import Blocks, pack_nibbles
from app.graph.storage import Floats, Form, Levels


@dataclass(frozen=True)
class Format:
    """How weights are stored.

    Attributes:
        name: as ggml calls it.
        weights: in a block.
        bytes: of a block.
        form: the form that holds the same weights.
        decode: blocks to that form; None for floats.
    """

    name: str
    weights: int
    bytes: int
    form: Form
    decode: Callable[[Raw], Blocks] | None = None


def _flat(levels: Raw) -> Raw:
    return levels.reshape(len(levels), -1)


def _q4_0(raw: Raw) -> Blocks:
    return Blocks(_flat(pack_nibbles(nibbles(raw[..., 2:]))), half(raw, 0)[..., 0])


def _q4_1(raw: Raw) -> Blocks:
    scales = half(raw, 0)[..., 0]
    return Blocks(_flat(pack_nibbles(nibbles(raw[..., 4:]))), scales, half(raw, 2)[..., 0] + 8 * scales)


def _fifth_bits(raw: Raw) -> Raw:
    bits = np.unpackbits(raw, axis=-1, bitorder="little")
    return bits << np.uint8(4)


def _q5_0(raw: Raw) -> Blocks:
    levels = nibbles(raw[..., 6:]) | _fifth_bits(raw[..., 2:6])
    return Blocks(_flat(levels + np.uint8(128 - 16)), half(raw, 0)[..., 0])


def _q8_0(raw: Raw) -> Blocks:
    return Blocks(_flat(raw[..., 2:] ^ np.uint8(128)), half(raw, 0)[..., 0])


def mxfp4_parts(raw: Raw) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Blocks [rows, blocks, 16] and scales [rows, blocks] as `app.graph.mxfp4` takes them."""
    return pack_nibbles(nibbles(raw[..., 1:])), np.ascontiguousarray(raw[..., 0])


def _mxfp4(raw: Raw) -> Blocks:
    blocks, scales = mxfp4_parts(raw)
    converted = mxfp4.to_int8(blocks, np.minimum(scales, np.uint8(mxfp4.LARGEST_SCALE)))
    numbers = np.where(scales > mxfp4.LARGEST_SCALE, np.float32(np.nan), converted.scales)
    return Blocks(converted.packed, numbers)


def _floats(name: str, dtype: Any) -> Format:
    kind = np.dtype(dtype)
    return Format(name, 1, kind.itemsize, Floats(kind))


FORMATS: Mapping[int, Format] = {
    0: _floats("F32", "<f4"),
    1: _floats("F16", "<f2"),
    30: _floats("BF16", ml_dtypes.bfloat16),
    2: Format("Q4_0", 32, 18, Levels(4), _q4_0),
    3: Format("Q4_1", 32, 20, Levels(4, offsets=True), _q4_1),
    6: Format("Q5_0", 32, 22, Levels(8), _q5_0),
    8: Format("Q8_0", 32, 34, Levels(8), _q8_0),
    12: Format("Q4_K", 256, 144, Levels(4, offsets=True), super_blocks.q4_k),
    14: Format("Q6_K", 256, 210, Levels(8, block=16), super_blocks.q6_k),
    39: Format("MXFP4", 32, 17, Levels(8), _mxfp4),
}
"""By ggml's number of the type."""

NAMES: Mapping[int, str] = {number: form.name for number, form in FORMATS.items()} | {
    7: "Q5_1",
    9: "Q8_1",
    10: "Q2_K",
    11: "Q3_K",
    13: "Q5_K",
    15: "Q8_K",
    16: "IQ2_XXS",
    17: "IQ2_XS",
    18: "IQ3_XXS",
    19: "IQ1_S",
    20: "IQ4_NL",
    21: "IQ3_S",
    22: "IQ2_S",
    23: "IQ4_XS",
    24: "I8",
    25: "I16",
    26: "I32",
    27: "I64",
    28: "F64",
    29: "IQ1_M",
    34: "TQ1_0",
    35: "TQ2_0",
    40: "NVFP4",
    41: "Q1_0",
}
"""What the types are called, those that cannot be converted among them."""
