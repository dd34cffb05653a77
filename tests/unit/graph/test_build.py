"""What a converted model's folder holds, and what is refused without leaving anything behind."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
import onnx
import pytest
from numpy.typing import NDArray

from app import manifest
from app.errors import (
    Cancelled,
    IndoorsError,
    ModelDamaged,
    ModelNotFound,
    StorageError,
    UnsupportedModel,
    UsageError,
)
from app.graph.build import build_model
from app.graph.model_parts import Identity
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.checkpoints import TinyModel, stored_tensors, write_checkpoint

MODEL = TinyModel(experts=2, mxfp4=True, dtype="BF16")
PLAIN = replace(MODEL, mxfp4=False)
IDENTITY = Identity("tiny", "Tiny", "somewhere", "r1", "base", "Apache-2.0")
QUERY = "model.layers.1.self_attn.q_proj.weight"
UP = "model.layers.1.mlp.experts.gate_up_proj"


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    return write_checkpoint(tmp_path / "checkpoint", MODEL)


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "models" / "tiny"


def build(
    checkpoint: Path, destination: Path, quantization: Quantization = Quantization.INT4
) -> manifest.Manifest:
    return build_model(checkpoint, destination, quantization, IDENTITY, silent)


def test_manifest_tells_what_the_folder_holds(checkpoint: Path, destination: Path) -> None:
    written = build(checkpoint, destination)
    assert manifest.read(destination) == written
    assert list(manifest.damage(destination, written)) == []
    assert [record.path for record in written.files] == ["config.json", "model.onnx", "model.onnx.data"]
    assert (written.id, written.name, written.source) == ("tiny", "Tiny", "somewhere")
    assert (written.revision, written.base_model, written.licence) == ("r1", "base", "Apache-2.0")
    assert (written.quantization, written.architecture) == ("int4", "gpt_oss")
    assert written.context_length == MODEL.positions
    assert written.tool.startswith("indoors ")
    assert [path.name for path in destination.parent.iterdir()] == ["tiny"]


def test_files_beside_the_weights(checkpoint: Path, destination: Path) -> None:
    kept = ["generation_config.json", "tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]
    for name in [*kept, "README.md"]:
        (checkpoint / name).write_text(f"content of {name} – ünïcode", encoding="utf-8")
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    (checkpoint / "config.json").write_text(
        json.dumps({**config, "quantization_config": {"quant_method": "mxfp4"}}), encoding="utf-8"
    )
    written = build(checkpoint, destination)
    for name in kept:
        assert (destination / name).read_bytes() == (checkpoint / name).read_bytes()
    assert not (destination / "README.md").exists()
    assert json.loads((destination / "config.json").read_text(encoding="utf-8")) == config
    assert {record.path for record in written.files} >= set(kept)


def test_interface_is_that_of_the_published_exports(checkpoint: Path, destination: Path) -> None:
    build(checkpoint, destination)
    model = onnx.load(destination / "model.onnx", load_external_data=False)
    caches = [f"{layer}.{kind}" for layer in range(MODEL.layers) for kind in ("key", "value")]
    past = [f"past_key_values.{name}" for name in caches]
    assert [given.name for given in model.graph.input] == ["input_ids", "attention_mask", *past]
    assert [given.name for given in model.graph.output] == ["logits", *(f"present.{name}" for name in caches)]
    operators = {node.op_type for node in model.graph.node}
    assert operators >= {"GroupQueryAttention", "QMoE", "MatMulNBits", "SkipSimplifiedLayerNormalization"}
    windows = [
        attribute.i
        for node in model.graph.node
        for attribute in node.attribute
        if attribute.name == "local_window_size"
    ]
    assert windows == [MODEL.window, -1]
    assert len({node.name for node in model.graph.node}) == len(model.graph.node)


def test_same_checkpoint_gives_the_same_bytes(checkpoint: Path, tmp_path: Path) -> None:
    first, second = (build(checkpoint, tmp_path / name) for name in ("first", "second"))
    assert first.files == second.files


def test_progress_reaches_its_end(checkpoint: Path, destination: Path) -> None:
    heard: dict[str, list[tuple[int, int]]] = {}
    build_model(
        checkpoint,
        destination,
        Quantization.INT8,
        IDENTITY,
        lambda phase, done, total: heard.setdefault(phase, []).append((done, total)),
    )
    assert list(heard) == ["weights", "checksums"]
    for steps in heard.values():
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]
        assert len({total for _, total in steps}) == 1


def test_half_made_folder_of_a_killed_process_is_replaced(checkpoint: Path, destination: Path) -> None:
    left = destination.with_name(".tiny.partial")
    left.mkdir(parents=True)
    (left / "model.onnx").write_bytes(b"half")
    written = build(checkpoint, destination)
    assert list(manifest.damage(destination, written)) == []
    assert not left.exists()


@contextmanager
def refused(destination: Path, error: type[IndoorsError], match: str) -> Iterator[None]:
    """The error has a hint, and nothing is left."""
    with pytest.raises(error, match=match) as caught:
        yield
    assert caught.value.hint or isinstance(caught.value, Cancelled)
    assert not destination.exists()
    assert not destination.parent.exists() or list(destination.parent.iterdir()) == []


def change_config(checkpoint: Path, **fields: Any) -> None:
    path = checkpoint / "config.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, **fields}), encoding="utf-8")


def test_missing_folder(tmp_path: Path, destination: Path) -> None:
    with refused(destination, ModelNotFound, "nowhere"):
        build(tmp_path / "nowhere", destination)


@pytest.mark.parametrize("name", ["config.json", "model.safetensors"])
def test_missing_file(name: str, checkpoint: Path, destination: Path) -> None:
    (checkpoint / name).unlink()
    with refused(destination, ModelDamaged, name):
        build(checkpoint, destination)


@pytest.mark.parametrize("content", ["", "{", "[]", "\x00"])
def test_unreadable_config(content: str, checkpoint: Path, destination: Path) -> None:
    (checkpoint / "config.json").write_text(content, encoding="utf-8")
    with refused(destination, ModelDamaged, r"config\.json"):
        build(checkpoint, destination)


def test_truncated_weights(checkpoint: Path, destination: Path) -> None:
    path = checkpoint / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1])
    with refused(destination, ModelDamaged, r"model\.safetensors is cut short"):
        build(checkpoint, destination)


def test_other_architecture(checkpoint: Path, destination: Path) -> None:
    change_config(checkpoint, model_type="llama")
    with refused(destination, UnsupportedModel, "llama"):
        build(checkpoint, destination)


def test_config_of_another_size(checkpoint: Path, destination: Path) -> None:
    change_config(checkpoint, vocab_size=62)
    with refused(destination, ModelDamaged, r"embed_tokens.*\[61, 64\].*\[62, 64\]"):
        build(checkpoint, destination)


@pytest.mark.parametrize("name", ["model.norm.weight", QUERY, f"{UP}_blocks", f"{UP}_scales", f"{UP}_bias"])
def test_missing_tensor(name: str, checkpoint: Path, destination: Path) -> None:
    tensors = stored_tensors(MODEL)
    del tensors[name]
    write_checkpoint(checkpoint, MODEL, tensors)
    with refused(destination, ModelDamaged, f"lacks the tensor {name.removesuffix('_blocks')}"):
        build(checkpoint, destination)


def with_value(values: NDArray[Any], value: float) -> NDArray[Any]:
    changed = values.copy()
    changed.reshape(-1)[7] = value
    return changed


@pytest.mark.parametrize("quantization", Quantization)
@pytest.mark.parametrize("name", [QUERY, UP, "lm_head.weight", "model.embed_tokens.weight"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_no_numbers(
    name: str, value: float, quantization: Quantization, checkpoint: Path, destination: Path
) -> None:
    tensors = stored_tensors(PLAIN)
    write_checkpoint(checkpoint, PLAIN, {**tensors, name: with_value(tensors[name], value)})
    with refused(destination, ModelDamaged, f"{name} holds NaN or infinite"):
        build(checkpoint, destination, quantization)


@pytest.mark.parametrize("quantization", Quantization)
def test_mxfp4_scale_that_is_no_number(
    quantization: Quantization, checkpoint: Path, destination: Path
) -> None:
    tensors = stored_tensors(MODEL)
    write_checkpoint(checkpoint, MODEL, {**tensors, f"{UP}_scales": with_value(tensors[f"{UP}_scales"], 255)})
    with refused(destination, ModelDamaged, f"{UP}_scales holds NaN"):
        build(checkpoint, destination, quantization)


@pytest.mark.parametrize("name", [QUERY, UP, "model.norm.weight"])
def test_weights_too_large_for_fp16(name: str, checkpoint: Path, destination: Path) -> None:
    tensors = stored_tensors(PLAIN)
    write_checkpoint(checkpoint, PLAIN, {**tensors, name: with_value(tensors[name], 70000)})
    with refused(destination, UnsupportedModel, "too large for fp16"):
        build(checkpoint, destination, Quantization.FP16)
    build(checkpoint, destination, Quantization.FP32)


@pytest.mark.parametrize(
    ("name", "dtype"), [(QUERY, np.uint8), (QUERY, ml_dtypes.float8_e4m3fn), (f"{UP}_blocks", np.float32)]
)
def test_unknown_storage(name: str, dtype: Any, checkpoint: Path, destination: Path) -> None:
    tensors = stored_tensors(MODEL)
    write_checkpoint(checkpoint, MODEL, {**tensors, name: tensors[name].astype(dtype)})
    with refused(destination, UnsupportedModel, f"{name} in a data type"):
        build(checkpoint, destination)


def test_existing_destination_is_kept(checkpoint: Path, destination: Path) -> None:
    destination.mkdir(parents=True)
    (destination / "mine").write_text("kept", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        build(checkpoint, destination)
    assert [path.name for path in destination.iterdir()] == ["mine"]


@pytest.mark.parametrize("phase", ["weights", "checksums"])
def test_cancel(phase: str, checkpoint: Path, destination: Path) -> None:
    heard: list[str] = []

    def progress(name: str, done: int, total: int) -> None:
        heard.append(name)

    def cancelled() -> bool:
        return heard.count(phase) >= 2

    with refused(destination, Cancelled, "cancelled"):
        build_model(checkpoint, destination, Quantization.INT4, IDENTITY, progress, cancelled)
    assert heard.count(phase) == 2


def test_destination_below_a_file(checkpoint: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="file"):
        build(checkpoint, tmp_path / "file" / "model")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file sizes")
def test_disk_that_refuses_half_way(
    checkpoint: Path, destination: Path, file_limit: Callable[[int], None]
) -> None:
    file_limit(50_000)
    with refused(destination, StorageError, r"writing the model.* failed"):
        build(checkpoint, destination)


@pytest.fixture
def file_limit() -> Iterator[Callable[[int], None]]:
    """Let the system refuse files above a size."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, handler)
