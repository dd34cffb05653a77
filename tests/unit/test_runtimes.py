"""Runtimes: what a folder says of itself, and what a worker is started with."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app import runtimes
from app.errors import DeviceFailed, UsageError
from app.paths import Paths
from app.runtimes import CPU, DIRECTML, RECORD, WEBGPU, Condition, Installed
from app.worker.client import WorkerClient


@pytest.fixture
def places(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def put(places: Paths, runtime: runtimes.Runtime, system: str = sys.platform) -> Path:
    """An installed runtime whose module answers nothing."""
    folder = places.runtime(runtime.name)
    module = folder / runtime.module / "__init__.py"
    module.parent.mkdir(parents=True)
    module.write_text("", encoding="utf-8")
    files = {f"{runtime.module}/__init__.py": runtimes.sha256_of(module)}
    record = Installed(runtime.name, runtime.package, "9.9", "", system, files)
    (folder / RECORD).write_text(record.to_json(), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("device", "runtime"), [("webgpu:1", WEBGPU), ("directml", DIRECTML), ("cpu", CPU), ("auto", CPU)]
)
def test_which_runtime_a_device_needs(device: str, runtime: runtimes.Runtime) -> None:
    assert runtimes.needed(device) is runtime


def test_the_processors_is_carried(places: Paths) -> None:
    found = runtimes.find(places, CPU)
    assert (found.condition, found.folder) == (Condition.CARRIED, None)
    assert found.version


def test_an_installed_one_is_taken_before_a_carried_one(places: Paths) -> None:
    folder = put(places, WEBGPU)
    found = runtimes.require(places, "webgpu")
    assert (found.condition, found.folder, found.version) == (Condition.INSTALLED, folder, "9.9")


@pytest.mark.parametrize("damage", ["no record", "no json", "no module"])
def test_a_broken_folder_is_not_used(places: Paths, damage: str) -> None:
    folder = put(places, WEBGPU)
    if damage == "no record":
        (folder / RECORD).unlink()
    elif damage == "no json":
        (folder / RECORD).write_text("{", encoding="utf-8")
    else:
        (folder / WEBGPU.module / "__init__.py").unlink()
        (folder / WEBGPU.module).rmdir()
    assert runtimes.find(places, WEBGPU).condition is Condition.BROKEN
    with pytest.raises(DeviceFailed, match=r"is broken\. Install it: indoors runtimes install webgpu"):
        runtimes.require(places, "webgpu:1")


def test_a_changed_file_is_found(places: Paths) -> None:
    folder = put(places, WEBGPU)
    assert runtimes.verify(places, WEBGPU).condition is Condition.INSTALLED
    (folder / WEBGPU.module / "__init__.py").write_text("changed", encoding="utf-8")
    assert runtimes.verify(places, WEBGPU).condition is Condition.BROKEN


def test_one_for_another_system_is_not_used(places: Paths) -> None:
    put(places, DIRECTML, "another system")
    with pytest.raises(DeviceFailed, match="not for this system"):
        runtimes.require(places, "directml")


def test_removing(places: Paths) -> None:
    put(places, WEBGPU)
    runtimes.remove(places, WEBGPU)
    assert list(places.runtime("webgpu").parent.iterdir()) == []
    with pytest.raises(UsageError, match="not installed"):
        runtimes.remove(places, WEBGPU)


def test_there_is_no_such_runtime() -> None:
    with pytest.raises(UsageError, match="Known: cpu, webgpu, directml"):
        runtimes.named("abacus")


async def test_a_worker_is_started_with_the_folder_its_device_needs(places: Paths, tiny_model: Path) -> None:
    """The plug-in answers nothing, as the worker that imports it says; the processor needs no other one."""
    put(places, WEBGPU)
    load = {"model": str(tiny_model), "context": 64}
    async with WorkerClient(places.home) as client:
        with pytest.raises(DeviceFailed, match="runtime is broken"):
            await client.call("load", {**load, "device": "webgpu"})
        first = client.pid
        await client.call("load", {**load, "device": "cpu"})
        assert client.pid == first, "what the processor needs is there beside the plug-in"


async def test_another_runtime_means_another_worker(
    places: Paths, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtimes, "ALL", (CPU, WEBGPU, replace(DIRECTML, systems=(sys.platform,))))
    put(places, DIRECTML)
    load = {"model": str(tiny_model), "context": 64}
    async with WorkerClient(places.home) as client:
        await client.call("load", {**load, "device": "cpu"})
        first = client.pid
        with pytest.raises(Exception, match="worker process"):  # this onnxruntime is an empty module
            await client.call("load", {**load, "device": "directml"})
        await client.call("load", {**load, "device": "cpu"})
        assert client.pid not in {None, first}


async def test_what_is_missing_is_said_before_a_worker_is_started(places: Paths, tiny_model: Path) -> None:
    async with WorkerClient(places.home) as client:
        with pytest.raises(DeviceFailed, match="runtime directml"):
            await client.call("load", {"model": str(tiny_model), "device": "directml"})
        assert client.pid is None
