"""Verdicts on what is installed, looked up in files: for a thread of its own, without anything of Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import IndoorsError
from app.hardware.computer import Computer
from app.hardware.model import describe
from app.hardware.verdict import Verdict
from app.library.could_be_got import can_be_got
from app.library.fitting import Fitting
from app.library.store import InstalledModel, State, Store


@dataclass(frozen=True)
class Judgement:
    """One installed model.

    Attributes:
        model: which.
        verdict: whether it runs; None where its files do not tell.
        devices: that can be chosen for it; the first stands for the setting.
        chosen: which of them is.
    """

    model: InstalledModel
    verdict: Verdict | None
    devices: tuple[str, ...]
    chosen: str


def judge_models(store: Store, computer: Computer, fit: Callable[[], Fitting]) -> list[Judgement]:
    """Judge every model that can be used.

    Args:
        store: what is installed.
        computer: tells which devices there are.
        fit: gives what judges.
    """
    offered, fitting = ("", "auto", *computer.devices()), fit()
    found = []
    for model in store.models():
        if model.state is State.READY:
            chosen = store.devices.of(model.manifest.id)
            devices = offered if chosen in offered else (*offered, chosen)
            found.append(Judgement(model, _verdict(model, fitting), devices, chosen))
    return found


def judge_catalogue(fit: Callable[[], Fitting]) -> dict[str, Verdict]:
    """Judge every model that could be got, by "ENTRY/VARIANT"."""
    fitting = fit()
    return {model.id: fitting.of_described(model) for model in can_be_got()}


def _verdict(model: InstalledModel, fitting: Fitting) -> Verdict | None:
    try:
        return fitting.of_described(describe(model.folder, model.manifest))
    except IndoorsError:  # a damaged config.json: the models pane tells of it
        return None
