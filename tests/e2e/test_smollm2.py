"""A real model out of a GGUF file: how long its import takes, what it answers, what it predicts."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import tokenizers
from numpy.typing import NDArray

from app.graph.accuracy import set_accuracy
from app.graph.gguf.parts import open_gguf
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.graph.two_steps import compute_logits_in_two_steps
from app.graph.write_model import write_model
from app.progress import silent
from tests.support import fetch_smollm2
from tests.support.program import Program

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        fetch_smollm2.missing(),
        reason=f"{fetch_smollm2.path()} is not there: run python -m tests.support.fetch_smollm2",
    ),
]
TEXT = Path(__file__).parents[2] / "LICENSE"
TOKENS, CHUNK = 2000, 250
_PEAK = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"code": done.returncode, "err": done.stderr, "peak": peak}))
"""


@pytest.fixture(scope="module")
def indoors(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("smollm2") / "home")


@pytest.fixture(scope="module")
def imported(indoors: Program) -> Path:
    folder = indoors.home / "models" / "smollm2"
    if not folder.exists():
        done = indoors("models", "import", str(fetch_smollm2.path()), "--id", "smollm2")
        assert done.code == 0, done.err
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no peak of processes that ended")
def test_the_import_is_quick_and_small(indoors: Program) -> None:
    command = [sys.executable, "-m", "app", "models", "import", str(fetch_smollm2.path()), "--id", "timed"]
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, *command],
        capture_output=True,
        text=True,
        env=indoors.environment(),
        check=True,
    )
    seconds, report = time.monotonic() - started, json.loads(done.stdout)
    assert report["code"] == 0, report["err"]
    assert seconds < 15
    assert report["peak"] < 1e9


def test_it_answers_sensibly(indoors: Program, imported: Path) -> None:
    def ask(question: str) -> str:
        done = indoors("ask", question, "--model", "smollm2", "--temperature", "0", "--max-tokens", "80")
        assert done.code == 0, done.err
        return done.out.lower()

    assert "paris" in ask("What is the capital of France?")
    assert "7" in ask("How many days are in a week?")
    assert "scatter" in ask("Explain in two sentences why the sky is blue.")
    assert "banana" in ask("Name three fruits.")


def perplexity(folder: Path, ids: NDArray[np.int64], *, exact: bool) -> float:
    """Of a fixed text, in chunks, exactly, or as the engine computes by default."""
    header = onnx.load(folder / "model.onnx", load_external_data=False)
    set_accuracy(header.graph, exact=exact)
    if not exact:
        compute_logits_in_two_steps(header, "logits")
    path = folder / "scored.onnx"
    path.write_bytes(header.SerializeToString())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])
    path.unlink()
    past = [given for given in session.get_inputs() if given.name.startswith("past")]
    cache = {given.name: np.zeros((1, given.shape[1], 0, given.shape[3]), np.float32) for given in past}
    total = 0.0
    for begin in range(0, TOKENS, CHUNK):
        mask = np.ones((1, begin + CHUNK), np.int64)
        feeds = {"input_ids": ids[None, begin : begin + CHUNK], "attention_mask": mask, **cache}
        result, *present = session.run(None, feeds)
        cache = dict(zip(cache, present, strict=True))
        rows = result[0].astype(np.float64)
        rows -= rows.max(axis=1, keepdims=True)
        wanted = rows[np.arange(CHUNK), ids[begin + 1 : begin + CHUNK + 1]]
        total -= float((wanted - np.log(np.exp(rows).sum(axis=1))).sum())
    return math.exp(total / TOKENS)


def test_perplexity_is_the_float_model_s(imported: Path, tmp_path: Path) -> None:
    """Exact arithmetic loses nothing, and so does what a small model gets by default."""
    floats = tmp_path / "floats"
    parts = open_gguf(fetch_smollm2.path()).parts(Quantization.FP32, Identity("f", "F", "a test"))
    write_model(parts, floats, silent, lambda: False)
    tokenizer = tokenizers.Tokenizer.from_file(str(imported / "tokenizer.json"))
    ids = np.array(tokenizer.encode(TEXT.read_text(encoding="utf-8")).ids[: TOKENS + 1])
    assert len(ids) == TOKENS + 1
    reference = perplexity(floats, ids, exact=True)
    assert reference < 20
    assert perplexity(imported, ids, exact=True) == pytest.approx(reference, rel=1e-5)
    assert perplexity(imported, ids, exact=False) == pytest.approx(reference, rel=1e-4)
