"""Converted checkpoints against the live reference implementation, sizes drawn at random."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.graph import mxfp4
from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import TinyModel, float_tensors, prompt, stored_tensors, write_checkpoint
from tests.support.decoding import logits

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
IDENTITY = Identity("tiny", "Tiny", "a test")


def draw(seed: int) -> TinyModel:
    random = np.random.RandomState(seed)
    experts, kv_heads = int(random.choice([1, 2, 3, 5, 8, 16])), int(random.choice([1, 2, 4]))
    packed = bool(seed % 2)
    width = 32 if packed else int(random.choice([2, 6, 16, 32]))
    return TinyModel(
        seed=seed,
        layers=int(random.randint(1, 5)),
        hidden=width * int(random.randint(2, 8)),
        intermediate=width * int(random.randint(1, 8)),
        heads=kv_heads * int(random.randint(1, 4)),
        kv_heads=kv_heads,
        head_dim=int(random.choice([16, 32, 64, 128])),
        experts=experts,
        experts_per_token=min(experts, int(random.randint(1, 5))),
        window=int(random.randint(1, 33)),
        mxfp4=packed,
        dtype=str(random.choice(["F32", "BF16"])),
        shards=int(random.randint(1, 4)),
    )


@pytest.mark.parametrize("seed", range(24))
def test_fp32_equals_the_reference(seed: int, tmp_path: Path) -> None:
    from tests.support.reference import reference_logits

    model, tokens = draw(seed), 70
    checkpoint = write_checkpoint(tmp_path / "checkpoint", model)
    build_model(checkpoint, tmp_path / "model", Quantization.FP32, IDENTITY, silent)
    ids = prompt(model, tokens)
    expected = reference_logits(model, ids)
    for chunks in ([tokens], [1, 32, 37], [1] * tokens):
        np.testing.assert_allclose(logits(tmp_path / "model", ids, chunks), expected, rtol=0, atol=1e-4)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_checkpoint_saved_by_transformers(dtype: str, tmp_path: Path) -> None:
    import torch
    from transformers.utils import logging

    from tests.support.reference import reference_model

    logging.disable_progress_bar()  # its monitor is a thread that stays
    model = TinyModel(seed=77, experts=5, experts_per_token=3)
    saved = reference_model(model).to(getattr(torch, dtype))
    saved.save_pretrained(tmp_path / "checkpoint", max_shard_size="100KB")
    assert (tmp_path / "checkpoint" / "model.safetensors.index.json").is_file()
    build_model(tmp_path / "checkpoint", tmp_path / "model", Quantization.FP32, IDENTITY, silent)
    ids = prompt(model)
    network = reference_model(model)  # its rotation stays in fp32
    network.load_state_dict({name: values.float() for name, values in saved.state_dict().items()})
    with torch.no_grad():
        expected = network(torch.from_numpy(ids)[None]).logits[0].numpy()
    np.testing.assert_allclose(logits(tmp_path / "model", ids, [40]), expected, rtol=0, atol=1e-4)
    assert (tmp_path / "model" / "generation_config.json").is_file()


def test_mxfp4_values_equal_transformers(tmp_path: Path) -> None:
    import torch
    from transformers.integrations.mxfp4 import convert_moe_packed_tensors

    model = TinyModel(seed=5, hidden=64, intermediate=96, mxfp4=True)
    for name, blocks in stored_tensors(model).items():
        if name.endswith("_blocks"):
            scales = stored_tensors(model)[name.removesuffix("blocks") + "scales"]
            expected = convert_moe_packed_tensors(torch.from_numpy(blocks), torch.from_numpy(scales))
            found = np.stack([mxfp4.dequantize(*pair) for pair in zip(blocks, scales, strict=True)])
            np.testing.assert_array_equal(found.swapaxes(1, 2), expected.float().numpy())
            np.testing.assert_array_equal(
                float_tensors(model)[name.removesuffix("_blocks")], expected.float().numpy()
            )
