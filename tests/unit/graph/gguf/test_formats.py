"""Every block format stands for the weights that ggml's own package reads from it."""

from __future__ import annotations

import gguf
import numpy as np
import pytest
from gguf import GGMLQuantizationType as Type
from hypothesis import given
from hypothesis import strategies as st

from app.graph.gguf.formats import FORMATS
from app.graph.quantize import Blocks, dequantize_rows, widen
from app.graph.storage import Floats, Levels
from tests.support.gguf_files import BLOCK_TYPES, FLOAT_TYPES, random_blocks

BY_NAME = {form.name: (number, form) for number, form in FORMATS.items()}


def test_the_formats_promised() -> None:
    assert set(BY_NAME) == {*BLOCK_TYPES, *FLOAT_TYPES}


@pytest.mark.parametrize("name", BY_NAME)
def test_sizes_are_ggml_s(name: str) -> None:
    number, form = BY_NAME[name]
    assert (form.weights, form.bytes) == gguf.GGML_QUANT_SIZES[Type(number)]
    assert Type(number).name == name


def decoded(name: str, raw: np.ndarray) -> np.ndarray:
    form = BY_NAME[name][1]
    assert form.decode is not None
    assert isinstance(form.form, Levels)
    found = form.decode(raw.reshape(len(raw), -1, form.bytes))
    width = raw.shape[1] // form.bytes * form.weights
    assert found.scales.shape == (len(raw), width // form.form.block)
    assert (found.offsets is not None) == form.form.offsets
    return dequantize_rows(found, width, form.form.bits)


@pytest.mark.parametrize("name", BLOCK_TYPES)
@given(
    rows=st.integers(1, 5), blocks=st.integers(1, 3), seed=st.integers(0, 2**32 - 1), power=st.integers(-5, 4)
)
def test_blocks_keep_their_weights(name: str, rows: int, blocks: int, seed: int, power: int) -> None:
    form = BY_NAME[name][1]
    random = np.random.default_rng(seed)
    raw = random_blocks(name, (rows, blocks * form.weights), 10.0**power, random)
    expected = gguf.dequantize(raw, Type[name])
    found = decoded(name, raw)
    if isinstance(form.form, Levels) and form.form.offsets:
        largest = np.abs(expected).max(initial=0)
        np.testing.assert_allclose(found, expected, rtol=0, atol=4e-7 * largest)
    else:
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("name", BLOCK_TYPES)
def test_every_byte_counts(name: str) -> None:
    """A changed byte changes a weight, so no byte is read from a wrong place."""
    form = BY_NAME[name][1]
    raw = random_blocks(name, (1, form.weights), 1.0, np.random.default_rng(3))
    before = decoded(name, raw)
    for place in range(form.bytes):
        changed = raw.copy()
        changed[0, place] ^= 0x11
        assert not np.array_equal(decoded(name, changed), before), place


def test_eight_bits_hold_what_four_bits_hold() -> None:
    raw = random_blocks("Q4_0", (3, 64), 1.0, np.random.default_rng(4))
    form = BY_NAME["Q4_0"][1]
    assert form.decode is not None
    narrow = form.decode(raw.reshape(3, -1, form.bytes))
    np.testing.assert_array_equal(dequantize_rows(widen(narrow), 64, 8), dequantize_rows(narrow, 64, 4))


def test_a_scale_that_is_no_number_is_seen() -> None:
    form = BY_NAME["MXFP4"][1]
    raw = np.full((1, 1, form.bytes), 255, np.uint8)
    assert form.decode is not None
    found: Blocks = form.decode(raw)
    assert np.isnan(found.scales).all()


def test_floats_stay_what_they_are() -> None:
    types = {name: BY_NAME[name][1].form for name in FLOAT_TYPES}
    assert all(isinstance(form, Floats) for form in types.values())
    assert len(set(types.values())) == 3
