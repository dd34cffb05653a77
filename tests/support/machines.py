"""Computers as their systems describe them, with the verdicts that the fit must give beside them.

The answers have the form in which each system gives them (DXGI, NVML, Metal); the figures are those that such
computers are known to report.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app import manifest as manifests
from app.hardware.adapters import merged
from app.hardware.machine import Adapter, AdapterKind, Machine, Memory, Power, Processor
from app.hardware.model import ModelDescription, from_settings
from app.hardware.probes import dxgi, metal
from app.hardware.verdict import State
from app.manifest import FileRecord, Manifest

MIB, GIB = 1 << 20, 1 << 30
WELL, SLOWLY, NOT = State.WELL, State.SLOWLY, State.NOT
GPT_OSS = {
    "hidden_size": 2880, "intermediate_size": 2880, "head_dim": 64, "num_attention_heads": 64,
    "num_key_value_heads": 8, "num_experts_per_tok": 4, "vocab_size": 201_088,
    "max_position_embeddings": 131_072, "sliding_window": 128, "model_type": "gpt_oss",
}  # fmt: skip


def gpt_oss_20b() -> ModelDescription:
    """The published transformers.js export, q4f16: sizes of its files, and its settings."""
    config = GPT_OSS | {"num_hidden_layers": 24, "num_local_experts": 32}
    config["transformers.js_config"] = {"kv_cache_dtype": {"q4f16": "float16"}}
    sizes = {
        "onnx/model_q4f16.onnx": 55_192_622,
        "onnx/model_q4f16.onnx_data": 12_568_854_016,
        "tokenizer.json": 27_868_174,
        "config.json": 2_000,
    }
    return from_settings("gpt-oss-20b", sizes, config, {}, "int4")


def small_model() -> ModelDescription:
    """A dense model of 1.5 billion weights at 4 bits."""
    config = {
        "hidden_size": 1536, "intermediate_size": 8960, "num_hidden_layers": 28, "num_attention_heads": 12,
        "num_key_value_heads": 2, "vocab_size": 151_936, "max_position_embeddings": 32_768,
    }  # fmt: skip
    return from_settings(
        "small", {"model.onnx": 1_300_000_000, "tokenizer.json": 7_000_000}, config, {}, "int4"
    )


def make_huge(folder: Path) -> Path:
    """A model that no computer holds: a manifest says how large it is, the files need not be there."""
    folder.mkdir(parents=True)
    config = GPT_OSS | {"num_hidden_layers": 36, "num_local_experts": 128}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    manifests.write(folder, Manifest("huge", "Huge", "", files=(FileRecord("model.onnx.data", 10**15, ""),)))
    return folder


@dataclass(frozen=True)
class Expected:
    """A verdict.

    Attributes:
        state: whether it runs.
        says: a part of the cause or of the action.
        alternative: the device that is offered instead.
    """

    state: State
    says: str = ""
    alternative: str = ""


@dataclass(frozen=True)
class Recorded:
    """A computer and what the fit must say of gpt-oss-20b at a context of 8,192.

    Attributes:
        name: what it is.
        machine: as the probes find it.
        verdicts: by device.
    """

    name: str
    machine: Machine
    verdicts: Mapping[str, Expected] = field(default_factory=dict)


def _machine(total: int, free: int, *adapters: Adapter, bandwidth: float = 50e9, **more: object) -> Machine:
    processor = Processor("Processor", "x86_64", 8, 16, ("avx2", "fma"), bandwidth)
    memory = Memory(total * GIB, free * GIB)
    return Machine("System", processor=processor, memory=memory, adapters=merged(adapters), **more)


def _windows(name: str, vendor: int, dedicated: int, shared: int, budget: int, **more: object) -> Adapter:
    """A card as DXGI describes it, sizes in MiB; its budget is what is free."""
    answer = dxgi.Answer(
        name,
        vendor,
        dedicated * MIB,
        shared * MIB,
        local=(budget * MIB, 0),
        non_local=(shared * MIB, 0),
        **more,
    )
    return dxgi.adapter_of(answer)


def _chip(name: str, vendor: int, dedicated: int, shared: int, budget: int) -> Adapter:
    """A chip that shares the computer's memory, as DXGI describes it, sizes in MiB."""
    answer = dxgi.Answer(
        name,
        vendor,
        dedicated * MIB,
        shared * MIB,
        local=(budget * MIB, 0),
        non_local=(0, 0),
        driver="31.0.101.5590",
    )
    return dxgi.adapter_of(answer)


def _apple(name: str, total: int, working_set: int, free: int) -> Machine:
    answer = metal.Answer(name, working_set, 0, unified=True)
    processor = Processor(name, "arm64", 11, 11, ("dotprod", "i8mm"), 120e9)
    adapter = metal.adapter_of(answer, free * GIB)
    return Machine("macOS", processor=processor, memory=Memory(total * GIB, free * GIB), adapters=(adapter,))


RTX_5080 = _windows("NVIDIA GeForce RTX 5080", 0x10DE, 16_303, 32_638, 15_535, driver="32.0.15.9155")
RTX_4070 = _windows("NVIDIA GeForce RTX 4070", 0x10DE, 12_282, 16_302, 11_400, driver="32.0.15.7680")
RTX_4060 = _windows("NVIDIA GeForce RTX 4060 Laptop GPU", 0x10DE, 8_188, 16_302, 7_377, driver="32.0.15.7283")
RX_7900 = _windows("AMD Radeon RX 7900 XTX", 0x1002, 24_560, 32_638, 23_600, driver="32.0.21025.1024")
ARC_A770 = _windows("Intel(R) Arc(TM) A770 Graphics", 0x8086, 16_288, 16_302, 15_400, driver="32.0.101.6314")
UHD_770 = _chip("Intel(R) UHD Graphics 770", 0x8086, 128, 16_302, 15_669)
UHD_620 = _chip("Intel(R) UHD Graphics 620", 0x8086, 128, 8_082, 7_500)
REMOTE = _windows("Microsoft Remote Display Adapter", 0x1414, 0, 32_638, 0)
RENDERER = _windows("Microsoft Basic Render Driver", 0x1414, 0, 32_638, 0, flags=2)
RTX_3090 = Adapter(
    "NVIDIA GeForce RTX 3090", "NVIDIA", AdapterKind.DISCRETE, 24_576 * MIB, None, 23_900 * MIB, "580.95.05",
    "0000:01:00.0", ("NVML",),
)  # fmt: skip

MACHINES = (
    Recorded(
        "RTX 5080: reports 15.92 GiB, sold as 16 GB",
        _machine(64, 50, RTX_5080),
        {"directml": Expected(WELL), "webgpu": Expected(WELL), "cpu": Expected(WELL), "auto": Expected(WELL)},
    ),
    Recorded(
        "RTX 5080 with a game open",
        _machine(
            64, 40, _windows("NVIDIA GeForce RTX 5080", 0x10DE, 16_303, 32_638, 9_000, driver="32.0.15.9155")
        ),
        {
            "directml": Expected(NOT, "Close 3.0 GB of other programs", alternative="cpu"),
            "cpu": Expected(WELL),
        },
    ),
    Recorded(
        "RTX 4070: 12 GB",
        _machine(32, 26, RTX_4070),
        {
            "directml": Expected(NOT, "needs 16 GB of graphics memory", alternative="cpu"),
            "cpu": Expected(WELL),
        },
    ),
    Recorded(
        "RTX 4060 laptop: 8 GB, 16 GB of memory",
        _machine(16, 11, RTX_4060),
        {
            "directml": Expected(NOT, "has 8 GB"),
            "cpu": Expected(NOT, "choose a smaller model"),
            "auto": Expected(NOT),
        },
    ),
    Recorded("Radeon RX 7900 XTX: 24 GB", _machine(64, 50, RX_7900), {"directml": Expected(WELL)}),
    Recorded(
        "Arc A770: 16 GB", _machine(32, 24, ARC_A770), {"webgpu": Expected(WELL), "cpu": Expected(WELL)}
    ),
    Recorded(
        "UHD 770 with 128 MB of its own, 32 GB of memory",
        _machine(32, 27, UHD_770),
        {"directml": Expected(WELL), "cpu": Expected(WELL)},
    ),
    Recorded(
        "UHD 620 with 128 MB of its own, 16 GB of memory",
        _machine(16, 12, UHD_620, bandwidth=25e9),
        {"directml": Expected(NOT, "needs 16 GB of graphics memory"), "cpu": Expected(NOT)},
    ),
    Recorded(
        "two adapters: a chip and an RTX 5080",
        _machine(32, 25, UHD_770, RTX_5080),
        {
            "directml": Expected(WELL),
            "directml:1": Expected(WELL),
            "directml:2": Expected(NOT, "no such", alternative="cpu"),
        },
    ),
    Recorded(
        "a session over remote desktop",
        _machine(64, 50, REMOTE, RENDERER),
        {"directml": Expected(NOT, "no such graphics adapter", alternative="cpu"), "auto": Expected(WELL)},
    ),
    Recorded(
        "Apple M3, 16 GB",
        _apple("Apple M3", 16, 11_453_251_584, 9),
        {
            "coreml": Expected(NOT, "choose a smaller model"),
            "webgpu": Expected(NOT, "needs 16 GB"),
            "cpu": Expected(NOT, "choose a smaller model"),
        },
    ),
    Recorded(
        "Apple M3 Pro, 36 GB",
        _apple("Apple M3 Pro", 36, 27_917_287_424, 26),
        {"coreml": Expected(WELL), "webgpu": Expected(WELL), "cpu": Expected(WELL)},
    ),
    Recorded(
        "no graphics, 24 GB of memory",
        _machine(24, 19, bandwidth=35.8e9),
        {"cpu": Expected(WELL), "webgpu": Expected(NOT, "no such graphics adapter", alternative="cpu")},
    ),
    Recorded(
        "no graphics, little memory free",
        _machine(32, 12),
        {"cpu": Expected(NOT, "Close programs that hold")},
    ),
    Recorded(
        "slow memory",
        _machine(32, 28, bandwidth=9e9),
        {"cpu": Expected(SLOWLY, "tokens a second")},
    ),
    Recorded(
        "on battery, saving power",
        _machine(32, 28, power=Power(on_battery=True, charge=31, mode="saver")),
        {"cpu": Expected(SLOWLY, "saves power")},
    ),
    Recorded("Linux with an RTX 3090", _machine(64, 55, RTX_3090), {"webgpu": Expected(WELL)}),
)
