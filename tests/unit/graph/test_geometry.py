from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.errors import UsageError
from app.graph.geometry import RandomWeights, build_geometry
from app.graph.gpt_oss_config import parse_config
from app.graph.model_parts import Identity, ModelParts
from app.graph.quantize import Quantization
from app.graph.write_model import write_model
from app.progress import silent
from tests.support.checkpoints import TinyModel, prompt
from tests.support.decoding import logits


@pytest.mark.parametrize("quantization", Quantization)
def test_random_weights_give_finite_logits(quantization: Quantization, tmp_path: Path) -> None:
    model = TinyModel(layers=3, hidden=96, experts=8, tied=True)
    config = parse_config(model.config(), tmp_path)
    identity = Identity("random", "Random", "a test")
    parts = ModelParts(model.config(), config, RandomWeights(config), quantization, identity)
    write_model(parts, tmp_path / "model", silent, lambda: False)
    found = logits(tmp_path / "model", prompt(model), [30, 10])
    assert np.isfinite(found).all()
    assert 0.1 < found.std() < 10


def test_unknown_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gpt-oss-7b"):
        build_geometry("gpt-oss-7b", tmp_path / "model", silent)
    assert list(tmp_path.iterdir()) == []
