"""Between whoever wants a model loaded and the worker: what does not fit is refused before it is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app import manifest as manifests
from app.errors import DeviceFailed, IndoorsError, InferenceFailed, NotEnoughMemory, WorkerDied
from app.hardware.asking import MachineWatch
from app.hardware.computer import Computer
from app.hardware.devices import AUTO, COREML, CPU
from app.hardware.estimate import on_processor
from app.hardware.looking import Looking
from app.hardware.machine import Machine
from app.hardware.model import ModelDescription, describe
from app.hardware.verdict import State, Verdict
from app.paths import Paths
from app.phrases import Phrase
from app.progress import Progress, silent
from app.worker.client import Measure

NORMAL, STRICT, OFF = "normal", "strict", "off"
LEVELS = (NORMAL, STRICT, OFF)
"""How much is refused: what does not run; also what would run slowly from the disk; nothing."""

_FEW_TOKENS = 16


class LoadGate:
    """Judges each load by the memory that is free at that moment, and learns what it really took.

    Args:
        places: where runtimes and measurements are kept.
        level: gives the guard's level, one of LEVELS.
        watch: tells of the graphics adapters; asked only where a load could be for one.
    """

    def __init__(self, places: Paths, level: Callable[[], str], watch: MachineWatch) -> None:
        self._level = level
        self._looking = Looking(places, watch)
        self._held: dict[str, int] = {}
        self._longest: dict[str, int] = {}
        self._computer = Computer.here(places, Machine(""))

    async def admit(
        self,
        load: Mapping[str, Any],
        loaded: Mapping[str, Any] | None,
        measure: Measure | None,
        progress: Progress = silent,
    ) -> Mapping[str, Any]:
        """Let a load pass, with a device and a context chosen where none was.

        What fits nowhere, however empty the graphics adapters were, is refused at once. Then those are looked
        at, and where devices are to choose from, one that nobody has measured with this model is measured.

        Args:
            load: params of the worker's `load`.
            loaded: those of the model that it takes the place of; None when there is none.
            measure: loads a model and gives the data of `done`, its speed among them; None: that cannot
                be done now.
            progress: hears "survey" while graphics adapters are looked at.

        Raises:
            NotEnoughMemory: the guard refuses it.
            UsageError: the device or the context is not possible.
        """
        model = _described(load)
        if model is None:  # the worker says what is wrong with it
            return load
        unloading = self._held.get(str(loaded["model"]), 0) if loaded else 0
        self._refuse_what_fits_nowhere(model, load, unloading)
        verdict = await self.verdict(model, load, unloading, progress)
        while _automatic(load) and measure is not None and self._unmeasured(model, verdict):
            await self._try(self._passed(load, verdict), measure)
            unloading = self._held.get(str(load["model"]), unloading)
            verdict = await self.verdict(model, load, unloading, progress)
        return self._passed(load, verdict)

    async def verdict(
        self, model: ModelDescription, load: Mapping[str, Any], unloading: int, progress: Progress = silent
    ) -> Verdict:
        """What the fit says of a load at this moment."""
        self._computer = await self._looking.now(_device(load), progress)
        return _judged(self._computer, model, load, unloading)

    def held(self, load: Mapping[str, Any]) -> int:
        """What a load took when it was made; 0 when that is not known."""
        return self._held.get(str(load["model"]), 0)

    def learn(self, load: Mapping[str, Any], done: Mapping[str, Any]) -> None:
        """Remember what a load or an answer took.

        Args:
            load: params of the load.
            done: the data of `done` of the load itself, or of an answer.
        """
        model, peak = _described(load), done.get("peak_memory_bytes")
        if model is None or not isinstance(peak, int):
            return
        folder, device = str(load["model"]), str(done.get("device", CPU))
        self._held[folder] = peak
        records, driver = self._computer.records, self._computer.driver(device)
        if placement := done.get("placement"):
            records.keep_placement(model.id, device, driver, placement)
        usage, timings = done.get("usage"), done.get("timings")
        if not (isinstance(usage, Mapping) and isinstance(timings, Mapping)):
            self._longest[folder] = 0
            return
        tokens = max(self._longest.get(folder, 0), int(usage["input_tokens"]) + int(usage["output_tokens"]))
        self._longest[folder] = tokens
        if device == CPU:
            estimated = on_processor(model, int(load.get("context") or tokens), tokens).total
            records.keep_peak(model.id, device, driver, tokens=tokens, estimated=estimated, peak=peak)
        if usage["output_tokens"] >= _FEW_TOKENS and timings.get("decode_tokens_per_s"):
            records.keep_speed(model.id, device, driver, timings["decode_tokens_per_s"])

    def untried(self, wanted: Mapping[str, Any], load: Mapping[str, Any]) -> bool:
        """Whether a load is for a device that was chosen for it though nobody has tried it with the model.

        Args:
            wanted: params of the worker's `load`.
            load: the same as they passed.
        """
        model = _described(load)
        return model is not None and _automatic(wanted) and self._unknown(model, str(load["device"]))

    def tried(self, load: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
        """Remember what became of a device that was tried.

        Args:
            load: as it passed.
            outcome: the data of `done` of the measured load; or only `failure`, which says why it failed.
        """
        model = _described(load)
        if model is None:
            return
        device = str(load["device"])
        records, driver = self._computer.records, self._computer.driver(device)
        if failure := outcome.get("failure"):
            records.keep_failure(model.id, device, driver, str(failure))
            return
        self._held[str(load["model"])] = int(outcome["peak_memory_bytes"])
        records.keep_speed(model.id, device, driver, float(outcome["tokens_per_s"]))

    def _refuse_what_fits_nowhere(
        self, model: ModelDescription, load: Mapping[str, Any], unloading: int
    ) -> None:
        """Raise NotEnoughMemory by what is known without asking a driver, if that is enough."""
        if (computer := self._looking.at_most(_device(load))) is not None:
            self._passed(load, _judged(computer, model, load, unloading))

    def _passed(self, load: Mapping[str, Any], verdict: Verdict) -> Mapping[str, Any]:
        level = OFF if load.get("unguarded") else self._level()
        if _refused(verdict, level):
            off = Phrase("To try it all the same, switch the memory guard off.")
            raise NotEnoughMemory(
                "{cause}", "{action} {off}", cause=verdict.cause, action=verdict.action, off=off
            )
        device = COREML if load.get("device") == COREML else verdict.device
        passed = {**load, "device": device, "context": load.get("context") or verdict.context}
        return {**passed, **({"unguarded": True} if level == OFF else {})}

    def _unmeasured(self, model: ModelDescription, verdict: Verdict) -> bool:
        """Whether the chosen device is one of several, and nobody knows how fast it is."""
        if verdict.state is State.NOT or verdict.measured:
            return False
        return self._unknown(model, verdict.device)

    def _unknown(self, model: ModelDescription, device: str) -> bool:
        run = self._computer.records.run(model.id, device, self._computer.driver(device))
        return len(self._computer.devices()) > 1 and not run.tokens_per_s and not run.failure

    async def _try(self, load: Mapping[str, Any], measure: Measure) -> None:
        """Measure a device, or remember why it cannot load the model."""
        try:
            self.tried(load, await measure(load))
        except (DeviceFailed, InferenceFailed, WorkerDied) as error:
            self.tried(load, {"failure": error.message})


def _device(load: Mapping[str, Any]) -> str:
    return str(load.get("device") or AUTO)


def _judged(computer: Computer, model: ModelDescription, load: Mapping[str, Any], unloading: int) -> Verdict:
    context = load.get("context") or None
    return computer.judge(model, context=context, device=_device(load), unloading=unloading)


def _refused(verdict: Verdict, level: str) -> bool:
    if level == OFF:
        return False
    return verdict.state is State.NOT or (level == STRICT and verdict.missing > 0)


def _automatic(load: Mapping[str, Any]) -> bool:
    return _device(load) == AUTO


def _described(load: Mapping[str, Any]) -> ModelDescription | None:
    folder = Path(str(load["model"]))
    try:
        manifest = manifests.read(folder) if (folder / manifests.FILE_NAME).is_file() else None
        found = describe(folder, manifest)
    except IndoorsError:
        return None
    return found if found.weight_bytes else None
