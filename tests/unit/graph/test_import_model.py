"""Bringing models in: checkpoints are converted, ONNX models checked and copied."""

from __future__ import annotations

import json
import shutil

import pytest

from app import manifest
from app.errors import (
    Cancelled,
    DiskFull,
    ModelDamaged,
    ModelNotFound,
    NotADecoder,
    StorageError,
    UsageError,
)
from app.graph import onnx_folder, staging
from app.graph.examine import examine
from app.graph.model_parts import Identity
from app.graph.plan import Mode, Target
from app.graph.quantize import Quantization
from app.progress import silent
from tests.support.worker import write_harmony_checkpoint

VERSION = "1.32.0"
IDENTITY = Identity(id="mine", name="Mine", source="somewhere")


def bring_in(
    source, destination, quantization=None, progress=silent, cancelled=lambda: False, mode=Mode.COPY
):
    found = examine(source, quantization, VERSION)
    found.checks.require_passed()
    return found.plan.carry_out(Target(destination, IDENTITY, mode), progress, cancelled)


@pytest.fixture
def published(tiny_model, tmp_path):
    """An ONNX model without our manifest, which a test may change."""
    shutil.copytree(tiny_model, tmp_path / "published")
    (tmp_path / "published" / manifest.FILE_NAME).unlink()
    return tmp_path / "published"


def assert_nothing_left(tmp_path):
    left = list((tmp_path / "models").glob("*")) if (tmp_path / "models").exists() else []
    assert left == []


def test_an_onnx_model_is_copied_byte_for_byte(published, tmp_path):
    (published / "README.md").write_text("---\nlicense: apache-2.0\n---\n# Tiny\n", encoding="utf-8")
    (published / "notes.txt").write_text("not needed", encoding="utf-8")
    reports = []
    target = tmp_path / "models" / "mine"
    record = bring_in(published, target, progress=lambda *report: reports.append(report))
    assert manifest.read(target) == record
    assert list(manifest.damage(target, record)) == []
    assert (record.id, record.quantization, record.licence) == ("mine", "as published", "apache-2.0")
    assert (record.architecture, record.context_length) == ("gpt_oss", 16384)
    assert not (target / "notes.txt").exists()
    assert (target / "model.onnx.data").read_bytes() == (published / "model.onnx.data").read_bytes()
    assert {phase for phase, _, _ in reports} == {"copy"}
    assert reports[-1][1] == reports[-1][2] == record.bytes


def test_a_graph_in_a_subfolder_stays_there(published, tmp_path):
    (published / "onnx").mkdir()
    for path in published.glob("model.onnx*"):
        path.rename(published / "onnx" / path.name)
    record = bring_in(published, tmp_path / "models" / "mine")
    assert {"onnx/model.onnx", "onnx/model.onnx.data"} <= {each.path for each in record.files}
    assert (tmp_path / "models" / "mine" / "onnx" / "model.onnx.data").is_file()


def test_a_manifest_that_came_along_keeps_its_origin_but_not_its_id(tiny_model, tmp_path):
    record = bring_in(tiny_model, tmp_path / "models" / "mine")
    assert (record.id, record.source, record.quantization) == ("mine", "random weights", "fp32")


def test_a_checkpoint_is_converted(tmp_path):
    source = write_harmony_checkpoint(tmp_path / "checkpoint")
    record = bring_in(source, tmp_path / "models" / "mine", Quantization.FP32)
    assert record.quantization == "fp32"
    record = bring_in(source, tmp_path / "models" / "other")
    assert record.quantization == "int4"
    assert (tmp_path / "models" / "other" / "chat_template.jinja").is_file()


@pytest.mark.parametrize("name", ["model.onnx.data", "tokenizer.json"])
def test_a_wrong_checksum_is_found(tiny_model, tmp_path, name):
    source = tmp_path / "damaged"
    shutil.copytree(tiny_model, source)
    (source / name).write_bytes((source / name).read_bytes() + b"\n")
    with pytest.raises(ModelDamaged, match=f"{name} has a wrong sha256"):
        bring_in(source, tmp_path / "models" / "mine")
    assert_nothing_left(tmp_path)


def test_a_data_file_cut_short_is_found(published, tmp_path):
    data = published / "model.onnx.data"
    data.write_bytes(data.read_bytes()[:-100])
    with pytest.raises(ModelDamaged, match=r"model\.onnx\.data is cut short"):
        bring_in(published, tmp_path / "models" / "mine")
    assert_nothing_left(tmp_path)


def test_a_missing_data_file_is_found(published, tmp_path):
    (published / "model.onnx.data").unlink()
    with pytest.raises(ModelDamaged, match=r"model\.onnx\.data is missing"):
        bring_in(published, tmp_path / "models" / "mine")
    assert_nothing_left(tmp_path)


def test_a_graph_that_is_no_decoder_is_refused(tmp_path):
    onnx = pytest.importorskip("onnx")
    value = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    result = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Relu", ["x"], ["y"])], "g", [value], [result])
    (tmp_path / "image").mkdir()
    onnx.save(onnx.helper.make_model(graph), tmp_path / "image" / "model.onnx")
    with pytest.raises(NotADecoder):
        bring_in(tmp_path / "image", tmp_path / "models" / "mine")
    assert_nothing_left(tmp_path)


def test_an_onnx_model_is_not_quantised_again(published, tmp_path):
    with pytest.raises(UsageError, match="ONNX model already"):
        bring_in(published, tmp_path / "models" / "mine", Quantization.INT8)


def test_an_installed_model_is_not_overwritten(published, tmp_path):
    (tmp_path / "models" / "mine").mkdir(parents=True)
    with pytest.raises(UsageError, match="exists already"):
        bring_in(published, tmp_path / "models" / "mine")


@pytest.mark.parametrize("files", [[], ["notes.txt"], ["config.json"]])
def test_a_folder_without_a_model_is_refused(tmp_path, files):
    (tmp_path / "empty").mkdir()
    for name in files:
        (tmp_path / "empty" / name).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelNotFound, match="empty"):
        bring_in(tmp_path / "empty", tmp_path / "models" / "mine")


def test_cancelling_leaves_nothing(published, tmp_path):
    with pytest.raises(Cancelled):
        bring_in(published, tmp_path / "models" / "mine", cancelled=lambda: True)
    assert_nothing_left(tmp_path)


def test_a_full_disk_is_noticed_before_anything_is_written(published, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(staging.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(DiskFull, match=r"only 0\.00 GB are free"):
        bring_in(published, tmp_path / "models" / "mine")
    assert_nothing_left(tmp_path)


def test_a_card_s_licence_is_read_only_from_its_front_matter(published, tmp_path):
    (published / "README.md").write_text("# Tiny\n\nlicense: none\n", encoding="utf-8")
    assert bring_in(published, tmp_path / "models" / "mine").licence == ""
    manifests = json.loads((tmp_path / "models" / "mine" / "indoors.json").read_text(encoding="utf-8"))
    assert manifests["id"] == "mine"


def test_moving_leaves_what_is_not_the_model_s(published, tmp_path):
    (published / "notes.txt").write_text("mine", encoding="utf-8")
    content = (published / "model.onnx.data").read_bytes()
    record = bring_in(published, tmp_path / "models" / "mine", mode=Mode.MOVE)
    assert [path.name for path in published.iterdir()] == ["notes.txt"]
    assert (tmp_path / "models" / "mine" / "model.onnx.data").read_bytes() == content
    assert list(manifest.damage(tmp_path / "models" / "mine", record)) == []


def test_moving_takes_the_folder_along_when_nothing_stays(tiny_model, tmp_path):
    shutil.copytree(tiny_model, tmp_path / "whole")
    bring_in(tmp_path / "whole", tmp_path / "models" / "mine", mode=Mode.MOVE)
    assert not (tmp_path / "whole").exists()


def test_moving_to_another_disk_copies(published, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(onnx_folder.os, "link", refuse)
    bring_in(published, tmp_path / "models" / "mine", mode=Mode.MOVE)
    assert not published.exists()
    assert (tmp_path / "models" / "mine" / "model.onnx.data").is_file()


@pytest.mark.parametrize("mode", Mode)
def test_a_failure_leaves_the_source_as_it_was(tiny_model, tmp_path, mode):
    source = tmp_path / "damaged"
    shutil.copytree(tiny_model, source)
    (source / "tokenizer.json").write_bytes((source / "tokenizer.json").read_bytes() + b"\n")
    before = {path.name: path.read_bytes() for path in source.iterdir()}
    with pytest.raises(ModelDamaged, match="wrong sha256"):
        bring_in(source, tmp_path / "models" / "mine", mode=mode)
    assert {path.name: path.read_bytes() for path in source.iterdir()} == before
    assert_nothing_left(tmp_path)


def test_a_link_leaves_the_files_where_they_are(published, tmp_path):
    target = tmp_path / "models" / "mine"
    record = bring_in(published, target, mode=Mode.LINK)
    assert [path.name for path in target.iterdir()] == [manifest.FILE_NAME]
    assert record.link == str(published)
    assert manifest.read(target) == record
    assert list(manifest.damage(published, record)) == []


@pytest.mark.parametrize("mode", [Mode.MOVE, Mode.LINK])
def test_what_is_converted_is_neither_moved_nor_linked(tmp_path, mode):
    source = write_harmony_checkpoint(tmp_path / "checkpoint")
    with pytest.raises(UsageError, match="neither be moved nor linked"):
        bring_in(source, tmp_path / "models" / "mine", mode=mode)
    assert_nothing_left(tmp_path)


@pytest.mark.parametrize("mode", Mode)
def test_a_model_that_does_not_work_gets_no_name(published, tmp_path, mode):
    def fail(folder):
        assert (folder / "model.onnx").is_file()
        raise ModelDamaged("It writes nothing.", "Fetch it again.")

    found = examine(published, None, VERSION)
    target = Target(tmp_path / "models" / "mine", IDENTITY, mode, fail)
    with pytest.raises(ModelDamaged, match="writes nothing"):
        found.plan.carry_out(target, silent, lambda: False)
    assert (published / "model.onnx").is_file()
    assert_nothing_left(tmp_path)


def test_a_name_too_long_for_the_file_system(published, tmp_path):
    with pytest.raises(StorageError, match="failed"):
        bring_in(published, tmp_path / "models" / ("x" * 300))
    assert published.exists()
