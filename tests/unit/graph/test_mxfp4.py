from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.graph.mxfp4 import E2M1, LARGEST_SCALE, dequantize, to_int4, to_int8
from app.graph.quantize import Blocks, dequantize_rows
from tests.support.checkpoints import FP4


@st.composite
def packed(draw: st.DrawFn) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    rows, blocks = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    random = np.random.RandomState(draw(st.integers(0, 2**32 - 1)))
    scales = random.randint(0, LARGEST_SCALE + 1, (rows, blocks)).astype(np.uint8)
    return random.randint(0, 256, (rows, blocks, 16)).astype(np.uint8), scales


def test_values_of_the_specification() -> None:
    blocks = np.arange(16, dtype=np.uint8).reshape(1, 1, 16) | (np.uint8(2) << 4)
    values = dequantize(blocks, np.array([[127]], np.uint8))
    assert values[0, 0::2].tolist() == FP4.tolist()
    assert (values[0, 1::2] == 1).all()
    assert E2M1.tolist() == FP4.tolist()
    assert (dequantize(blocks, np.array([[130]], np.uint8)) == 8 * values).all()


@given(packed())
def test_int8_is_exact(stored: tuple[NDArray[np.uint8], NDArray[np.uint8]]) -> None:
    """Every nibble under every scale, the smallest (a subnormal fp32) and the largest included."""
    found = dequantize_rows(to_int8(*stored), stored[0].shape[1] * 32, 8)
    np.testing.assert_array_equal(found, dequantize(*stored))


def test_int8_is_exact_for_every_scale() -> None:
    scales = np.arange(LARGEST_SCALE + 1, dtype=np.uint8)[:, None]
    blocks = np.broadcast_to(np.arange(16, dtype=np.uint8) * 17, (len(scales), 1, 16))
    found = to_int8(blocks, scales)
    assert found.scales[:, 0].tolist() == [2.0 ** (int(scale) - 128) for scale in scales[:, 0]]
    np.testing.assert_array_equal(dequantize_rows(found, 32, 8), dequantize(blocks, scales))


def squared_error(blocks: Blocks, values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of each block."""
    difference = dequantize_rows(blocks, values.shape[1], 4).astype(np.float64) - values
    return np.square(difference).reshape(*blocks.scales.shape, 32).sum(axis=-1)


def test_int4_is_near_the_best_scale_there_is() -> None:
    """Against a search a hundred times finer; and a third below absmax / 7."""
    random = np.random.RandomState(3)
    blocks = random.randint(0, 256, (40, 6, 16)).astype(np.uint8)
    scales = random.randint(120, 130, (40, 6)).astype(np.uint8)
    values = dequantize(blocks, scales)
    error = squared_error(to_int4(blocks, scales), values)
    unit = values.reshape(40, 6, 32) / 2.0 ** (scales[..., None].astype(np.float32) - 127)
    least = np.full(unit.shape[:2], np.inf)
    for scale in np.concatenate([np.linspace(-1.2, -0.05, 1500), np.linspace(0.05, 1.2, 1500)]):
        levels = np.clip(np.rint(unit / scale), -8, 7)
        least = np.minimum(least, np.square(levels * scale - unit).sum(axis=-1))
    least *= 4.0 ** (scales.astype(np.float64) - 127)
    assert error.sum() <= 1.02 * least.sum()
    naive_scales = np.abs(unit).max(axis=-1, keepdims=True) / 7
    naive = np.square(np.rint(unit / naive_scales) * naive_scales - unit).sum(axis=-1)
    assert error.sum() < 0.67 * (naive * 4.0 ** (scales.astype(np.float64) - 127)).sum()


@pytest.mark.parametrize("codes", [[0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13], [2, 4, 5, 6, 7], [0], [7, 15]])
def test_int4_is_exact_where_a_scale_fits(codes: list[int]) -> None:
    """Blocks without ±4 and ±6 are multiples of ½ below 4; those without halves are small whole numbers."""
    random = np.random.RandomState(1)
    low, high = (random.choice(codes, (3, 2, 16)).astype(np.uint8) for _ in range(2))
    blocks, scales = low | (high << 4), np.full((3, 2), 125, np.uint8)
    np.testing.assert_array_equal(dequantize_rows(to_int4(blocks, scales), 64, 4), dequantize(blocks, scales))
