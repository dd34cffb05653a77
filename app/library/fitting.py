"""Whether a model runs on this computer: what the hardware's fit says of what is installed or can be got."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.download.protocol import RemoteFile, is_archive
from app.errors import IndoorsError
from app.hardware.asking import MachineWatch
from app.hardware.computer import Computer
from app.hardware.devices import AUTO
from app.hardware.machine import Machine
from app.hardware.model import ModelDescription, describe, from_settings
from app.hardware.probes.memory import MemoryProbe
from app.hardware.verdict import State as Judged
from app.hardware.verdict import Verdict
from app.library.choosing import Choice
from app.library.entries import Entry, Variant
from app.library.installed import InstalledModel, State
from app.library.loading import Loading
from app.paths import Paths

_WEIGHTS = "weights.bin"


class Fitting:
    """Judges models by one look at the memory.

    Args:
        computer: this one.
        loading: on which device and with how much context models are loaded; None: as suits them best.
        unloading: bytes that the model loaded now gives back before another is loaded.
    """

    def __init__(self, computer: Computer, loading: Loading | None = None, unloading: int = 0) -> None:
        self._computer = computer
        self._loading = loading
        self._unloading = unloading

    @classmethod
    def now(cls, places: Paths, loading: Loading, unloading: int = 0) -> Fitting:
        """By the memory that is free at this moment, and the graphics adapters as they were found last."""
        adapters = MachineWatch(places).adapters() or ()
        machine = Machine("", memory=MemoryProbe().now(), adapters=adapters)
        return cls(Computer.here(places, machine), loading, unloading)

    @classmethod
    async def looked(cls, places: Paths, loading: Loading) -> Fitting:
        """The same, after the adapters were looked at where a model could be loaded on one."""
        await MachineWatch(places).look()
        return cls.now(places, loading)

    def of_model(self, model: InstalledModel) -> Verdict | None:
        """Whether an installed model runs; None where its own files do not tell enough."""
        try:
            described = describe(model.folder, model.manifest)
        except IndoorsError:
            return None
        return self._judge(described)

    def of_variant(self, entry: Entry, variant: Variant) -> Verdict | None:
        """Whether a variant of the catalogue would run; None while its size is not known."""
        return self._judge(describe_variant(entry, variant))

    def of_choice(self, choice: Choice, name: str) -> Verdict | None:
        """Whether a model in a repository would run; None while its size is not known."""
        return self._judge(describe_choice(choice, name))

    def largest_that_runs_well(self, models: Iterable[InstalledModel]) -> InstalledModel | None:
        """Of some installed models, the one with most weights that runs well here; None where none does."""
        usable = [model for model in models if model.state is State.READY]
        judged = [(model, self.of_model(model)) for model in usable]
        well = [model for model, verdict in judged if verdict and verdict.state is Judged.WELL]
        return max(well, key=lambda model: model.manifest.bytes, default=None)

    def of_described(
        self, model: ModelDescription, device: str | None = None, context: int | None = None
    ) -> Verdict:
        """Whether a model runs.

        Args:
            model: which.
            device: to judge by in place of the one that it is loaded on.
            context: in tokens, in place of what it is loaded with.

        Raises:
            UsageError: there is no such device, or the model was not made for such a context.
        """
        if self._loading is not None:
            device = device or self._loading.device(model.id)
            context = context or self._loading.context(model.longest)
        return self._computer.judge(model, context=context, device=device or AUTO, unloading=self._unloading)

    def _judge(self, model: ModelDescription) -> Verdict | None:
        return self.of_described(model) if model.weight_bytes else None


def describe_variant(entry: Entry, variant: Variant) -> ModelDescription:
    """A variant of the catalogue as the fit sees it, with no weights while its size is not known."""
    found = from_settings(
        model_id=f"{entry.id}/{variant.id}",
        sizes=_sizes(variant.files, variant.known_bytes),
        config=entry.config or {},
        genai={},
        quantization=variant.quantization,
        longest=entry.context_length or 0,
    )
    return replace(found, name=entry.name)


def describe_choice(choice: Choice, name: str) -> ModelDescription:
    """A model in a repository as the fit sees it, with no weights while its size is not known."""
    sizes = _sizes(choice.files, choice.bytes)
    return from_settings(name, sizes, {}, {}, quantization=choice.quantization)


def _sizes(files: Iterable[RemoteFile], known: int | None) -> dict[str, int]:
    """Sizes of files by name; an archive counts as weights only where nobody says what is in it."""
    sizes = {file.path: file.bytes for file in files if file.bytes and not is_archive(file.path)}
    if not known:
        return {}
    return sizes or {_WEIGHTS: known}
