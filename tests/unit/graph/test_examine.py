"""What is checked before an import, and what is refused."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from app.errors import (
    IndoorsError,
    ModelDamaged,
    ModelNotFound,
    NotADecoder,
    StorageError,
    UnsafeModel,
    UnsupportedModel,
)
from app.graph.examine import examine
from app.graph.quantize import Quantization
from app.graph.source import Kind
from tests.support import links
from tests.support.gguf_files import TinyGguf, write_gguf
from tests.support.worker import write_harmony_checkpoint

VERSION = "1.32.0"


@pytest.fixture
def published(tiny_model: Path, tmp_path: Path) -> Path:
    """An ONNX model which a test may change."""
    return Path(shutil.copytree(tiny_model, tmp_path / "published"))


def passed(source: Path, quantization: Quantization | None = None) -> dict[str, str]:
    """Check → detail, when nothing failed."""
    found = examine(source, quantization, VERSION)
    found.checks.require_passed()
    assert found.plan is not None
    assert found.words is not None
    return {check.name: check.detail for check in found.checks.checks}


def refused(source: Path, check: str, error: type[IndoorsError], words: str) -> None:
    """One check fails, with the cause and the next action."""
    found = examine(source, None, VERSION)
    failed = [each for each in found.checks.checks if not each.passed]
    assert [each.name for each in failed] == [check]
    assert isinstance(failed[0].error, error)
    assert words in failed[0].error.message
    assert failed[0].error.hint
    assert words in failed[0].detail


def test_an_onnx_model(published: Path) -> None:
    details = passed(published)
    assert list(details) == [
        *("source", "files", "code", "links", "decoder", "operators", "rotary tables", "licence", "settings"),
    ]
    assert "2 layers" in details["decoder"]
    assert details["operators"].startswith("cpu: all; directml: GroupQueryAttention fails, ")
    assert details["code"] == details["links"] == "none"


def test_what_a_plan_says(published: Path, tmp_path: Path) -> None:
    found = examine(published, None, VERSION)
    assert found.plan is not None
    described = found.plan.describe()
    assert (described.id, described.architecture, described.context_length) == ("tiny", "gpt_oss", 16384)
    assert described.bytes == sum(
        path.stat().st_size for path in published.iterdir() if path.name != "indoors.json"
    )
    source = write_gguf(tmp_path / "My Model.Q4_0.gguf", TinyGguf())
    plan = examine(source, None, VERSION).plan
    assert plan is not None
    assert (plan.describe().id, plan.describe().quantization) == ("my-model.q4_0", "Q4_0")


def test_a_checkpoint(tmp_path: Path) -> None:
    folder = write_harmony_checkpoint(tmp_path / "checkpoint")
    (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n", encoding="utf-8")
    details = passed(folder)
    assert details["licence"] == "apache-2.0"
    assert examine(folder, None, VERSION).kind is Kind.CHECKPOINT
    (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:-5])
    refused(folder, "files", ModelDamaged, "cut short")


def test_a_gguf_file_or_the_folder_that_holds_it(tmp_path: Path) -> None:
    source = write_gguf(tmp_path / "model.gguf", TinyGguf())
    (tmp_path / "mmproj-model.gguf").write_bytes(b"GGUF")
    details = passed(source)
    assert details == passed(tmp_path)
    assert details["architecture"] == "llama, 2 layers"
    assert "all kept exactly" in details["weights"]
    write_gguf(tmp_path / "other.gguf", TinyGguf())
    refused(tmp_path, "source", ModelNotFound, "model.gguf, other.gguf")


def test_a_missing_licence_is_told(tmp_path: Path) -> None:
    source = write_gguf(tmp_path / "model.gguf", TinyGguf(extra={"general.license": None}))
    assert passed(source)["licence"].startswith("none is named")


def test_nothing_there(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere", "source", ModelNotFound, "nowhere")
    refused(tmp_path, "files", ModelNotFound, "holds no .onnx file")
    (tmp_path / "notes.txt").write_text("hello", encoding="utf-8")
    refused(tmp_path / "notes.txt", "source", ModelNotFound, "is no model")


def test_an_archive_is_named(published: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "model"), "zip", published)
    refused(Path(archive), "source", ModelNotFound, "is an archive")


@pytest.mark.parametrize("length", [300, 3000])
def test_a_path_too_long_for_the_file_system(length: int, tmp_path: Path) -> None:
    where = tmp_path / ("x" * length)
    if sys.platform == "win32":  # which says of such a name only that it is not there
        refused(where, "source", ModelNotFound, "There is no")
    else:
        refused(where, "source", StorageError, "failed")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own limit")
def test_a_path_of_300_characters(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 100) / ("b" * 100) / ("c" * 100)
    assert passed(write_gguf(folder / "model.gguf", TinyGguf()))


class _Armed:
    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("exit 3",)


@pytest.mark.parametrize("name", ["model.pkl", "pytorch_model.bin", "model.gguf", "model.onnx", "model.dat"])
def test_a_pickle_is_never_loaded(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(pickle.dumps({"a": _Armed()}))
    found = examine(tmp_path / name, None, VERSION)
    error = next(check.error for check in found.checks.checks if check.error)
    assert isinstance(error, UnsafeModel | ModelDamaged)
    if name != "model.gguf":
        assert "run code" in error.message


def test_a_folder_of_pickles(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"PK\x03\x04")
    refused(tmp_path, "source", UnsafeModel, "pytorch_model.bin")


@pytest.mark.parametrize("name", ["libcustom_ops.so", "ops.dll", "onnx/ops.dylib", "liba.so.1"])
def test_a_library_beside_a_model(name: str, published: Path) -> None:
    (published / name).parent.mkdir(exist_ok=True)
    (published / name).write_bytes(b"")
    refused(published, "code", UnsafeModel, Path(name).name)


def test_a_pickle_beside_a_model(published: Path) -> None:
    (published / "pytorch_model.bin").write_bytes(pickle.dumps({"a": 1}))
    refused(published, "code", UnsafeModel, "pytorch_model.bin")


def test_a_program_in_the_place_of_the_tokenizer(published: Path) -> None:
    (published / "LICENSE").write_bytes(b"\x7fELF" + bytes(20))
    refused(published, "code", UnsafeModel, "LICENSE")


def test_a_script_beside_a_model_is_left_behind(published: Path) -> None:
    (published / "convert.py").write_text("print('hello')", encoding="utf-8")
    assert passed(published)["code"] == "none; convert.py would be left behind"


@pytest.fixture
def link() -> Callable[[Path, Path], None]:
    return links.link


def test_a_link_out_of_the_folder(
    published: Path, tmp_path: Path, link: Callable[[Path, Path], None]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the terms", encoding="utf-8")
    link(published / "LICENSE", secret)
    refused(published, "links", UnsafeModel, str(secret))


def test_a_link_to_a_gguf_file(tmp_path: Path, link: Callable[[Path, Path], None]) -> None:
    """Whoever names it means it; one that only lies in a folder may have been put there."""
    source = write_gguf(tmp_path / "far" / "model.gguf", TinyGguf())
    (tmp_path / "near").mkdir()
    link(tmp_path / "near" / "model.gguf", source)
    assert passed(tmp_path / "near" / "model.gguf")["links"] == "none"
    refused(tmp_path / "near", "links", UnsafeModel, str(source))


def test_links_inside_the_folder(published: Path, link: Callable[[Path, Path], None]) -> None:
    (published / "data").mkdir()
    shutil.move(published / "tokenizer.json", published / "data" / "tokenizer.json")
    link(published / "tokenizer.json", published / "data" / "tokenizer.json")
    assert passed(published)["links"] == "all inside the model's folder"


def test_links_of_a_hub_s_cache(tiny_model: Path, tmp_path: Path, link: Callable[[Path, Path], None]) -> None:
    blobs, snapshot = tmp_path / "blobs", tmp_path / "snapshots" / "0123"
    blobs.mkdir()
    snapshot.mkdir(parents=True)
    for number, path in enumerate(sorted(tiny_model.iterdir())):
        shutil.copyfile(path, blobs / str(number))
        link(snapshot / path.name, Path("..") / ".." / "blobs" / str(number))
    assert passed(snapshot)["links"] == "all inside the model's folder"
    (tmp_path / "elsewhere").write_text("x", encoding="utf-8")
    link(snapshot / "LICENSE", tmp_path / "elsewhere")
    refused(snapshot, "links", UnsafeModel, "elsewhere")


def change_table(folder: Path, name: str, factor: float) -> None:
    path = folder / "model.onnx"
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.name == name:
            tensor.CopyFrom(
                numpy_helper.from_array(
                    numpy_helper.to_array(tensor) * np.float32(factor) + np.float32(factor == 2), name
                )
            )
    (folder / "model.onnx.data").unlink()
    onnx.save(model, path, save_as_external_data=True, location="model.onnx.data", size_threshold=64)


@pytest.mark.parametrize(("name", "factor"), [("cos_cache", 0.88), ("sin_cache", 2.0)])
def test_an_export_with_wrong_rotary_tables(name: str, factor: float, published: Path) -> None:
    (published / "indoors.json").unlink()
    change_table(published, name, 1.0)
    assert passed(published)["rotary tables"].startswith("the cosine at position 0 is 1.1386")
    change_table(published, name, factor)
    refused(published, "rotary tables", UnsupportedModel, "broken export")


def test_the_published_factor_is_the_default(published: Path) -> None:
    """Without a configuration of its own, a gpt-oss graph must have the published model's tables."""
    config = json.loads((published / "config.json").read_text(encoding="utf-8"))
    del config["rope_parameters"]
    (published / "config.json").write_text(json.dumps(config), encoding="utf-8")
    refused(published, "rotary tables", UnsupportedModel, "in place of 1.3466")


def save(graph: onnx.GraphProto, folder: Path, domain: str) -> Path:
    folder.mkdir()
    opsets = [helper.make_opsetid("", 21), helper.make_opsetid(domain, 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets), folder / "model.onnx")
    return folder


def test_custom_operators(published: Path) -> None:
    model = onnx.load(published / "model.onnx", load_external_data=False)
    model.graph.node.append(helper.make_node("Evil", ["logits"], ["evil"], domain="somebody"))
    model.opset_import.append(helper.make_opsetid("somebody", 1))
    (published / "model.onnx").write_bytes(model.SerializeToString())
    refused(published, "operators", UnsupportedModel, "somebody:Evil")


def test_a_graph_that_is_no_decoder(tmp_path: Path) -> None:
    value = helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    result = helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", [value], [result])
    refused(save(graph, tmp_path / "image", "com.microsoft"), "decoder", NotADecoder, "that a decoder lacks")
