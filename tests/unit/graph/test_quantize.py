from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.graph.quantize import Quantization, dequantize_rows, pack_nibbles, quantize_rows
from app.graph.storage import BLOCK, Floats, Levels


@st.composite
def matrices(draw: st.DrawFn) -> NDArray[np.float32]:
    rows, width = draw(st.integers(1, 5)), draw(st.integers(1, 100))
    random = np.random.RandomState(draw(st.integers(0, 2**32 - 1)))
    values = random.standard_normal((rows, width)) * 10.0 ** draw(st.integers(-6, 6))
    return np.where(random.rand(rows, width) < draw(st.sampled_from([0, 0.5, 1])), 0, values).astype(
        np.float32
    )


def largest_of_blocks(values: NDArray[np.float32]) -> NDArray[np.float32]:
    padded = np.zeros((len(values), Levels(8).blocks_in(values.shape[1]) * BLOCK), np.float32)
    padded[:, : values.shape[1]] = np.abs(values)
    largest = padded.reshape(len(values), -1, BLOCK).max(axis=-1)
    return np.repeat(largest, BLOCK, axis=1)[:, : values.shape[1]]


@given(matrices(), st.sampled_from([4, 8]))
def test_error_is_bounded_by_the_step(values: NDArray[np.float32], bits: int) -> None:
    blocks = quantize_rows(values, bits)
    assert blocks.packed.dtype == np.uint8
    assert blocks.packed.shape == (len(values), Levels(bits).blocks_in(values.shape[1]) * BLOCK * bits // 8)
    assert blocks.scales.shape == (len(values), Levels(bits).blocks_in(values.shape[1]))
    found = dequantize_rows(blocks, values.shape[1], bits)
    # the top level lies a step below the largest weight: at most a step, and a bit where the scale was varied
    step = largest_of_blocks(values) / (1 << (bits - 1))
    assert (np.abs(found - values) <= 1.5 * step + 1e-30).all()


@given(matrices())
def test_zero_blocks_stay_zero(values: NDArray[np.float32]) -> None:
    zero = np.zeros_like(values)
    blocks = quantize_rows(zero, 4)
    assert not blocks.scales.any()
    assert (blocks.packed == 0x88).all()


@pytest.mark.parametrize(("bits", "middle"), [(4, 0x88), (8, 128)])
def test_last_block_is_filled_with_zero_points(bits: int, middle: int) -> None:
    blocks = quantize_rows(np.ones((1, 40), np.float32), bits)
    assert (blocks.packed[0, -24 * bits // 8 :] == middle).all()


def test_levels_survive_a_round_trip() -> None:
    levels = np.arange(-8, 8, dtype=np.float32).repeat(2)[None]
    assert (dequantize_rows(quantize_rows(levels * 0.25, 4), 32, 4) == levels * 0.25).all()
    levels = np.linspace(-128, 127, 32).round().astype(np.float32)[None]
    assert (dequantize_rows(quantize_rows(levels * 0.25, 8), 32, 8) == levels * 0.25).all()


def test_even_level_is_in_the_low_nibble() -> None:
    assert pack_nibbles(np.array([1, 2, 15, 0], np.uint8)).tolist() == [0x21, 0x0F]


def test_search_beats_the_plain_scale() -> None:
    values = np.random.RandomState(0).standard_normal((64, 512)).astype(np.float32)
    plain = np.abs(values.reshape(-1, BLOCK)).max(axis=1, keepdims=True) / 7
    naive = (np.rint(values.reshape(-1, BLOCK) / plain) * plain).reshape(values.shape)
    error = np.square(dequantize_rows(quantize_rows(values, 4), 512, 4) - values).mean()
    assert error < 0.75 * np.square(naive - values).mean()


@pytest.mark.parametrize(
    ("quantization", "bits", "activations", "table"),
    [
        (Quantization.INT4, 4, np.float32, np.float16),
        (Quantization.INT8, 8, np.float32, np.float16),
        (Quantization.FP16, None, np.float16, np.float16),
        (Quantization.FP32, None, np.float32, np.float32),
    ],
)
def test_types(quantization: Quantization, bits: int | None, activations: type, table: type) -> None:
    assert (quantization.bits, quantization.activations) == (bits, np.dtype(activations))
    assert quantization.table("") == Floats(np.dtype(table))
    assert quantization.form("") == (Levels(bits) if bits else Floats(np.dtype(activations)))
