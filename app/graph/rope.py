"""Rotary position embeddings: the cos and sin caches GroupQueryAttention reads.

YaRN as in Peng et al., "YaRN: Efficient Context Window Extension of Large Language Models" (2023),
sections 3.2–3.4, with the options gpt-oss uses: ramp bounds kept as fractions (`truncate` false), cos and
sin multiplied by the attention factor. Everything is computed in fp32 as the reference implementation does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelDamaged, UnsupportedModel

_THETA = 150000.0
_GPT_OSS_YARN = {
    "rope_type": "yarn",
    "factor": 32.0,
    "beta_fast": 32.0,
    "beta_slow": 1.0,
    "truncate": False,
    "original_max_position_embeddings": 4096,
}


@dataclass(frozen=True)
class Yarn:
    """Context extension.

    Attributes:
        factor: how many times longer the context became.
        original_positions: the context length of the first training.
        beta_fast: dimensions with more turns over the original context keep their frequency.
        beta_slow: dimensions with fewer turns are slowed by `factor`.
        truncate: the ramp's bounds are rounded to whole dimensions.
        attention_factor: multiplies cos and sin.
    """

    factor: float
    original_positions: float
    beta_fast: float
    beta_slow: float
    truncate: bool
    attention_factor: float


@dataclass(frozen=True)
class Rope:
    """Rotary embedding of a head.

    Attributes:
        head_dim: all of a head's dimensions are rotated.
        theta: base of the frequencies.
        yarn: context extension, or None for plain frequencies.
    """

    head_dim: int
    theta: float
    yarn: Yarn | None


def read_rope(config: Mapping[str, Any], head_dim: int, positions: int, path: Path) -> Rope:
    """Read `rope_parameters` (transformers 5), or `rope_theta` and `rope_scaling` (transformers 4).

    Args:
        config: the parsed `config.json`.
        head_dim: size of an attention head.
        positions: the model's context length, the original one unless the file names it.
        path: where it was read from; named in errors.

    Raises:
        UnsupportedModel: another kind of rotary embedding than default and yarn.
        ModelDamaged: a parameter is not a number.
    """
    given = config.get("rope_parameters") or config.get("rope_scaling") or _GPT_OSS_YARN
    if not isinstance(given, Mapping):
        raise ModelDamaged(f"{path}: the rope parameters are not an object.", "Fetch the checkpoint again.")
    theta = given.get("rope_theta", config.get("rope_theta", _THETA))
    kind = given.get("rope_type", given.get("type", "default"))
    if kind not in {"default", "yarn"} or given.get("partial_rotary_factor", 1) != 1:
        raise UnsupportedModel(
            f"{path} asks for rotary embeddings of the kind {kind!r} that are not known here.",
            "Only default and yarn, over whole heads, can be converted.",
        )
    try:
        return Rope(head_dim, float(theta), _read_yarn(given, positions) if kind == "yarn" else None)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelDamaged(
            f"{path}: a rope parameter is missing or not a number ({error}).", "Fetch the checkpoint again."
        ) from error


def _read_yarn(given: Mapping[str, Any], positions: int) -> Yarn:
    original = float(given.get("original_max_position_embeddings") or positions)
    factor = float(given.get("factor") or positions / original)
    attention = given.get("attention_factor")
    mscale, mscale_all = given.get("mscale"), given.get("mscale_all_dim")
    if attention is None and mscale and mscale_all:
        attention = _mscale(factor, mscale) / _mscale(factor, mscale_all)
    return Yarn(
        factor=factor,
        original_positions=original,
        beta_fast=float(given.get("beta_fast") or 32),
        beta_slow=float(given.get("beta_slow") or 1),
        truncate=bool(given.get("truncate", True)),
        attention_factor=float(_mscale(factor, 1) if attention is None else attention),
    )


def _mscale(factor: float, weight: float) -> float:
    return 1.0 if factor <= 1 else 0.1 * weight * math.log(factor) + 1.0


def inverse_frequencies(rope: Rope) -> NDArray[np.float32]:
    """Angle a position adds to each pair of dimensions: float32 [head_dim / 2], radians."""
    exponents = np.arange(0, rope.head_dim, 2, dtype=np.float32) / np.float32(rope.head_dim)
    periods = np.power(np.float32(rope.theta), exponents)
    if rope.yarn is None:
        return np.float32(1) / periods
    low, high = _ramp_bounds(rope, rope.yarn)
    ramp = (np.arange(rope.head_dim // 2, dtype=np.float32) - np.float32(low)) / np.float32(high - low)
    slowed = np.clip(ramp, 0, 1)
    return (slowed / (np.float32(rope.yarn.factor) * periods) + (1 - slowed) / periods).astype(np.float32)


def _ramp_bounds(rope: Rope, yarn: Yarn) -> tuple[float, float]:
    def dimension(turns: float) -> float:
        ratio = yarn.original_positions / (turns * 2 * math.pi)
        return rope.head_dim * math.log(ratio) / (2 * math.log(rope.theta))

    low, high = dimension(yarn.beta_fast), dimension(yarn.beta_slow)
    if yarn.truncate:
        low, high = math.floor(low), math.ceil(high)
    low, high = max(low, 0), min(high, rope.head_dim - 1)
    return low, high + 0.001 if low == high else high


def caches(
    rope: Rope, positions: int, dtype: np.dtype[np.floating]
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Cos and sin for every position, each [positions, head_dim / 2]."""
    angles = np.arange(positions, dtype=np.float32)[:, None] * inverse_frequencies(rope)[None]
    factor = np.float32(rope.yarn.attention_factor if rope.yarn else 1)
    return (np.cos(angles) * factor).astype(dtype), (np.sin(angles) * factor).astype(dtype)
