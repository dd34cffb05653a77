"""Asks a child process about this computer: a driver's fault ends the child and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

import psutil

from app import paths, runtimes
from app.hardware.devices import GRAPHICS
from app.hardware.machine import Adapter, Machine, Unknown
from app.hardware.probes.memory import MemoryProbe
from app.hardware.probes.nodes import may_have_graphics
from app.hardware.probes.power import PowerProbe
from app.hardware.probes.processor import ProcessorProbe
from app.hardware.records import Records
from app.hardware.survey import graphics_probes, probes_here, survey
from app.paths import Paths
from app.phrases import Phrase
from app.process.client import common_options
from app.process.once import output_of

_PATIENCE_SECONDS = 4.0
_FRESH_SECONDS = 10.0


async def ask_machine(places: Paths, command: Sequence[str] | None = None) -> Machine:
    """What this computer has.

    Args:
        places: the app's directories.
        command: how to start the child; None for this same program.

    Returns:
        What was found; when the child fails, what needs no driver, and that the rest is unknown.
    """
    line = [*(command or paths.command("read-hardware")), *common_options(places.home, debug=False)]
    try:
        return Machine.from_json(json.loads(await output_of(line, _PATIENCE_SECONDS)))
    except TimeoutError:
        return _without_drivers(Phrase("Looking for them took too long."))
    except (OSError, ValueError, KeyError, TypeError) as error:
        return _without_drivers(Phrase.of("Looking for them failed: {error}", error=error))


class MachineWatch:
    """Knows the computer, and asks again when what it knows is old.

    Args:
        places: as in `ask_machine`.
    """

    def __init__(self, places: Paths) -> None:
        self._places = places
        self._known: Machine | None = None
        self._asked_at = 0.0
        self._asking = asyncio.Lock()

    async def machine(self, age: float = _FRESH_SECONDS) -> Machine:
        """The computer, as it was so many seconds ago at most."""
        async with self._asking:
            if self._known is None or monotonic() - self._asked_at > age:
                self._known = await ask_machine(self._places)
                self._asked_at = monotonic()
            return self._known

    async def look(self) -> bool:
        """Have the graphics adapters looked at, where there may be some that a runtime computes on.

        Returns:
            Whether there may be some.
        """
        roads = [runtimes.named(road) for road in GRAPHICS]
        worth = any(runtimes.find(self._places, road).usable for road in roads) and may_have_graphics()
        if worth:
            await self.machine()
        return worth

    def adapters(self) -> tuple[Adapter, ...] | None:
        """The graphics adapters, without asking for them: as they were found last.

        What is free on them may be otherwise by now. None where nobody looked since the system started.
        """
        return Records(self._places.measurements).adapters(psutil.boot_time()) if may_have_graphics() else ()


def answer_for(places: Paths) -> bytes:
    """What the child prints: the computer as JSON."""
    records = Records(places.measurements)
    known = records.bandwidth
    machine = survey(probes_here(places.models, known))
    graphics = [probe.topic for probe in graphics_probes()]
    if all(gap.topic not in graphics for gap in machine.unknown):
        records.keep_adapters(psutil.boot_time(), machine.adapters)
    if known is None and machine.processor is not None and machine.processor.bandwidth:
        records.keep_bandwidth(machine.processor.bandwidth)
    return json.dumps(machine.to_json()).encode()


def _without_drivers(reason: Phrase) -> Machine:
    machine = survey([ProcessorProbe(), MemoryProbe(), PowerProbe()])
    gap = Unknown(Phrase("Graphics adapters and disk"), reason)
    return replace(machine, unknown=(*machine.unknown, gap))
