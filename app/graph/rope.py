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
        divisors: of the plain frequencies, one for each pair of dimensions; empty where all are 1.
        interleaved: a pair are neighbours, in place of the same number in each half of the head.
    """

    head_dim: int
    theta: float
    yarn: Yarn | None
    divisors: tuple[float, ...] = ()
    interleaved: bool = False


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
        raise ModelDamaged(
            "{path}: the rope parameters are not an object.", "Fetch the checkpoint again.", path=path
        )
    kind = given.get("rope_type", given.get("type", "default"))
    by_layer = any(isinstance(value, Mapping) for value in given.values())
    if kind not in {"default", "yarn"} or by_layer or given.get("partial_rotary_factor", 1) != 1:
        raise UnsupportedModel(
            "{path} asks for rotary embeddings of the kind {kind!r} that are not known here.",
            "Only default and yarn, over whole heads, can be converted.",
            path=path,
            kind=kind,
        )
    try:
        theta = _positive(given, "rope_theta", config.get("rope_theta", _THETA))
        if theta <= 1:
            raise ValueError(f"rope_theta {theta}")
        return Rope(head_dim, theta, _read_yarn(given, positions) if kind == "yarn" else None)
    except (TypeError, ValueError) as error:
        raise ModelDamaged(
            "{path}: a rope parameter has an impossible value ({error}).",
            "Fetch the checkpoint again.",
            path=path,
            error=error,
        ) from error


def _read_yarn(given: Mapping[str, Any], positions: int) -> Yarn:
    original = _positive(given, "original_max_position_embeddings", positions)
    factor = _positive(given, "factor", positions / original)
    attention = mscale(factor, 1)
    if given.get("mscale") and given.get("mscale_all_dim"):
        attention = mscale(factor, float(given["mscale"])) / mscale(factor, float(given["mscale_all_dim"]))
    return Yarn(
        factor=factor,
        original_positions=original,
        beta_fast=_positive(given, "beta_fast", 32),
        beta_slow=_positive(given, "beta_slow", 1),
        truncate=bool(given.get("truncate", True)),
        attention_factor=_positive(given, "attention_factor", attention),
    )


def _positive(given: Mapping[str, Any], name: str, default: float) -> float:
    value = float(given.get(name) or default)
    if not 0 < value < math.inf:
        raise ValueError(f"{name} {value}")
    return value


def mscale(factor: float, weight: float) -> float:
    """How much longer contexts sharpen attention (section 3.4 of the paper)."""
    return 1.0 if factor <= 1 else 0.1 * weight * math.log(factor) + 1.0


def inverse_frequencies(rope: Rope) -> NDArray[np.float32]:
    """Angle a position adds to each pair of dimensions: float32 [head_dim / 2], radians."""
    exponents = np.arange(0, rope.head_dim, 2, dtype=np.float32) / np.float32(rope.head_dim)
    periods: NDArray[np.float32] = np.power(np.float32(rope.theta), exponents)
    plain: NDArray[np.float32] = np.reciprocal(periods)
    if rope.divisors:
        plain /= np.array(rope.divisors, np.float32)
    if rope.yarn is None:
        return plain
    low, high = _ramp_bounds(rope, rope.yarn)
    ramp = (np.arange(rope.head_dim // 2, dtype=np.float32) - np.float32(low)) / np.float32(high - low)
    slowed = np.clip(ramp, 0, 1)
    slow: NDArray[np.float32] = plain / np.float32(rope.yarn.factor)
    mixed: NDArray[np.float32] = slowed * slow + (1 - slowed) * plain
    return mixed


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
