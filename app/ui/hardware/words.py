"""What the hardware pane calls things."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from app.hardware.machine import Adapter, AdapterKind, Power
from app.hardware.verdict import State
from app.ui.frame.words import choice_text, count, size


def state(found: State) -> str:
    """A verdict's state."""
    translate = QCoreApplication.translate
    return {
        State.WELL: translate("HardwareWords", "Runs well"),
        State.SLOWLY: translate("HardwareWords", "Runs slowly"),
        State.NOT: translate("HardwareWords", "Does not run"),
    }[found]


def look(found: State) -> str:
    """The kind of label that shows a state."""
    return {State.WELL: "success", State.SLOWLY: "warning", State.NOT: "danger"}[found]


def kind(found: AdapterKind) -> str:
    """What an adapter is."""
    translate = QCoreApplication.translate
    return {
        AdapterKind.DISCRETE: translate("HardwareWords", "memory of its own"),
        AdapterKind.INTEGRATED: translate("HardwareWords", "shares the computer's memory"),
        AdapterKind.SOFTWARE: translate("HardwareWords", "software, computes on the processor"),
        AdapterKind.REMOTE: translate("HardwareWords", "draws for another screen"),
        AdapterKind.UNKNOWN: translate("HardwareWords", "kind unknown"),
    }[found]


def adapter(found: Adapter) -> str:
    """An adapter's facts in one line."""
    translate = QCoreApplication.translate
    capacity = size(found.capacity) if found.capacity else translate("HardwareWords", "memory unknown")
    driver = translate("HardwareWords", "driver {version}").format(version=found.driver)
    parts = (found.name, capacity, kind(found.kind), driver if found.driver else "")
    return " · ".join(part for part in parts if part)


def power(found: Power) -> str:
    """Where the current comes from."""
    translate = QCoreApplication.translate
    source = (
        translate("HardwareWords", "battery") if found.on_battery else translate("HardwareWords", "mains")
    )
    modes = {
        "saver": translate("HardwareWords", "saving power"),
        "balanced": translate("HardwareWords", "balanced"),
        "performance": translate("HardwareWords", "performance"),
    }
    charge = f"{found.charge} %" if found.charge is not None else ""
    return ", ".join(part for part in (source, charge, modes.get(found.mode, "")) if part)


def placement(found: Mapping[str, Mapping[str, int]]) -> str:
    """Which provider computes how much of a model."""
    part = QCoreApplication.translate("HardwareWords", "{provider} {nodes} nodes with {size} of weights")
    return "; ".join(
        part.format(
            provider=name.removesuffix("ExecutionProvider"),
            nodes=count(share["nodes"]),
            size=size(share["bytes"]),
        )
        for name, share in sorted(found.items(), key=lambda pair: -pair[1]["bytes"])
    )


def device(name: str) -> str:
    """A device: "webgpu:1" is WebGPU:1; none is the setting's."""
    if not name:
        return QCoreApplication.translate("HardwareWords", "As in the settings")
    road, _, number = name.partition(":")
    return f"{choice_text(road)}:{number}" if number else choice_text(road)


def per_second(bytes_per_s: float) -> str:
    """A speed of reading."""
    said = QCoreApplication.translate("HardwareWords", "{size} a second")
    return said.format(size=size(round(bytes_per_s)))


def speed(tokens_per_s: float) -> str:
    """A speed of decoding."""
    digits = 0 if tokens_per_s >= 100 else 1
    number = QLocale().toString(tokens_per_s, "f", digits)
    return QCoreApplication.translate("HardwareWords", "{number} tokens a second").format(number=number)
