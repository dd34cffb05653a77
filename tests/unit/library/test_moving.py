from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app import manifest as manifests
from app.errors import Cancelled, DiskFull, StorageError, UsageError
from app.library import moving
from app.library.moving import Mover
from app.library.store import State, Store
from app.manifest import Manifest
from app.paths import Paths


@pytest.fixture
def places(tmp_path: Path) -> Paths:
    places = Paths(tmp_path / "home")
    for model_id in ("a", "b"):
        folder = places.models / model_id
        (folder / "onnx").mkdir(parents=True)
        (folder / "onnx" / "model.onnx").write_bytes(model_id.encode() * 50_000)
        (folder / "config.json").write_text("{}", encoding="utf-8")
        manifests.write(folder, Manifest(model_id, model_id, "x", files=manifests.record_files(folder)))
    return places


@pytest.fixture(params=["same disk", "other disk"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "other disk":
        monkeypatch.setattr(moving, "_same_disk", lambda *_: False)
    return str(request.param)


@pytest.fixture
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_same_disk", lambda *_: False)


def require_whole(places: Paths, folder: Path) -> None:
    store = Store(places)
    assert store.folder == folder
    models = [model for model in store.models() if not model.built_in]
    assert [(model.manifest.id, model.state) for model in models] == [("a", State.READY), ("b", State.READY)]
    for model in models:
        assert model.folder.parent == folder
        assert list(store.damage(model.manifest.id)) == []
    assert sorted(path.name for path in folder.iterdir()) == ["a", "b"]


@pytest.mark.usefixtures("disk")
def test_models_are_moved_and_the_old_folder_is_gone(places: Paths, tmp_path: Path) -> None:
    old = places.models
    new = Mover(places).move(tmp_path / "disk" / "my models")
    require_whole(places, new)
    assert not old.exists()
    assert Mover(places).pending() is None
    assert sorted(path.name for path in (tmp_path / "disk").iterdir()) == ["my models"]


@pytest.mark.usefixtures("disk")
def test_they_can_be_moved_back(places: Paths, tmp_path: Path) -> None:
    old = places.models
    Mover(places).move(tmp_path / "disk")
    Mover(places).move(old)
    require_whole(places, old)
    assert not places.models_pointer.exists()


@pytest.mark.usefixtures("disk")
def test_inside_the_home_the_place_is_kept_relative(places: Paths, tmp_path: Path) -> None:
    Mover(places).move(places.home / "big" / "models")
    places.home.rename(tmp_path / "carried")
    require_whole(Paths(tmp_path / "carried"), tmp_path / "carried" / "big" / "models")


@pytest.mark.usefixtures("disk")
def test_nothing_installed_yet(tmp_path: Path) -> None:
    places = Paths(tmp_path / "home")
    new = Mover(places).move(tmp_path / "disk")
    assert Store(places).connected
    assert Store(places).destination("a") == new / "a"


@pytest.mark.usefixtures("other_disk")
def test_the_progress_ends_at_all_bytes(places: Paths, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    Mover(places).move(tmp_path / "disk", lambda *step: told.append(step))
    assert told[-1] == ("copy", told[-1][2], told[-1][2])
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def places_in_the_way(places: Paths, tmp_path: Path) -> list[Path]:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    return [full, file, places.models, places.models / "inside", places.home]


@pytest.mark.parametrize("number", range(5))
def test_a_place_that_is_in_the_way_is_refused(places: Paths, tmp_path: Path, number: int) -> None:
    old = places.models
    with pytest.raises(UsageError):
        Mover(places).move(places_in_the_way(places, tmp_path)[number])
    require_whole(places, old)
    assert (tmp_path / "full" / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("other_disk")
def test_too_little_room_is_said_with_both_figures(
    places: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, 7))  # type: ignore[attr-defined]
    with pytest.raises(DiskFull, match=r"needs 0\.00 GB more in .* only 0\.00 GB"):
        Mover(places).move(tmp_path / "disk")
    require_whole(places, places.home / "models")


@pytest.mark.usefixtures("other_disk")
def test_a_move_that_was_cancelled_goes_on(places: Paths, tmp_path: Path) -> None:
    calls = iter([False, False, True])
    with pytest.raises(Cancelled):
        Mover(places).move(tmp_path / "disk", cancelled=lambda: next(calls))
    require_whole(places, places.home / "models")
    told: list[int] = []
    require_whole(places, Mover(places).move(tmp_path / "disk", lambda _, done, __: told.append(done)))
    assert told[0] > 50_000  # what was there already counts as done


@pytest.mark.usefixtures("other_disk")
def test_a_copy_that_differs_is_refused(
    places: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.library.copying.sha256_of", lambda _: "0" * 64)
    with pytest.raises(StorageError, match="was not copied right"):
        Mover(places).move(tmp_path / "disk")
    monkeypatch.undo()
    require_whole(places, places.home / "models")


@pytest.mark.usefixtures("other_disk")
def test_a_model_added_meanwhile_comes_along(places: Paths, tmp_path: Path) -> None:
    added = False

    def add(phase: str, done: int, total: int) -> None:
        nonlocal added
        if not added:
            added = True
            shutil.copytree(places.home / "models" / "a", places.home / "models" / "c")

    Mover(places).move(tmp_path / "disk", add)
    assert (tmp_path / "disk" / "c" / "onnx" / "model.onnx").is_file()


@pytest.mark.usefixtures("other_disk")
def test_a_model_removed_meanwhile_does_not_come_back(places: Paths, tmp_path: Path) -> None:
    calls = iter([False] * 2 + [True])
    with pytest.raises(Cancelled):
        Mover(places).move(tmp_path / "disk", cancelled=lambda: next(calls))
    Store(places).remove("a", for_good=True)
    Mover(places).move(tmp_path / "disk")
    assert sorted(path.name for path in (tmp_path / "disk").iterdir()) == ["b"]


def test_files_a_stranger_put_into_the_new_place_are_left_alone(places: Paths, tmp_path: Path) -> None:
    places.home.joinpath("models-move.json").write_text(
        f'{{"old": "{places.models}", "new": "{tmp_path / "disk"}", "pid": 1, "started": 0}}',
        encoding="utf-8",
    )
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not an empty folder"):
        Mover(places).move(tmp_path / "disk")
    assert (tmp_path / "disk" / "thesis.txt").is_file()
    require_whole(places, places.home / "models")


def test_unfinished_downloads_are_not_lost(places: Paths, tmp_path: Path) -> None:
    (places.downloads_beside_models / "key").mkdir(parents=True)
    with pytest.raises(UsageError, match="Unfinished downloads"):
        Mover(places).move(tmp_path / "disk")
    assert (places.models / ".downloads" / "key").is_dir()


def test_a_damaged_journal_is_no_obstacle(places: Paths, tmp_path: Path) -> None:
    places.home.joinpath("models-move.json").write_text("{", encoding="utf-8")
    require_whole(places, Mover(places).move(tmp_path / "disk"))


def test_a_move_of_another_process_is_waited_for(places: Paths, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        started = psutil.Process(other.pid).create_time()
        journal = {"old": str(places.models), "new": "x", "pid": other.pid, "started": started}
        (places.home / "models-move.json").write_text(json.dumps(journal), encoding="utf-8")
        with pytest.raises(UsageError, match="is being moved"):
            Mover(places).move(tmp_path / "disk")
        other.kill()


_KILLED = """
    import os, sys
    from pathlib import Path
    from app.library import moving
    from app.paths import Paths

    steps = 0

    def counted(real):
        def call(*arguments, **options):
            global steps
            steps += 1
            if steps == int(sys.argv[3]):
                os._exit(9)
            return real(*arguments, **options)
        return call

    for name in ("replace", "rename", "unlink", "mkdir", "touch"):
        setattr(Path, name, counted(getattr(Path, name)))
    os.unlink, os.rmdir, os.fsync = counted(os.unlink), counted(os.rmdir), counted(os.fsync)
    if sys.argv[4] == "other":
        moving._same_disk = lambda *_: False
    moving.Mover(Paths(Path(sys.argv[1]))).move(Path(sys.argv[2]))
"""


def killed_at(step: int, places: Paths, target: Path, disk: str) -> bool:
    script = textwrap.dedent(_KILLED)
    command = [sys.executable, "-c", script, str(places.home), str(target), str(step), disk]
    return subprocess.run(command, check=False).returncode == 9


def _after_finish(places: Paths, target: Path) -> None:
    Mover(places).finish()
    store = Store(places)
    assert {model.manifest.id for model in store.models()} >= {"a", "b"}
    assert all(model.state is State.READY for model in store.models())
    if store.folder != target:
        Mover(places).move(target)


@pytest.mark.parametrize("disk", ["same", "other"])
def test_killed_at_any_point_nothing_is_lost(tmp_path: Path, disk: str, places: Paths) -> None:
    copies: Callable[[Path], object] = lambda home: shutil.copytree(places.home, home)  # noqa: E731
    step = 1
    while True:
        home, target = tmp_path / f"home-{step}", tmp_path / f"target-{step}" / "models"
        copies(home)
        mine = Paths(home)
        killed = killed_at(step, mine, target, disk)
        _after_finish(mine, target)
        require_whole(mine, target)
        assert not (home / "models").exists()
        assert Mover(mine).pending() is None
        assert [path.name for path in target.parent.iterdir()] == ["models"]
        if not killed:
            break
        step += 1
    assert step > (4 if disk == "same" else 10)
