from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.errors import ModelDamaged, UnsupportedModel
from app.graph.rope import Rope, caches, inverse_frequencies, read_rope

GPT_OSS = {
    "rope_type": "yarn",
    "factor": 32.0,
    "beta_fast": 32.0,
    "beta_slow": 1.0,
    "truncate": False,
    "original_max_position_embeddings": 4096,
}
PATH = Path("config.json")
FLOAT = np.dtype(np.float32)


def read(**config: Any) -> Rope:
    return read_rope(config, 64, 131072, PATH)


def test_both_forms_and_the_default_are_one() -> None:
    old = read(rope_theta=150000, rope_scaling=GPT_OSS)
    new = read(rope_parameters={**GPT_OSS, "rope_theta": 150000.0})
    assert old == new == read()


def test_gpt_oss_concentration() -> None:
    """0.1 · ln 32 + 1 multiplies both caches; exports with a wrong one show it at position 0."""
    cos, sin = caches(read(), 4, FLOAT)
    assert cos.shape == sin.shape == (4, 32)
    assert (cos[0] == np.float32(1.3465735902799727)).all()
    assert not sin[0].any()


def test_gpt_oss_ramp_bounds_stay_fractions() -> None:
    """The ramp runs from 8.0928 to 17.3980, neither rounded."""
    found = inverse_frequencies(read())
    plain = 150000.0 ** -(np.arange(32) / 32)
    slowed = (1 - found / plain) / (1 - 1 / 32)
    expected = np.clip((np.arange(32) - 8.0928) / (17.3980 - 8.0928), 0, 1)
    np.testing.assert_allclose(slowed, expected, atol=1e-4)


def test_truncated_bounds() -> None:
    found = inverse_frequencies(read(rope_scaling={**GPT_OSS, "truncate": True}))
    plain = 150000.0 ** -(np.arange(32) / 32)
    slowed = (1 - found / plain) / (1 - 1 / 32)
    np.testing.assert_allclose(slowed, np.clip((np.arange(32) - 8) / (18 - 8), 0, 1), atol=1e-4)


def test_plain_rotation() -> None:
    cos, sin = caches(read(rope_parameters={"rope_type": "default", "rope_theta": 10000.0}), 300, FLOAT)
    angles = np.arange(300)[:, None] * 10000.0 ** -(np.arange(32) / 32)[None]
    np.testing.assert_allclose(cos, np.cos(angles), atol=3e-5)
    np.testing.assert_allclose(sin, np.sin(angles), atol=3e-5)


@pytest.mark.parametrize(
    ("extra", "factor"),
    [
        ({"attention_factor": 1.25}, 1.25),
        ({"mscale": 0.7, "mscale_all_dim": 1.4}, (0.07 * math.log(32) + 1) / (0.14 * math.log(32) + 1)),
        ({"factor": 0.5}, 1.0),
        ({"factor": None, "original_max_position_embeddings": 32768}, 0.1 * math.log(4) + 1),
    ],
)
def test_attention_factor(extra: dict[str, Any], factor: float) -> None:
    yarn = read(rope_scaling={**GPT_OSS, **extra}).yarn
    assert yarn
    assert yarn.attention_factor == pytest.approx(factor)


def test_fp16_caches() -> None:
    cos, _ = caches(read(), 2, np.dtype(np.float16))
    assert cos.dtype == np.float16


@pytest.mark.parametrize(
    "given",
    [
        {"rope_type": "longrope"},
        {"rope_type": "default", "partial_rotary_factor": 0.5},
        {"full_attention": {"rope_type": "default"}},
    ],
)
def test_other_kinds_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedModel, match=r"config\.json"):
        read(rope_parameters=given)


@pytest.mark.parametrize(
    "given",
    [
        [1],
        {**GPT_OSS, "factor": "many"},
        {**GPT_OSS, "factor": -1},
        {**GPT_OSS, "rope_theta": 1},
        {**GPT_OSS, "beta_fast": math.nan},
        {**GPT_OSS, "original_max_position_embeddings": [4096]},
    ],
)
def test_impossible_values_are_refused(given: Any) -> None:
    with pytest.raises(ModelDamaged, match=r"config\.json"):
        read(rope_parameters=given)
