"""Layers of full size: memory while they are written. Each run writes a few gigabytes."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
import pytest

from app import manifest
from app.graph.gpt_oss_config import parse_config
from tests.support.checkpoints import TinyModel

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads peak memory from /proc"),
]
LAYER = TinyModel(
    layers=1,
    hidden=2880,
    intermediate=2880,
    heads=64,
    kv_heads=8,
    head_dim=64,
    experts=32,
    experts_per_token=4,
    window=128,
    vocabulary=201088,
    positions=131072,
)
# Each runs in a process of its own, so that its peak is that of the work.
_GEOMETRY = """
import sys
from pathlib import Path
from app.graph.geometry import build_geometry
from app.progress import silent
build_geometry("gpt-oss-20b", Path(sys.argv[1]), silent, layers=1)
"""
_EXPORT = """
import sys
from pathlib import Path
from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
identity = Identity("large", "Large", "a test")
build_model(Path(sys.argv[2]), Path(sys.argv[1]), Quantization(sys.argv[3]), identity, silent)
"""
_PEAK = """
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def peak_of(program: str, *arguments: str | Path) -> int:
    """Largest resident memory of a program, in bytes."""
    command = [sys.executable, "-c", program + _PEAK, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout) * 1024


@pytest.fixture
def destination(tmp_path: Path) -> Iterator[Path]:
    """Where a model goes; gigabytes are not kept after the test."""
    yield tmp_path / "model"
    shutil.rmtree(tmp_path / "model", ignore_errors=True)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One layer of the 20b as published, embeddings included: 2.8 GB of repeated random numbers."""
    folder = tmp_path_factory.mktemp("checkpoint")
    (folder / "config.json").write_text(json.dumps(LAYER.config()), encoding="utf-8")
    random = np.random.RandomState(0)
    floats = (random.standard_normal(1 << 20) * 0.02).astype(ml_dtypes.bfloat16).tobytes()
    codes, scales = (
        random.randint(low, high, 1 << 20).astype(np.uint8).tobytes() for low, high in ((0, 256), (118, 124))
    )
    header: dict[str, Any] = {}
    contents: list[tuple[int, bytes]] = []
    end = 0

    def add(name: str, dtype: str, shape: tuple[int, ...], pool: bytes) -> None:
        nonlocal end
        size = math.prod(shape) * (2 if dtype == "BF16" else 1)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [end, end + size]}
        contents.append((size, pool))
        end += size

    for name, shape in parse_config(LAYER.config(), folder).tensors().items():
        if name.endswith(("_up_proj", "down_proj")):
            grid = (*shape[:2], shape[2] // 32)
            add(f"{name}_blocks", "U8", (*grid, 16), codes)
            add(f"{name}_scales", "U8", grid, scales)
        else:
            add(name, "BF16", shape, floats)
    encoded = json.dumps(header).encode()
    with (folder / "model.safetensors").open("wb") as file:
        file.write(len(encoded).to_bytes(8, "little") + encoded)
        for size, pool in contents:
            for first in range(0, size, len(pool)):
                file.write(pool[: size - first])
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(("quantization", "limit"), [("int4", 0.5e9), ("int8", 0.5e9), ("fp16", 2e9)])
def test_export_stays_small(checkpoint: Path, quantization: str, limit: float, destination: Path) -> None:
    assert peak_of(_EXPORT, destination, checkpoint, quantization) < limit
    assert manifest.read(destination).bytes > 2e9


def test_geometry_stays_small(destination: Path) -> None:
    assert peak_of(_GEOMETRY, destination) < 0.5e9
    written = manifest.read(destination)
    outside = 2 * 201088 * 2880 + 2880
    assert written.parameters == outside + (20_914_757_184 - outside) // 24
    assert 2.0e9 < written.bytes < 2.2e9
    assert list(manifest.damage(destination, written)) == []
