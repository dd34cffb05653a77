from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import manifest as manifests
from app.errors import ModelDamaged, ModelNotFound
from app.manifest import FileRecord, Manifest

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "model.onnx").write_bytes(b"graph")
    (tmp_path / "onnx" / "data").write_bytes(b"weights" * 1000)
    manifests.write(tmp_path, Manifest("m", "M", "here", files=manifests.record_files(tmp_path)))
    return tmp_path


@given(TEXT, TEXT, st.integers(0, 2**60))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, source: str, count: int
) -> None:
    folder = tmp_path_factory.mktemp("model")
    manifest = Manifest("id", name, source, parameters=count, files=(FileRecord("a/b", count, "0" * 64),))
    manifests.write(folder, manifest)
    assert manifests.read(folder) == manifest


def test_every_file_but_the_manifest_is_recorded(folder: Path) -> None:
    assert [record.path for record in manifests.read(folder).files] == ["model.onnx", "onnx/data"]
    assert manifests.read(folder).bytes == 7005


def test_an_untouched_folder_is_undamaged(folder: Path) -> None:
    heard: list[int] = []
    assert list(manifests.damage(folder, manifests.read(folder), heard.append)) == []
    assert sum(heard) == 7005


def test_damage_names_the_file_and_what_is_wrong(folder: Path) -> None:
    manifest = manifests.read(folder)
    (folder / "model.onnx").write_bytes(b"grapH")
    (folder / "onnx" / "data").write_bytes(b"weights")
    found = {record.path: problem for record, problem in manifests.damage(folder, manifest)}
    assert found == {
        "model.onnx": "has a wrong sha256",
        "onnx/data": "has 7 bytes instead of 7,000",
    }
    (folder / "onnx" / "data").unlink()
    assert ("onnx/data", "is missing") in [(r.path, p) for r, p in manifests.damage(folder, manifest)]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "nonsense", '{"id": 1', '{"id":"a","name":"b","source":"c","x":1}']
)
def test_what_is_no_manifest_is_called_damaged(tmp_path: Path, content: str) -> None:
    (tmp_path / manifests.FILE_NAME).write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"indoors\.json"):
        manifests.read(tmp_path)


def test_a_folder_without_one_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound):
        manifests.read(tmp_path)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../b", "C:\\windows", "a\\..\\b", ""])
def test_a_path_that_leaves_the_folder_is_refused(folder: Path, path: str) -> None:
    content = json.loads((folder / manifests.FILE_NAME).read_text(encoding="utf-8"))
    content["files"][0]["path"] = path
    (folder / manifests.FILE_NAME).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ModelDamaged, match="leaves the folder"):
        manifests.read(folder)
