"""MXFP4 weights: what gpt-oss checkpoints store experts in, and how they become int8 and int4 blocks.

A block holds 32 weights along the input dimension as 16 bytes, the even one in the low nibble, and one
scale byte s: a weight is `e2m1 · 2^(s − 127)`, where a nibble's bit 3 is the sign and the rest one of
{0, ½, 1, 1½, 2, 3, 4, 6} (OCP Microscaling Formats specification 1.0, sections 5.3.3 and 5.4.1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.graph.quantize import Blocks, pack_nibbles

LARGEST_SCALE = 252
"""Scales above give infinite fp32 weights, and 255 stands for NaN."""
_STRIP = 1 << 14  # blocks worked on at once
_MAGNITUDES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
E2M1: NDArray[np.float32] = np.array([*_MAGNITUDES, *(-value for value in _MAGNITUDES)], np.float32)


def _powers(scales: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.ldexp(np.float32(1), scales.astype(np.int32) - 127)


def _codes(blocks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.stack([blocks & 0x0F, blocks >> 4], axis=-1).reshape(*blocks.shape[:-1], 32)


def dequantize(blocks: NDArray[np.uint8], scales: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Exact float values.

    Args:
        blocks: uint8 [rows, blocks, 16].
        scales: uint8 [rows, blocks].

    Returns:
        float32 [rows, blocks · 32].
    """
    values = E2M1[_codes(blocks)] * _powers(scales)[..., None]
    return values.reshape(len(blocks), -1)


def to_int8(blocks: NDArray[np.uint8], scales: NDArray[np.uint8]) -> Blocks:
    """Exact int8 blocks: twice an E2M1 value is a whole number up to 12, so the scale is half the block's.

    Args:
        blocks: uint8 [rows, blocks, 16].
        scales: uint8 [rows, blocks].
    """
    table = (2 * E2M1 + 128).astype(np.uint8)
    return Blocks(table[_codes(blocks)].reshape(len(blocks), -1), _powers(scales) * np.float32(0.5))


def _candidates() -> NDArray[np.float32]:
    """Scales worth trying for a block, in units of its own: both signs, because −8 has no positive twin."""
    steps = np.concatenate([np.arange(0.05, 0.5, 0.025), np.arange(0.5, 1.01, 0.0125)])
    return np.concatenate([steps, -steps]).astype(np.float32)


def _levels(candidates: NDArray[np.float32]) -> NDArray[np.float32]:
    """[candidates, 16]: the level each nibble goes to under each scale."""
    levels: NDArray[np.float32] = np.rint(E2M1[None] / candidates[:, None])
    return np.clip(levels, -8, 7, out=levels)


def _histograms(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """[n, 16]: how often each nibble occurs in a block; counted by adding bytes packed into 64-bit words."""
    codes = np.arange(256)
    counts = np.zeros((256, 16), np.uint8)
    np.add.at(counts, (codes, codes & 0x0F), 1)
    np.add.at(counts, (codes, codes >> 4), 1)
    words = counts.view(np.uint64)
    sums = [np.add.reduce(words[:, half][blocks], axis=-1) for half in (0, 1)]
    return np.stack(sums, axis=-1).view(np.uint8).astype(np.float32)


def to_int4(blocks: NDArray[np.uint8], scales: NDArray[np.uint8]) -> Blocks:
    """The int4 blocks with the least squared error.

    E2M1's steps are uneven, so no scale makes int4 exact. A block holds only 16 different values, so the
    error of every candidate scale follows from how often each occurs: one small matrix product finds the
    best. Relative root mean square error against the MXFP4 weights, for weights that were normal,
    Laplace and Student t(4) distributed: 7.1, 8.1, 8.6 %; with the usual scale absmax / 7 it is 10.6,
    11.9, 12.5 %, with absmax / 8 and a sign 7.6, 8.5, 9.0 %.

    Args:
        blocks: uint8 [rows, blocks, 16].
        scales: uint8 [rows, blocks].
    """
    rows, per_row, _ = blocks.shape
    candidates = _candidates()
    levels = _levels(candidates)
    errors = np.square(levels * candidates[:, None] - E2M1[None]).T
    low, high = np.arange(256) & 0x0F, np.arange(256) >> 4
    unsigned = (levels + 8).astype(np.uint8)
    pairs = pack_nibbles(np.stack([unsigned[:, low], unsigned[:, high]], axis=-1))[..., 0]
    flat = blocks.reshape(-1, 16)
    packed = np.empty_like(flat)
    chosen = np.empty(len(flat), np.intp)
    for start in range(0, len(flat), _STRIP):
        strip = slice(start, start + _STRIP)
        chosen[strip] = (_histograms(flat[strip]) @ errors).argmin(axis=1)
        packed[strip] = pairs[chosen[strip, None], flat[strip]]
    best = candidates[chosen].reshape(rows, per_row)
    return Blocks(packed.reshape(rows, -1), best * _powers(scales))
