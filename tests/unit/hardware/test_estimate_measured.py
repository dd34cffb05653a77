"""The fit's estimate against the memory that the worker's process really took: within 10 %."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from app import manifest as manifests
from app.graph.geometry import build_geometry
from app.hardware.estimate import on_processor
from app.hardware.model import describe
from app.paths import guide
from app.progress import silent
from tests.support.wine import UNDER_WINE

pytestmark = pytest.mark.skipif(UNDER_WINE, reason="Wine counts reserved memory as used")
# Reads a folder, a context and a cache; fills the context and prints the peak of its private memory.
CHILD = """
import sys
from pathlib import Path
import numpy as np
import app.worker.host.methods
from app.engine.generate import Generation, Limits
from app.engine.loaded_graph import LoadOptions, load_graph
from app.engine.sampler import Sampling, build_sampler
from app.progress import silent
from app.worker.host.memory import PeakMemory

folder, context, cache = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
peak = PeakMemory()
with peak.watched():
    loaded = load_graph(folder, LoadOptions(context=context), cache, silent, lambda: False)
    vocabulary = loaded.graph.interface.vocabulary_size
    prompt = np.random.default_rng(0).integers(0, vocabulary, context - 4).tolist()
    sampler = build_sampler(Sampling(temperature=0.0), vocabulary, ())
    list(Generation(loaded.decoder, sampler, Limits(context, 4, ()), lambda: False).run(prompt, silent))
print(peak.bytes)
"""


def peak_of(folder: Path, context: int, cache: Path) -> int:
    command = [sys.executable, "-c", CHILD, str(folder), str(context), str(cache)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return int(json.loads(done.stdout))


def estimated(folder: Path, context: int) -> int:
    return on_processor(describe(folder, manifests.read(folder)), context).total


@pytest.fixture(scope="module")
def layers_of_gpt_oss(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The folder of so many layers, which are written once."""

    @cache
    def folder(layers: int) -> Path:
        made = tmp_path_factory.mktemp("layers") / "geometry"
        build_geometry("gpt-oss-20b", made, silent, layers)
        return made

    return folder


@pytest.mark.parametrize("context", [512, 1024, 2048])
def test_the_guide(tmp_path: Path, context: int) -> None:
    compare(guide(), context, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("context", [1024, 2048, 4096])
@pytest.mark.parametrize("layers", [1, 6])
def test_layers_of_gpt_oss_20b(layers_of_gpt_oss: Callable[[int], Path], layers: int, context: int) -> None:
    """One session and several parts, three contexts each; 2 GB and 4.7 GB of weights."""
    folder = layers_of_gpt_oss(layers)
    compare(folder, context, folder.parent / "cache")


def compare(folder: Path, context: int, work: Path) -> None:
    measured, expected = peak_of(folder, context, work), estimated(folder, context)
    print(f"{folder}, context {context}: {measured / expected:.3f} of {expected / 1e6:.0f} MB")
    assert measured == pytest.approx(expected, rel=0.1)
