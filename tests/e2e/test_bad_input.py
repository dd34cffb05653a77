"""Bad input to the real program: a sentence with the cause and the next action, and nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.program import Ended, Program
from tests.support.worker import write_harmony_checkpoint


@pytest.fixture
def indoors(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def model(tiny_model: Path, tmp_path: Path) -> Path:
    """A copy that may be damaged."""
    return Path(shutil.copytree(tiny_model, tmp_path / "model"))


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    return write_harmony_checkpoint(tmp_path / "checkpoint")


def refused(done: Ended, code: int, *words: str) -> None:
    assert done.code == code, done.err
    assert "Traceback" not in done.err
    assert done.err.startswith("indoors: ")
    assert done.err.count("\n") == 1, done.err
    assert done.out == ""
    for word in words:
        assert word in done.err


def test_a_missing_folder(indoors: Program, tmp_path: Path) -> None:
    refused(indoors("ask", "hi", "--model", str(tmp_path / "nope")), 3, "nope")
    refused(indoors("models", "import", str(tmp_path / "nope")), 3, "nope")


def test_an_unknown_id_names_the_known_ones(indoors: Program) -> None:
    refused(indoors("ask", "hi", "--model", "gpt-nonsense"), 3, "gpt-nonsense", "indoors models import")


def test_an_empty_folder(indoors: Program, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused(indoors("ask", "hi", "--model", str(tmp_path / "empty")), 3, "empty")


def test_a_missing_data_file(indoors: Program, model: Path) -> None:
    (model / "model.onnx.data").unlink()
    refused(indoors("ask", "hi", "--model", str(model)), 3, "model.onnx.data")


def test_a_truncated_data_file(indoors: Program, model: Path) -> None:
    data = model / "model.onnx.data"
    os.truncate(data, data.stat().st_size // 2)
    refused(indoors("ask", "hi", "--model", str(model)), 3, "model.onnx.data")
    refused(indoors("models", "import", str(model), "--id", "cut"), 3, "model.onnx.data")
    assert not (indoors.home / "models" / "cut").exists()


def test_a_truncated_graph(indoors: Program, model: Path) -> None:
    os.truncate(model / "model.onnx", 100)
    refused(indoors("ask", "hi", "--model", str(model)), 3, "model.onnx")


def test_text_that_calls_itself_a_graph(indoors: Program, model: Path) -> None:
    (model / "model.onnx").write_text("This is no graph.", encoding="utf-8")
    refused(indoors("ask", "hi", "--model", str(model)), 3, "model.onnx")


def test_a_wrong_sha256(indoors: Program, model: Path) -> None:
    assert indoors("models", "import", str(model), "--id", "m").code == 0
    config = indoors.home / "models" / "m" / "config.json"
    config.write_bytes(config.read_bytes().replace(b"{", b" ", 1)[:-1] + b"}")
    refused(indoors("models", "verify", "m"), 3, "config.json", "sha256")


def test_a_template_that_raises(indoors: Program, model: Path) -> None:
    template = "{{ raise_exception('only robots may ask') }}"
    (model / "chat_template.jinja").write_text(template, encoding="utf-8")
    refused(indoors("ask", "hi", "--model", str(model)), 3, "only robots may ask")


def test_a_template_that_is_none(indoors: Program, model: Path) -> None:
    (model / "chat_template.jinja").write_text("{% if %}", encoding="utf-8")
    refused(indoors("ask", "hi", "--model", str(model)), 3, "template")


def test_a_prompt_longer_than_the_context(indoors: Program, model: Path) -> None:
    done = indoors("ask", "word " * 500, "--model", str(model), "--context", "100")
    refused(done, 4, "100", "--context")


def test_logits_that_are_not_numbers(indoors: Program, checkpoint: Path, tmp_path: Path) -> None:
    weights = load_file(checkpoint / "model.safetensors")
    weights["model.norm.weight"] = np.full_like(weights["model.norm.weight"], 3e38)
    save_file(weights, checkpoint / "model.safetensors")
    refused(indoors("models", "import", str(checkpoint), "--id", "nan", "--quant", "fp32"), 5, "not numbers")
    assert list((indoors.home / "models").glob("*")) == []
    model = tmp_path / "overflowing"
    build_model(checkpoint, model, Quantization.FP32, Identity("nan", "NaN", "a test"), silent)
    refused(indoors("ask", "hi", "--model", str(model)), 5, "not numbers")


def test_a_truncated_checkpoint(indoors: Program, checkpoint: Path) -> None:
    weights = checkpoint / "model.safetensors"
    os.truncate(weights, weights.stat().st_size - 1000)
    refused(indoors("models", "import", str(checkpoint), "--id", "cut"), 3, "model.safetensors")
    assert list((indoors.home / "models").glob("*")) == []


def test_another_architecture(indoors: Program, checkpoint: Path) -> None:
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    config["model_type"] = "mamba"
    (checkpoint / "config.json").write_text(json.dumps(config), encoding="utf-8")
    refused(indoors("models", "import", str(checkpoint), "--id", "m"), 3, "mamba")


def test_a_request_that_is_no_json(indoors: Program) -> None:
    refused(indoors("inspect", "prompt", given=b"{"), 2, "JSON")
    refused(indoors("inspect", "prompt", given=b"[]"), 2, "JSON")
    refused(indoors("inspect", "prompt", "/nonexistent/request.json"), 7, "request.json")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_disk_that_takes_no_more(indoors: Program, checkpoint: Path) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = indoors("models", "import", str(checkpoint), "--id", "m", before=limit)
    assert done.code == 7, done.err
    assert "Traceback" not in done.err
    assert list((indoors.home / "models").glob("*")) == []


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="folders are not closed to root, nor on Windows"
)
def test_a_home_that_cannot_be_written(indoors: Program, checkpoint: Path) -> None:
    indoors.home.mkdir()
    indoors.home.chmod(0o500)
    refused(indoors("models", "import", str(checkpoint), "--id", "m"), 7, "home")


def test_a_home_that_is_a_file(indoors: Program, checkpoint: Path) -> None:
    indoors.home.write_text("", encoding="utf-8")
    done = indoors("models", "import", str(checkpoint), "--id", "m")
    assert done.code == 7, done.err
    assert "Traceback" not in done.err
