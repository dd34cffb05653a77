"""The kernels the guide is trained with equal transformers' own."""

from __future__ import annotations

import random

import pytest

torch = pytest.importorskip("torch")

from models.guide.augment import Augmenter  # noqa: E402
from models.guide.network import WINDOW, build_config, build_model, use_reference_kernels  # noqa: E402
from models.guide.tokenizer import SPECIAL  # noqa: E402

pytestmark = pytest.mark.oracle


def test_fast_kernels_equal_the_reference() -> None:
    torch.manual_seed(3)
    model = build_model(build_config(320, {name: i for i, name in enumerate(SPECIAL)})).train(False)
    for parameter in model.parameters():
        parameter.data += torch.randn_like(parameter) * 0.05
    ids = torch.randint(320, (2, 2 * WINDOW + 7))
    with torch.no_grad():
        fast = model(input_ids=ids).logits
        use_reference_kernels(model)
        reference = model(input_ids=ids).logits
    assert (fast - reference).abs().max() < 1e-4


def test_variations_are_many_and_repeatable() -> None:
    groups = [("RAM", "memory")]
    first, second = (Augmenter(random.Random(5), groups) for _ in range(2))
    varied = [first.vary("How much RAM do I need?") for _ in range(200)]
    assert varied == [second.vary("How much RAM do I need?") for _ in range(200)]
    assert len(set(varied)) > 100
    assert any("memory" in text.lower() for text in varied)
