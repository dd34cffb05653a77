"""Between whoever wants a model loaded and the worker: what does not fit is refused before it is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app import manifest as manifests
from app.errors import IndoorsError, NotEnoughMemory
from app.hardware.devices import CPU
from app.hardware.estimate import on_processor
from app.hardware.fit import judge
from app.hardware.machine import Machine
from app.hardware.model import ModelDescription, describe
from app.hardware.probes.memory import MemoryProbe
from app.hardware.question import Question
from app.hardware.records import Records, driver_of
from app.hardware.verdict import State, Verdict
from app.phrases import Phrase

NORMAL, STRICT, OFF = "normal", "strict", "off"
LEVELS = (NORMAL, STRICT, OFF)
"""How much is refused: what does not run; also what would run slowly from the disk; nothing."""

_FEW_TOKENS = 16


class LoadGate:
    """Judges each load by the memory that is free at that moment, and learns what it really took.

    Args:
        records: what was measured before.
        level: gives the guard's level, one of LEVELS.
    """

    def __init__(self, records: Records, level: Callable[[], str]) -> None:
        self._records = records
        self._level = level
        self._held: dict[str, int] = {}
        self._longest: dict[str, int] = {}

    def admit(self, load: Mapping[str, Any], loaded: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Let a load pass, with a context chosen where none was.

        Args:
            load: params of the worker's `load`.
            loaded: those of the model that it takes the place of; None when there is none.

        Raises:
            NotEnoughMemory: the guard refuses it.
            UsageError: the device or the context is not possible.
        """
        model = _described(load)
        if model is None:  # the worker says what is wrong with it
            return load
        unloading = self.held(loaded) if loaded else 0
        verdict = self.verdict(model, load, unloading)
        level = self._level()
        if _refused(verdict, level):
            off = Phrase("To try it all the same, switch the memory guard off.")
            raise NotEnoughMemory(
                "{cause}", "{action} {off}", cause=verdict.cause, action=verdict.action, off=off
            )
        context = load.get("context") or verdict.context
        return {**load, "context": context, **({"unguarded": True} if level == OFF else {})}

    def held(self, load: Mapping[str, Any]) -> int:
        """The most memory that the model of a load was seen to take, in bytes; 0 when it was not."""
        return self._held.get(str(load["model"]), 0)

    def verdict(self, model: ModelDescription, load: Mapping[str, Any], unloading: int) -> Verdict:
        """What the fit says of a load at this moment."""
        experience = self._records.experience(model.id, CPU, driver_of(CPU))
        question = Question(
            model,
            context=load.get("context") or None,
            device=str(load.get("device") or "auto"),
            unloading=unloading,
            experience=experience,
        )
        return judge(Machine("", memory=MemoryProbe().now()), question)

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
        usage, timings = done.get("usage"), done.get("timings")
        if not (isinstance(usage, Mapping) and isinstance(timings, Mapping)):
            self._longest[folder] = 0
            return
        tokens = max(self._longest.get(folder, 0), int(usage["input_tokens"]) + int(usage["output_tokens"]))
        self._longest[folder] = tokens
        driver = driver_of(device)
        estimated = on_processor(model, int(load.get("context") or tokens), tokens).total
        self._records.keep_peak(model.id, device, driver, tokens=tokens, estimated=estimated, peak=peak)
        if usage["output_tokens"] >= _FEW_TOKENS and timings.get("decode_tokens_per_s"):
            self._records.keep_speed(model.id, device, driver, timings["decode_tokens_per_s"])


def _refused(verdict: Verdict, level: str) -> bool:
    if level == OFF:
        return False
    return verdict.state is State.NOT or (level == STRICT and verdict.missing > 0)


def _described(load: Mapping[str, Any]) -> ModelDescription | None:
    folder = Path(str(load["model"]))
    try:
        manifest = manifests.read(folder) if (folder / manifests.FILE_NAME).is_file() else None
        found = describe(folder, manifest)
    except IndoorsError:
        return None
    return found if found.weight_bytes else None
