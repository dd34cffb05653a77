"""Exact mode: the weights are as they are stored, but nothing else is rounded."""

from __future__ import annotations

import os

import numpy as np
import pytest

from app.engine.loaded_graph import LoadOptions, load_graph
from app.engine.runtime import RunOptions
from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import TinyModel, prompt, write_checkpoint
from tests.support.decoding import logits

MODEL = TinyModel(seed=5, mxfp4=True)


def last_logits(folder, cache, ids, *, exact):
    options = LoadOptions(exact=exact, threads=2)
    decoder = load_graph(folder, options, cache, silent, lambda: False).decoder
    return np.array(decoder.compute(ids.tolist(), RunOptions()))


@pytest.mark.parametrize("quantization", [Quantization.INT4, Quantization.INT8])
def test_exact_mode_rounds_no_activations(tmp_path, quantization):
    write_checkpoint(tmp_path / "checkpoint", MODEL)
    identity = Identity("tiny", "Tiny", "a test")
    build_model(tmp_path / "checkpoint", tmp_path / "model", quantization, identity, silent)
    ids = prompt(MODEL)
    reference = logits(tmp_path / "model", ids, [len(ids)])[-1]
    exact = last_logits(tmp_path / "model", tmp_path / "cache", ids, exact=True)
    rounded = last_logits(tmp_path / "model", tmp_path / "cache", ids, exact=False)
    assert np.abs(exact - reference).max() < 1e-4
    assert np.abs(rounded - reference).max() > 1e-3


def test_the_environment_stays_as_it_was(gpt_oss_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("ORT_QMOE_CPU_QNBIT_GEMM", "int8")
    load_graph(gpt_oss_folder, LoadOptions(exact=True, threads=2), tmp_path, silent, lambda: False)
    assert os.environ["ORT_QMOE_CPU_QNBIT_GEMM"] == "int8"
