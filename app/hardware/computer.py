"""One computer as the fit sees it: what it has, what is installed on it, and what was measured on it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app import runtimes
from app.hardware.devices import AUTO, COREML, CPU, GRAPHICS, devices_on, parse_device
from app.hardware.fit import judge
from app.hardware.machine import Machine
from app.hardware.model import ModelDescription
from app.hardware.question import Experience, Question
from app.hardware.records import Records
from app.hardware.verdict import Verdict
from app.paths import Paths

_SOFTWARE = "ORT_WEBGPU_EP_ALLOW_SOFTWARE_ADAPTER"
"""The variable by which onnxruntime's WebGPU is allowed to compute in software."""
_SYSTEMS = {"Windows": "win32", "Darwin": "darwin", "Linux": "linux"}
"""How Python calls what a survey calls so."""


@dataclass(frozen=True)
class Computer:
    """What a verdict depends on besides the model.

    Attributes:
        machine: as the probes found it.
        records: what was measured.
        drivers: what computes on each road to a graphics adapter that is open here, and on the processor:
            the runtime's package and version.
        software: adapters that are software count.
    """

    machine: Machine
    records: Records
    drivers: Mapping[str, str]
    software: bool = False

    @classmethod
    def here(cls, places: Paths, machine: Machine) -> Computer:
        """This computer.

        Args:
            places: where runtimes and measurements are kept.
            machine: what is known of it; one without adapters judges by the memory alone.
        """
        found = {runtime.name: runtimes.find(places, runtime) for runtime in runtimes.ALL}
        drivers = {name: each.text for name, each in found.items() if each.usable}
        return cls(machine, Records(places.measurements), drivers, os.environ.get(_SOFTWARE) == "1")

    @classmethod
    def elsewhere(cls, machine: Machine) -> Computer:
        """Another computer: nothing was measured on it, and every runtime that exists for it can be had."""
        system = _SYSTEMS.get(machine.system.partition(" ")[0], "")
        found = [runtime for runtime in runtimes.ALL if system in runtime.systems]
        return cls(machine, Records(None), {runtime.name: runtime.package for runtime in found})

    def driver(self, device: str) -> str:
        """What measurements of a device hold for: the runtime, and the adapter with its driver."""
        wanted = parse_device(device)
        runtime = self.drivers.get(wanted.name, self.drivers.get(CPU, ""))
        adapter = wanted.adapter(self.machine.adapters) if wanted.name in GRAPHICS else None
        return f"{runtime}, {adapter.name} {adapter.driver}".rstrip() if adapter is not None else runtime

    def judge(
        self, model: ModelDescription, *, context: int | None = None, device: str = "auto", unloading: int = 0
    ) -> Verdict:
        """Whether a model runs; arguments as in `Question`.

        Raises:
            UsageError: there is no such device, or the model was not made for such a context.
        """
        asked = {*self.devices(), *({device} - {AUTO, COREML})}
        question = Question(
            model,
            context=context,
            device=device,
            unloading=unloading,
            experiences={name: self._experience(model.id, name) for name in asked},
            roads=frozenset(self.drivers),
            software=self.software,
        )
        verdict = judge(self.machine, question)
        known = question.experiences.get(verdict.device)
        return replace(verdict, placement=known.placement) if known else verdict

    def devices(self) -> list[str]:
        """Every device there is, the processor first."""
        roads = [road for road in GRAPHICS if road in self.drivers]
        adapters = self.machine.adapters
        return [CPU, *(str(device) for road in roads for device, _ in devices_on(road, adapters))]

    def _experience(self, model: str, device: str) -> Experience:
        return self.records.experience(model, device, self.driver(device))
