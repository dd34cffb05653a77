"""Verdicts on what is installed, looked up in files: for a thread of its own, without anything of Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.errors import IndoorsError
from app.hardware.computer import Computer
from app.hardware.model import describe
from app.hardware.verdict import Verdict
from app.library.store import InstalledModel, State, Store


@dataclass(frozen=True)
class Wanted:
    """What the verdicts are about.

    Attributes:
        context: tokens.
        device: for models that nobody chose one for.
        unloading: gives the bytes that the model loaded now gives back.
    """

    context: int
    device: str
    unloading: Callable[[], int]


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


def judge_models(store: Store, computer: Computer, wanted: Wanted) -> list[Judgement]:
    """Judge every model that can be used."""
    offered, unloading = ("", "auto", *computer.devices()), wanted.unloading()
    found = []
    for model in store.models():
        if model.state is State.READY:
            chosen = store.devices.of(model.manifest.id)
            verdict = _verdict(model, computer, wanted, chosen, unloading)
            devices = offered if chosen in offered else (*offered, chosen)
            found.append(Judgement(model, verdict, devices, chosen))
    return found


def _verdict(
    model: InstalledModel, computer: Computer, wanted: Wanted, chosen: str, unloading: int
) -> Verdict | None:
    try:
        found = describe(model.folder, model.manifest)
        return computer.judge(
            found,
            context=min(wanted.context, found.longest or wanted.context) or None,
            device=chosen or wanted.device,
            unloading=unloading,
        )
    except IndoorsError:  # a damaged config.json: the models pane tells of it
        return None
