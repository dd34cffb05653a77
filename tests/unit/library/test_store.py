from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from send2trash import TrashPermissionError

from app import manifest as manifests
from app.errors import AccessDenied, ModelDamaged, ModelNotFound, StorageError, UsageError
from app.graph.adapt import GraphPlan, adapt_graph
from app.graph.layout import open_folder
from app.library.store import State, Store
from app.manifest import Manifest
from app.paths import Paths, adapted_prefix
from tests.support.permissions import unprivileged


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


def test_a_folder_that_may_not_be_looked_at_is_named(places: Paths, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with unprivileged(places.home), pytest.raises(AccessDenied, match=r"opening the model .*closed"):
        Store(places).locate(str(closed / "model"))


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


@pytest.mark.parametrize(
    "model_id", ["", "..", "a/b", "a\\b", ".hidden", "-x", "ü", "a b", "con.", "CON", "lpt1.x", "a" * 101]
)
def test_an_id_that_is_no_folder_name_is_refused(places: Paths, model_id: str) -> None:
    with pytest.raises(UsageError):
        Store(places).destination(model_id)


def test_an_id_in_use_is_refused(places: Paths) -> None:
    install(places, "a")
    with pytest.raises(UsageError, match="installed already"):
        Store(places).destination("a")
    assert Store(places).destination("gpt-oss_20b.v1") == places.models / "gpt-oss_20b.v1"


def test_removing_for_good_deletes_the_folder(places: Paths) -> None:
    folder = install(places, "a")
    Store(places).remove("a", for_good=True)
    assert not folder.exists()
    assert list(places.models.iterdir()) == []
    with pytest.raises(ModelNotFound):
        Store(places).remove("a")


def test_removing_puts_the_folder_into_the_bin(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = install(places, "a")
    binned: list[Path] = []
    monkeypatch.setattr("send2trash.send2trash", binned.append)
    Store(places).remove("a")
    assert binned == [folder]


def test_a_disk_without_a_bin_is_explained(places: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = install(places, "a")

    def refuse(path: Path) -> None:
        raise TrashPermissionError(str(path))

    monkeypatch.setattr("send2trash.send2trash", refuse)
    with pytest.raises(StorageError, match="has no bin"):
        Store(places).remove("a")
    assert folder.is_dir()


def test_removing_takes_the_adapted_graphs_along(places: Paths) -> None:
    install(places, "a")
    install(places, "b")
    checksum = Store(places).get("a").manifest.files[0].sha256
    entry = places.cache / f"{adapted_prefix(checksum)}rest"
    other = places.cache / f"{adapted_prefix('0' * 64)}rest"
    for folder in (entry, other):
        folder.mkdir(parents=True)
    Store(places).remove("a", for_good=True)
    assert entry.is_dir()  # b has the same graph
    Store(places).remove("b", for_good=True)
    assert not entry.exists()
    assert other.is_dir()


def test_the_worker_names_adapted_graphs_so(places: Paths, tiny_model: Path) -> None:
    graph = next(tiny_model.rglob("*.onnx"))
    folder = open_folder(tiny_model)
    adapt_graph(folder, GraphPlan(), places.cache, "1.32")
    prefix = adapted_prefix(manifests.sha256_of(graph))
    assert [entry.name.startswith(prefix) for entry in places.cache.iterdir() if entry.is_dir()] == [True]


def link(places: Paths, model_id: str, elsewhere: Path) -> Path:
    elsewhere.mkdir(parents=True)
    (elsewhere / "model.onnx").write_bytes(b"graph")
    entry = places.models / model_id
    entry.mkdir(parents=True)
    record = Manifest(model_id, model_id, "x", files=manifests.record_files(elsewhere), link=str(elsewhere))
    manifests.write(entry, record)
    return entry


def test_a_link_is_used_where_it_lies(places: Paths, tmp_path: Path) -> None:
    link(places, "far", tmp_path / "disk" / "model")
    model = Store(places).get("far")
    assert (model.state, model.linked, model.disk_bytes) == (State.READY, True, 0)
    assert Store(places).locate("far") == tmp_path / "disk" / "model"
    assert list(Store(places).damage("far")) == []


def test_a_link_to_a_disk_that_is_gone_is_not_connected(places: Paths, tmp_path: Path) -> None:
    link(places, "far", tmp_path / "disk" / "model")
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    store = Store(places)
    assert store.get("far").state is State.NOT_CONNECTED
    with pytest.raises(ModelNotFound, match="not connected"):
        store.locate("far")
    with pytest.raises(ModelNotFound, match="not connected"):
        list(store.damage("far"))
    (tmp_path / "unplugged").rename(tmp_path / "disk")
    assert store.get("far").state is State.READY


def test_removing_a_link_leaves_the_files(places: Paths, tmp_path: Path) -> None:
    entry = link(places, "far", tmp_path / "disk" / "model")
    Store(places).remove("far")
    assert not entry.exists()
    assert (tmp_path / "disk" / "model" / "model.onnx").is_file()


def test_a_disk_that_vanishes_while_it_is_read_is_not_connected(
    places: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(places, "a")
    stat = Path.stat

    def fail(path: Path, **options: bool) -> os.stat_result:
        if path.name == "model.onnx":
            raise OSError(errno.EIO, "Input/output error")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", fail)
    assert Store(places).get("a").state is State.NOT_CONNECTED


def test_a_models_folder_on_a_missing_disk_is_said(places: Paths, tmp_path: Path) -> None:
    install(places, "a")
    places.models_pointer.write_text(str(tmp_path / "disk" / "models"), encoding="utf-8")
    store = Store(places)
    assert not store.connected
    assert ids(store) == []
    for ask in (store.get, store.locate, store.destination):
        with pytest.raises(StorageError, match="not connected"):
            ask("a")
    (tmp_path / "disk" / "models").mkdir(parents=True)
    assert store.destination("a") == tmp_path / "disk" / "models" / "a"


def test_a_renamed_folder_keeps_its_id(places: Paths) -> None:
    install(places, "a").rename(places.models / "renamed")
    assert Store(places).locate("a") == places.models / "renamed"
    with pytest.raises(UsageError, match="installed already"):
        Store(places).destination("renamed")


def test_two_folders_with_one_id_are_both_listed(places: Paths) -> None:
    folder = install(places, "a")
    shutil.copytree(folder, places.models / "Copy of a")
    shutil.copytree(folder, places.models / "0")
    store = Store(places)
    assert ids(store) == ["0", "a", "copy-of-a"]
    assert store.locate("a") == folder
    store.remove("copy-of-a", for_good=True)
    assert ids(store) == ["0", "a"]


def test_a_folder_that_claims_to_be_the_guide_is_listed_by_its_name(places: Paths) -> None:
    install(places, "guide").rename(places.models / "mine")
    assert ids(Store(places)) == ["mine"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("My Model", "my-model"),
        ("a", "a-2"),
        ("A", "a-2"),
        ("Ümlaut", "mlaut"),
        ("…", "model"),
        ("nul", "model-nul"),
    ],
)
def test_an_id_is_made_from_a_name(places: Paths, name: str, expected: str) -> None:
    install(places, "a")
    assert Store(places).free_id(name) == expected


def test_verifying_reads_every_byte(places: Paths) -> None:
    folder = install(places, "a")
    assert list(Store(places).damage("a")) == []
    (folder / "model.onnx").write_bytes(b"GRAPH")
    assert [problem for _, problem in Store(places).damage("a")] == ["has a wrong sha256"]
