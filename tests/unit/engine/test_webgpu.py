"""The app's own engine with WebGPU gives the logits of the processor: fp32, on SwiftShader.

The window is crossed, sinks are there, prompts come in chunks, then token after token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support import webgpu
from tests.support.checkpoints import CASES, TinyModel, prompt, write_checkpoint

TOGETHER, AS_THE_ENGINE, TOKENS = [11, 6, 1, 1, 1], [], 20
MODELS = {
    **CASES,
    "window of one": TinyModel(seed=21, window=1, layers=2),
    "gpt-oss heads": TinyModel(seed=22, heads=8, kv_heads=1, head_dim=64, experts=32, experts_per_token=4),
}
FIRST = {"window, in chunks": ("window", Quantization.INT4, TOGETHER)}
OTHERS = {
    **{
        f"{name}, in chunks": (name, Quantization.INT4, TOGETHER)
        for name in MODELS
        if MODELS[name].hidden % 64 == 0 and name != "window"
    },
    "odd sizes": ("odd_sizes", Quantization.INT4, AS_THE_ENGINE),
    "mxfp4": ("mxfp4", Quantization.INT4, AS_THE_ENGINE),
    "window, 8 bits": ("window", Quantization.INT8, AS_THE_ENGINE),
}
REFUSED = {
    "experts whose rows are no whole blocks": ("no_whole_blocks", Quantization.INT4, AS_THE_ENGINE),
    "experts of floats": ("window", Quantization.FP32, AS_THE_ENGINE),
}
pytestmark = pytest.mark.skipif(bool(webgpu.missing()), reason=webgpu.missing())


def jobs_of(cases: Mapping[str, tuple[str, Quantization, list[int]]], work: Path) -> dict[str, webgpu.Job]:
    jobs = {}
    for number, (name, (model, form, chunks)) in enumerate(cases.items()):
        checkpoint = write_checkpoint(work / f"{number}" / "checkpoint", MODELS[model])
        folder = work / f"{number}" / "model"
        build_model(checkpoint, folder, form, Identity("tiny", "Tiny", "a test"), silent)
        jobs[name] = webgpu.Job(str(folder), prompt(MODELS[model], TOKENS).tolist(), chunks)
    return jobs


def require_equal(job: webgpu.Job, found: object, cache: Path) -> None:
    assert isinstance(found, np.ndarray), found
    expected = webgpu.logits("cpu", job if job.chunks else replace(job, chunks=[1] * TOKENS), cache)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-3)
    assert (found.argmax(axis=1) == expected.argmax(axis=1)).all()


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    return jobs_of({**OTHERS, **REFUSED}, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def computed(jobs, tmp_path_factory):
    return webgpu.compute(jobs, tmp_path_factory.mktemp("webgpu"))


def test_logits_equal_the_processors(tmp_path: Path) -> None:
    [(name, job)] = jobs_of(FIRST, tmp_path / "models").items()
    require_equal(job, webgpu.compute({name: job}, tmp_path)[name], tmp_path / "cache")


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_logits_of_other_models(name: str, jobs, computed, tmp_path: Path) -> None:
    require_equal(jobs[name], computed[name], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_kernel_is_refused_with_the_reason(name: str, computed) -> None:
    code, _, sentence = computed[name].partition(": ")
    assert code in {"device_failed", "unsupported_model"}
    assert "--device cpu" in sentence
