"""What is known of the computer at the moment of a load; drivers are asked only where it depends on them."""

from __future__ import annotations

from dataclasses import replace

from app.hardware.asking import MachineWatch
from app.hardware.computer import Computer
from app.hardware.devices import COREML, CPU
from app.hardware.machine import Machine
from app.hardware.probes.memory import MemoryProbe
from app.paths import Paths
from app.progress import Progress

_SURVEY = "survey"


class Looking:
    """Looks at the computer, as far as a load for a device needs it.

    Args:
        places: where runtimes and measurements are kept.
        watch: tells of the graphics adapters; asked only where a load could be for one.
    """

    def __init__(self, places: Paths, watch: MachineWatch) -> None:
        self._places = places
        self._watch = watch

    async def now(self, device: str, progress: Progress) -> Computer:
        """The computer as it is now.

        Args:
            device: what the load is for.
            progress: hears "survey" while graphics adapters are looked at.
        """
        computer = self._without_drivers()
        if not self._asks_drivers(computer, device):
            return computer
        progress(_SURVEY, 0, 1)
        machine = await self._watch.machine()
        progress(_SURVEY, 1, 1)
        return replace(computer, machine=replace(machine, memory=MemoryProbe().now()))

    def at_most(self, device: str) -> Computer | None:
        """The same with empty graphics adapters, at once; None where nobody knows which there are."""
        computer = self._without_drivers()
        if not self._asks_drivers(computer, device):
            return computer
        seen = self._watch.adapters()
        if seen is None:
            return None
        empty = tuple(replace(adapter, free=adapter.capacity) for adapter in seen)
        return replace(computer, machine=replace(computer.machine, adapters=empty))

    def _without_drivers(self) -> Computer:
        return Computer.here(self._places, Machine("", memory=MemoryProbe().now()))

    def _asks_drivers(self, computer: Computer, device: str) -> bool:
        return device not in {CPU, COREML} and len(computer.drivers) > 1 and self._watch.adapters() != ()
