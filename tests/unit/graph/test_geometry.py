from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app import manifest
from app.errors import UsageError
from app.graph.build import Identity, ModelParts, write_model
from app.graph.geometry import RandomWeights, build_geometry
from app.graph.gpt_oss_config import parse_config
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import TinyModel, prompt
from tests.support.decoding import logits

# Runs in a process of its own, so that its peak is that of the work.
_BUILD = """
import json, resource, sys
from pathlib import Path
from app.graph.geometry import build_geometry
from app.progress import silent
written = build_geometry("gpt-oss-20b", Path(sys.argv[1]), silent, layers=1)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"bytes": written.bytes, "peak": peak, "parameters": written.parameters}))
"""


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


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="measures with resource")
def test_layer_of_full_size(tmp_path: Path) -> None:
    """One layer with the 20b's embeddings: right sizes, in far less memory than the 2 GB it writes."""
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, str(tmp_path / "model")], check=True, capture_output=True, text=True
    )
    result = json.loads(done.stdout)
    outside = 2 * 201088 * 2880 + 2880
    assert result["parameters"] == outside + (20_914_757_184 - outside) // 24
    assert 2.0e9 < result["bytes"] < 2.2e9
    assert result["peak"] < 0.5e9
    assert list(manifest.damage(tmp_path / "model", manifest.read(tmp_path / "model"))) == []
