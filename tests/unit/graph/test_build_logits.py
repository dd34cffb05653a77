"""Converted checkpoints compute what the reference implementation computes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization, dequantize_rows, quantize_rows
from app.progress import silent
from tests.support.checkpoints import CASES, TinyModel, float_tensors, prompt, write_checkpoint
from tests.support.decoding import logits

GOLDEN = Path(__file__).parents[2] / "golden" / "gpt_oss.npz"
IDENTITY = Identity("tiny", "Tiny", "a test")
CHUNKS = {"at once": [40], "in chunks": [3, 17, 20], "token by token": [1] * 40}


@pytest.fixture(scope="module")
def golden() -> dict[str, NDArray[np.float32]]:
    with np.load(GOLDEN) as stored:
        return dict(stored)


def convert(model: TinyModel, folder: Path, quantization: Quantization) -> Path:
    checkpoint = write_checkpoint(folder / "checkpoint", model)
    build_model(checkpoint, folder / "model", quantization, IDENTITY, silent)
    return folder / "model"


@pytest.mark.parametrize("case", CASES)
def test_fp32_equals_the_reference(case: str, tmp_path: Path, golden: dict[str, NDArray[np.float32]]) -> None:
    model = convert(CASES[case], tmp_path, Quantization.FP32)
    for chunks in CHUNKS.values():
        np.testing.assert_allclose(
            logits(model, prompt(CASES[case]), chunks), golden[case], rtol=0, atol=1e-4
        )


@pytest.mark.parametrize("case", CASES)
def test_fp16_is_near_the_reference(
    case: str, tmp_path: Path, golden: dict[str, NDArray[np.float32]]
) -> None:
    model = convert(CASES[case], tmp_path, Quantization.FP16)
    found = logits(model, prompt(CASES[case]), CHUNKS["in chunks"])
    np.testing.assert_allclose(found, golden[case], rtol=0, atol=0.01 * np.abs(golden[case]).max())


def _quantized_away(name: str) -> bool:
    """Whether a tensor is stored in blocks besides the experts."""
    return name.endswith(
        ("q_proj.weight", "k_proj.weight", "v_proj.weight", "o_proj.weight", "lm_head.weight")
    )


def _rounded(values: NDArray[np.float32], bits: int) -> NDArray[np.float32]:
    return dequantize_rows(quantize_rows(values, bits), values.shape[-1], bits)


@pytest.mark.parametrize("case", ["window", "odd_sizes", "no_whole_blocks", "one_expert", "sixteen_experts"])
@pytest.mark.parametrize("quantization", [Quantization.INT4, Quantization.INT8])
def test_quantised_equals_its_dequantised_weights(
    case: str, quantization: Quantization, tmp_path: Path
) -> None:
    """All that quantisation changes is the weights' values: layout, kernels and routing stay right."""
    bits = quantization.bits
    assert bits
    model = replace(CASES[case], dtype="F32")
    rounded = float_tensors(CASES[case])
    rounded["model.embed_tokens.weight"] = (
        rounded["model.embed_tokens.weight"].astype(np.float16).astype(np.float32)
    )
    for name, values in rounded.items():
        if _quantized_away(name):
            rounded[name] = _rounded(values, bits)
        elif name.endswith(("gate_up_proj", "down_proj")):
            rounded[name] = np.stack([_rounded(expert.T, bits).T for expert in values])
    checkpoint = write_checkpoint(tmp_path / "rounded", model, rounded)
    build_model(checkpoint, tmp_path / "floats", Quantization.FP32, IDENTITY, silent)
    quantized = convert(CASES[case], tmp_path, quantization)
    ids = prompt(model)
    expected = logits(tmp_path / "floats", ids, [40])
    for chunks in ([40], [3, 17, 20]):
        np.testing.assert_allclose(logits(quantized, ids, chunks), expected, rtol=0, atol=1e-4)


def test_int8_keeps_mxfp4_experts_exactly(tmp_path: Path) -> None:
    """Only the attention and lm_head weights are rounded; the MXFP4 experts go over unchanged."""
    case = CASES["mxfp4"]
    exact = float_tensors(case)
    for name, values in exact.items():
        if _quantized_away(name):
            exact[name] = _rounded(values, 8)
    unpacked = replace(case, mxfp4=False, dtype="F32")
    checkpoint = write_checkpoint(tmp_path / "exact", unpacked, exact)
    build_model(checkpoint, tmp_path / "floats", Quantization.FP32, IDENTITY, silent)
    ids = prompt(case)
    np.testing.assert_allclose(
        logits(convert(case, tmp_path, Quantization.INT8), ids, [3, 17, 20]),
        logits(tmp_path / "floats", ids, [40]),
        rtol=0,
        atol=1e-4,
    )
