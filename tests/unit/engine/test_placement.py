"""Who computes what is read from the sessions; heavy nodes elsewhere than expected are an error."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.engine.loaded_graph import LoadOptions, load_graph
from app.engine.placement import Share, require_placement
from app.engine.providers.opening import open_provider
from app.errors import DeviceFailed, UnsupportedModel, UsageError
from app.progress import silent

CPU, WEBGPU = "CPUExecutionProvider", "WebGpuExecutionProvider"


def test_every_node_and_every_weight_is_told(loaded) -> None:
    [share] = loaded.placement.values()
    assert set(loaded.placement) == {CPU}
    assert share.nodes == share.operators.total() > 10
    assert share.operators["GroupQueryAttention"] == 3
    assert 0.8 * loaded.weight_bytes < share.bytes <= loaded.weight_bytes


def test_heavy_nodes_elsewhere_are_an_error() -> None:
    shares = {
        WEBGPU: Share(40, 100, Counter({"MatMulNBits": 20, "Add": 20})),
        CPU: Share(9, 90, Counter({"QMoE": 4, "Gather": 5})),
    }
    with pytest.raises(UnsupportedModel, match=r"leaves 4 of the 24 products .* \(QMoE\)") as raised:
        require_placement(shares, WEBGPU, Path("m"))
    assert "--device cpu" in raised.value.hint


def test_look_ups_and_shapes_may_be_the_processors() -> None:
    shares = {
        WEBGPU: Share(40, 100, Counter({"MatMulNBits": 20})),
        CPU: Share(5, 90, Counter({"Gather": 2, "Shape": 3})),
    }
    require_placement(shares, WEBGPU, Path("m"))


@pytest.mark.parametrize("device", ["auto", "cpu", "coreml"])
def test_what_the_processor_computes(device: str) -> None:
    assert open_provider(device).name == CPU


@pytest.mark.parametrize("device", ["abacus", "cpu:1", "webgpu:", "webgpu:x", ""])
def test_there_is_no_such_device(device: str) -> None:
    with pytest.raises(UsageError, match="no device"):
        open_provider(device)


def test_directml_is_missing_here(gpt_oss_folder, tmp_path) -> None:
    with pytest.raises(DeviceFailed, match="runtimes install directml"):
        load_graph(gpt_oss_folder, LoadOptions(device="directml"), tmp_path, silent, lambda: False)
