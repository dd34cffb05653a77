from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading

import onnx
import pytest

from app.engine import loading
from app.engine.engine import Engine
from app.engine.loaded_graph import LoadOptions, load_graph
from app.engine.runtime import RunOptions
from app.engine.sampler import Sampling, build_sampler
from app.errors import (
    Cancelled,
    IndoorsError,
    InferenceFailed,
    ModelDamaged,
    ModelNotFound,
    UnsupportedModel,
    UsageError,
)
from app.progress import silent

EXACT = LoadOptions(exact=True, threads=2)


def load(folder, cache, options=EXACT, progress=silent, cancelled=lambda: False):
    return load_graph(folder, options, cache, progress, cancelled)


@pytest.fixture
def copy(gpt_oss_folder, tmp_path):
    return shutil.copytree(gpt_oss_folder, tmp_path / "model")


def edit(folder, change):
    model = onnx.load(folder / "model.onnx", load_external_data=False)
    change(model)
    onnx.save(model, folder / "model.onnx")


def test_progress_ends_with_all_parts(gpt_oss_folder, tmp_path):
    heard = []
    load(gpt_oss_folder, tmp_path, progress=lambda *now: heard.append(now))
    assert heard == [("load", 0, 1), ("load", 1, 1)]


PARTS = """
import json, sys
from pathlib import Path
from app import memory_plan
from app.engine import loaded_graph
from app.engine.runtime import RunOptions
from app.progress import silent

memory_plan._PART_BYTES = int(sys.argv[3])
heard = []
for _ in range(2):
    loaded = loaded_graph.load_graph(
        Path(sys.argv[1]), loaded_graph.LoadOptions(exact=True, threads=2), Path(sys.argv[2]),
        lambda *now: heard.append(now), lambda: False)
decoder = loaded.decoder
logits = [decoder.compute(ids, RunOptions())[:5].tolist() for ids in ([1, 2, 3, 4], [5], [6])]
memory_plan._PART_BYTES = 1 << 30
again = loaded_graph.load_graph(
    Path(sys.argv[1]), loaded_graph.LoadOptions(exact=True), Path(sys.argv[2]), silent, lambda: False)
again.decoder.compute([1], RunOptions())
print(json.dumps([len(loaded.graph.parts), heard, logits]))
"""


def test_parts_give_the_same_and_share_threads(loaded, gpt_oss_folder, tmp_path):
    """In a process of its own: what its sessions share, onnxruntime forces on all later ones."""
    size = (gpt_oss_folder / "model.onnx.data").stat().st_size
    command = [sys.executable, "-c", PARTS, gpt_oss_folder, tmp_path, str(size // 3)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    parts, heard, logits = json.loads(done.stdout)
    assert parts > 1
    assert heard[0] == ["load", 0, parts]
    assert heard[-1] == ["load", parts, parts]
    loaded.decoder.cache.truncate(0)
    for ids, expected in zip(([1, 2, 3, 4], [5], [6]), logits, strict=True):
        assert loaded.decoder.compute(ids, RunOptions())[:5].tolist() == pytest.approx(expected, abs=1e-5)


def test_cancelled_before_it_starts(gpt_oss_folder, tmp_path):
    with pytest.raises(Cancelled):
        load(gpt_oss_folder, tmp_path, cancelled=lambda: True)


def test_cancelled_while_a_session_is_made(gpt_oss_folder, tmp_path, monkeypatch):
    """The session waits until cancelling has reached its options, then onnxruntime itself gives up."""
    asked, made = threading.Event(), loading.InferenceSession

    def slow(*arguments, **options):
        asked.set()
        threading.Event().wait(0.3)
        return made(*arguments, **options)

    monkeypatch.setattr(loading, "InferenceSession", slow)
    with pytest.raises(Cancelled):
        load(gpt_oss_folder, tmp_path, cancelled=asked.is_set)


def test_no_folder(tmp_path):
    with pytest.raises(ModelNotFound, match="nowhere"):
        load(tmp_path / "nowhere", tmp_path)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        (LoadOptions(device="gpu"), "'gpu'"),
        (LoadOptions(threads=0), "0 threads"),
        (LoadOptions(context=5000), "5,000 tokens"),
    ],
)
def test_options_that_do_not_exist(gpt_oss_folder, tmp_path, options, match):
    with pytest.raises(UsageError, match=match):
        load(gpt_oss_folder, tmp_path, options)


def test_the_rotary_tables_limit_the_context(copy, tmp_path):
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | {"max_position_embeddings": 99999}))
    assert load(copy, tmp_path, LoadOptions(exact=True)).context_length == 4096


def test_more_context_than_memory(gpt_oss_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("app.engine.loaded_graph.available_bytes", lambda: 3_000_000)
    with pytest.raises(UsageError, match=r"needs .* of memory"):
        load(gpt_oss_folder, tmp_path, LoadOptions(exact=True, context=4096))


def test_an_operator_nobody_knows(copy, tmp_path):
    edit(copy, lambda model: setattr(model.graph.node[-1], "op_type", "Telepathy"))
    with pytest.raises(UnsupportedModel, match="Telepathy") as raised:
        load(copy, tmp_path)
    assert raised.value.hint


def test_a_type_no_kernel_takes(copy, tmp_path):
    def change(model):
        for value in [*model.graph.input, *model.graph.output]:
            if value.type.tensor_type.elem_type == onnx.TensorProto.FLOAT:
                value.type.tensor_type.elem_type = onnx.TensorProto.FLOAT16

    edit(copy, change)
    with pytest.raises(IndoorsError) as raised:
        load(copy, tmp_path)
    assert "model.onnx" in raised.value.message
    assert "Traceback" not in str(raised.value)


def test_data_cut_short(copy, tmp_path):
    data = copy / "model.onnx.data"
    data.write_bytes(data.read_bytes()[:-5000])
    with pytest.raises(ModelDamaged, match=r"model\.onnx\.data"):
        load(copy, tmp_path)


def test_a_graph_that_is_no_protobuf(copy, tmp_path):
    (copy / "model.onnx").write_bytes(b"not a graph" * 100)
    with pytest.raises(ModelDamaged, match=r"model\.onnx"):
        load(copy, tmp_path)


def test_weights_that_are_no_numbers(copy, tmp_path):
    data = copy / "model.onnx.data"
    data.write_bytes(b"\xff" * data.stat().st_size)
    logits = load(copy, tmp_path).decoder.compute([1, 2], RunOptions())
    with pytest.raises(InferenceFailed, match="not numbers"):
        build_sampler(Sampling(), logits.size, ())(logits, [1, 2])


def test_a_closed_engine(tiny_model, tmp_path):
    engine = Engine.load(tiny_model, LoadOptions(context=64), tmp_path, silent, lambda: False)
    assert engine.placement["CPUExecutionProvider"].nodes > 10
    engine.close()
    with pytest.raises(InferenceFailed, match="not loaded"):
        engine.generate([1], lambda logits, history: 0, 1, (), silent, lambda: False)
