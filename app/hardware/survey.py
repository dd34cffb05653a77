"""Every probe at once, within a deadline: what a child process does for `app.hardware.asking`."""

from __future__ import annotations

import platform
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from app.hardware.adapters import merged
from app.hardware.machine import (
    Adapter,
    Bandwidth,
    Disk,
    Fact,
    Machine,
    Memory,
    Power,
    Processor,
    Unknown,
)
from app.hardware.probes.bandwidth import BandwidthProbe
from app.hardware.probes.disk import DiskProbe
from app.hardware.probes.memory import MemoryProbe
from app.hardware.probes.power import PowerProbe
from app.hardware.probes.probe import Probe
from app.hardware.probes.processor import ProcessorProbe
from app.phrases import Phrase

DEADLINE_SECONDS = 1.5

_T = TypeVar("_T")


def probes_here(models: Path, bandwidth: float | None = None) -> list[Probe]:
    """The probes of this system.

    Args:
        models: the folder whose disk is asked about.
        bandwidth: of the memory, as it was measured before; None measures it.
    """
    common: list[Probe] = [
        ProcessorProbe(),
        MemoryProbe(),
        DiskProbe(models),
        PowerProbe(),
        BandwidthProbe(bandwidth),
    ]
    return common + graphics_probes()


def graphics_probes() -> list[Probe]:
    """Those that tell of graphics adapters."""
    if sys.platform == "win32":
        from app.hardware.probes.dxgi import DxgiProbe

        return [DxgiProbe()]
    if sys.platform == "darwin":
        from app.hardware.probes.metal import MetalProbe

        return [MetalProbe()]
    from app.hardware.probes.drm import DrmProbe
    from app.hardware.probes.nvml import NvmlProbe
    from app.hardware.probes.vulkan import VulkanProbe

    return [NvmlProbe(), DrmProbe(), VulkanProbe()]


def survey(probes: Sequence[Probe], deadline: float = DEADLINE_SECONDS) -> Machine:
    """Ask all probes at once.

    Args:
        probes: in the order in which they are believed.
        deadline: seconds; what takes longer stays unknown. Its thread is left behind.
    """
    start = perf_counter()
    asked = [_Asked(probe) for probe in probes]
    for each in asked:
        each.thread.join(max(0.0, deadline - (perf_counter() - start)))
    facts = [fact for each in asked for fact in each.facts()]
    return replace(machine_of(facts), seconds=perf_counter() - start)


class _Asked:
    """A probe that looks in a thread of its own."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._found: list[Fact] | None = None
        self.thread = threading.Thread(target=self._look, name=str(probe.topic), daemon=True)
        self.thread.start()

    def facts(self) -> list[Fact]:
        """What it found so far."""
        if self._found is None:
            return [Unknown(self._probe.topic, Phrase("The system took too long to answer."))]
        return self._found

    def _look(self) -> None:
        try:
            self._found = list(self._probe.look())
        except Exception as error:
            reason = Phrase.of("The system answers: {error}", error=error)
            self._found = [Unknown(self._probe.topic, reason)]


def machine_of(facts: Iterable[Fact]) -> Machine:
    """The computer that facts tell of."""
    known = list(facts)
    processor = _first(known, Processor)
    bandwidth = _first(known, Bandwidth)
    if processor is not None and bandwidth is not None:
        processor = replace(processor, bandwidth=bandwidth.bytes_per_s)
    return Machine(
        system=f"{platform.system()} {platform.release()}, {platform.machine()}",
        processor=processor,
        memory=_first(known, Memory),
        disk=_first(known, Disk),
        power=_first(known, Power),
        adapters=merged(fact for fact in known if isinstance(fact, Adapter)),
        unknown=tuple(fact for fact in known if isinstance(fact, Unknown)),
    )


def _first(facts: Iterable[Fact], kind: type[_T]) -> _T | None:
    return next((fact for fact in facts if isinstance(fact, kind)), None)
