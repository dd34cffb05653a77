"""Adapted graphs are kept whole or not at all, whoever else works in the same folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import AccessDenied, StorageError
from app.graph.adapt import AdaptedGraph, GraphPlan, adapt_graph
from app.graph.layout import open_folder
from tests.support.graphs import TinyDecoder, make_decoder, save_external
from tests.support.permissions import unprivileged

ROOT = Path(__file__).parents[3]
ADAPT = """
import sys
from pathlib import Path
from app.errors import IndoorsError
from app.graph.adapt import GraphPlan, adapt_graph
from app.graph.layout import open_folder
folder, cache, limit = sys.argv[1:]
if int(limit):
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    found = adapt_graph(open_folder(Path(folder)), GraphPlan(parts=2), Path(cache), "1")
    print(*(part.path for part in found.parts))
except IndoorsError as error:
    print(error.code, error)
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return save_external(make_decoder(TinyDecoder()), tmp_path / "model" / "model.onnx").parent


def adapt(model: Path, plan: GraphPlan | None = None, version: str = "1") -> AdaptedGraph:
    cache = model.with_name("cache")
    return adapt_graph(open_folder(model), plan or GraphPlan(parts=2), cache, version)


def in_child(model: Path, cache: Path, limit: int = 0, launcher: tuple[str, ...] = ()) -> str:
    command = [*launcher, sys.executable, "-c", ADAPT, str(model), str(cache), str(limit)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def entries(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir())


def test_the_second_time_nothing_is_written(model: Path) -> None:
    first = adapt(model)
    times = [part.path.stat().st_mtime_ns for part in first.parts]
    assert adapt(model) == first
    assert [part.path.stat().st_mtime_ns for part in first.parts] == times
    assert len(entries(model.with_name("cache"))) == 1


def test_what_a_result_depends_on(model: Path) -> None:
    paths = {adapt(model).parts[0].path, adapt(model, version="2").parts[0].path}
    paths.add(adapt(model, GraphPlan(exact=True, parts=2)).parts[0].path)
    paths.add(adapt(model, GraphPlan(last_logits=False, parts=2)).parts[0].path)
    paths.add(adapt(model, GraphPlan(parts=3)).parts[0].path)
    save_external(make_decoder(TinyDecoder(seed=5, layers=4)), model / "model.onnx")
    paths.add(adapt(model).parts[0].path)
    assert len(paths) == 6


def test_a_moved_model_is_still_adapted(model: Path) -> None:
    before = adapt(model)
    moved = model.rename(model.with_name("elsewhere"))
    after = adapt(moved)
    assert after.parts == before.parts
    assert after.data_folder == moved.resolve()


@pytest.mark.parametrize("damage", ["cut", "changed", "removed", "index", "index is no list"])
def test_a_damaged_entry_is_made_again(model: Path, damage: str) -> None:
    first = adapt(model)
    path = first.parts[1].path
    content = path.read_bytes()
    index = path.with_name("parts.json")
    if damage == "cut":
        path.write_bytes(content[:-20])
    elif damage == "changed":
        path.write_bytes(content[:50] + b"\x01" + content[51:])
    elif damage == "removed":
        path.unlink()
    else:
        index.write_text('{"file"' if damage == "index" else '{"a": 1}', encoding="utf-8")
    assert adapt(model) == first
    assert path.read_bytes() == content
    assert len(json.loads(index.read_text(encoding="utf-8"))) == 2
    assert len(entries(model.with_name("cache"))) == 1


def test_a_file_where_the_entry_belongs(model: Path) -> None:
    first = adapt(model)
    entry = first.parts[0].path.parent
    shutil.rmtree(entry)
    entry.write_bytes(b"")
    assert adapt(model) == first


def test_processes_at_once_find_the_same(model: Path) -> None:
    cache = model.with_name("cache")
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: in_child(model, cache), range(4)))
    assert found == {" ".join(str(part.path) for part in adapt(model).parts)}
    assert len(entries(cache)) == 1


def test_what_a_killed_process_left_goes_away_later(model: Path) -> None:
    cache = model.with_name("cache")
    old, new = cache / ".unfinished-old", cache / ".unfinished-new"
    for folder in (old, new):
        (folder / "entry").mkdir(parents=True)
    yesterday = time.time() - 86400
    os.utime(old, (yesterday, yesterday))
    adapt(model)
    assert not old.exists()
    assert new.exists()


def test_a_cache_that_is_a_file(model: Path) -> None:
    model.with_name("cache").write_bytes(b"")
    with pytest.raises(StorageError, match="cache") as caught:
        adapt(model)
    assert caught.value.hint


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_file_may_grow_no_further(model: Path) -> None:
    cache = model.with_name("cache")
    assert in_child(model, cache, limit=2000).startswith("storage_error")
    assert entries(cache) == []


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("unshare") is None, reason="needs a tmpfs")
def test_a_full_disk(model: Path) -> None:
    cache = model.with_name("cache")
    cache.mkdir()
    script = 'mount -t tmpfs -o size=8k none "$1" && shift && "$@" && ls -A "$5"'
    launcher = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(cache))
    try:
        output = in_child(model, cache, launcher=launcher)
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no tmpfs here: {error.stderr.strip()}")
    assert output.startswith("disk_full The disk is full: writing the adapted graph")
    assert len(output.splitlines()) == 1


def test_no_permission_to_write(model: Path) -> None:
    cache = model.with_name("cache")
    cache.mkdir(mode=0o555)
    with unprivileged(model), pytest.raises(AccessDenied, match="Access was refused"):
        adapt(model)
    assert entries(cache) == []
