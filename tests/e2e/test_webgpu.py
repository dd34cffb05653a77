"""The program answers with the guide on WebGPU, in software."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import webgpu
from tests.support.program import Program

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(webgpu.missing()), reason=webgpu.missing()),
]


def test_the_guide_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in webgpu.environment().items():
        monkeypatch.setenv(name, value)
    program = Program(tmp_path / "home")
    asked = ("ask", "--json", "--device", "webgpu", "--max-tokens", "4", "--temperature", "0", "Hello")
    there = program(*asked)
    assert there.code == 0, there.err
    placement = there.json["placement"]
    assert there.json["device"] == "webgpu"
    assert placement["WebGpuExecutionProvider"]["operators"]["QMoE"] == 4
    assert set(placement["CPUExecutionProvider"]["operators"]) <= {
        "Cast",
        "Gather",
        "ReduceSum",
        "Shape",
        "Sub",
    }
    here = program(*("cpu" if word == "webgpu" else word for word in asked))
    assert (there.json["text"], there.json["reasoning"]) == (here.json["text"], here.json["reasoning"])
    checked = program("check", "--model", "guide", "--device", "webgpu", "--json").json
    assert checked["models"]["guide"]["placement"]["WebGpuExecutionProvider"]["nodes"] > 40
