"""The formats of GGUF that share scales among 256 weights (ggml, k-quants)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.graph.gguf.raw import Raw, half
from app.graph.quantize import Blocks, pack_nibbles


def q4_k(raw: Raw) -> Blocks:
    """Eight blocks of 32 with 6-bit scales and minima: `w = d·sc·q − dmin·m`."""
    rows = len(raw)
    factors, minima = _six_bits(raw[..., 4:16])
    scales = half(raw, 0) * factors
    offsets = 8 * scales - half(raw, 2) * minima
    pairs = raw[..., 16:].reshape(rows, -1, 4, 32)
    levels = np.stack([pairs & 0x0F, pairs >> 4], axis=-2)
    return Blocks(pack_nibbles(levels).reshape(rows, -1), scales.reshape(rows, -1), offsets.reshape(rows, -1))


def q6_k(raw: Raw) -> Blocks:
    """Sixteen blocks of 16 with signed 8-bit scales: `w = d·sc·(q − 32)`."""
    rows = len(raw)
    low, high = raw[..., :128].reshape(rows, -1, 2, 1, 64), raw[..., 128:192].reshape(rows, -1, 2, 1, 32)
    lower = np.concatenate([low & 0x0F, low >> 4], axis=-2).reshape(rows, -1, 2, 4, 32)
    shifts = np.array([0, 2, 4, 6], np.uint8)[:, None]
    upper = (high >> shifts) & 3
    levels = (lower | (upper << np.uint8(4))) + np.uint8(128 - 32)
    factors = np.ascontiguousarray(raw[..., 192:208]).view(np.int8).astype(np.float32)
    scales = half(raw, 208) * factors
    return Blocks(levels.reshape(rows, -1), scales.reshape(rows, -1))


def _six_bits(raw: Raw) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Eight scales and eight minima out of twelve bytes; the last four's top bits lie with the first four."""
    first, second, third = raw[..., :4], raw[..., 4:8], raw[..., 8:]
    scales = np.concatenate([first & 63, (third & 0x0F) | ((first >> 6) << np.uint8(4))], axis=-1)
    minima = np.concatenate([second & 63, (third >> 4) | ((second >> 6) << np.uint8(4))], axis=-1)
    return scales.astype(np.float32), minima.astype(np.float32)
