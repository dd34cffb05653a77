from __future__ import annotations

from pathlib import Path

import pytest

from app import manifest as manifests
from app.errors import ModelDamaged, ModelNotFound, UsageError
from app.library.store import State, Store
from app.manifest import Manifest
from app.paths import Paths


@pytest.fixture
def places(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "home")


def install(places: Paths, model_id: str) -> Path:
    folder = places.models / model_id
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"graph")
    manifests.write(
        folder, Manifest(model_id, model_id.title(), "test", files=manifests.record_files(folder))
    )
    return folder


def ids(store: Store) -> list[str]:
    return [model.manifest.id for model in store.models() if not model.built_in]


def test_nothing_is_created_by_looking(places: Paths) -> None:
    assert ids(Store(places)) == []
    assert not places.home.exists()


def test_installed_models_are_listed_by_id(places: Paths) -> None:
    install(places, "b")
    install(places, "a")
    assert ids(Store(places)) == ["a", "b"]


def test_half_imported_and_foreign_folders_are_not_models(places: Paths) -> None:
    install(places, ".partial")
    (places.models / "notes").mkdir()
    assert ids(Store(places)) == []


def test_a_missing_or_cut_file_makes_a_model_damaged(places: Paths) -> None:
    graph = install(places, "a") / "model.onnx"
    graph.write_bytes(b"gra")
    store = Store(places)
    assert store.get("a").state is State.DAMAGED
    with pytest.raises(ModelDamaged, match=r"model\.onnx"):
        store.locate("a")
    graph.unlink()
    assert store.get("a").problem == "model.onnx is missing"


def test_a_broken_manifest_is_listed_as_damaged(places: Paths) -> None:
    (install(places, "a") / manifests.FILE_NAME).write_text("{", encoding="utf-8")
    assert Store(places).get("a").state is State.DAMAGED


def test_a_model_is_located_by_id_or_folder(places: Paths, tmp_path: Path) -> None:
    folder = install(places, "a")
    assert Store(places).locate("a") == folder
    assert Store(places).locate(str(tmp_path)) == tmp_path


@pytest.mark.parametrize("wanted", ["nope", "./nope", "/nope/at/all"])
def test_what_cannot_be_located_is_named(places: Paths, wanted: str) -> None:
    with pytest.raises(ModelNotFound, match="nope"):
        Store(places).locate(wanted)


@pytest.mark.parametrize("model_id", ["", "..", "a/b", "a\\b", ".hidden", "-x", "ü", "a b", "con."])
def test_an_id_that_is_no_folder_name_is_refused(places: Paths, model_id: str) -> None:
    with pytest.raises(UsageError):
        Store(places).destination(model_id)


def test_an_id_in_use_is_refused(places: Paths) -> None:
    install(places, "a")
    with pytest.raises(UsageError, match="installed already"):
        Store(places).destination("a")
    assert Store(places).destination("gpt-oss_20b.v1") == places.models / "gpt-oss_20b.v1"


def test_removing_deletes_the_folder(places: Paths) -> None:
    folder = install(places, "a")
    Store(places).remove("a")
    assert not folder.exists()
    assert list(places.models.iterdir()) == []
    with pytest.raises(ModelNotFound):
        Store(places).remove("a")


def test_verifying_reads_every_byte(places: Paths) -> None:
    folder = install(places, "a")
    assert list(Store(places).damage("a")) == []
    (folder / "model.onnx").write_bytes(b"GRAPH")
    assert [problem for _, problem in Store(places).damage("a")] == ["has a wrong sha256"]
