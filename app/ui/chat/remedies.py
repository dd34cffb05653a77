"""What can be done with one click when a model could not be loaded."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.errors import (
    IndoorsError,
    InferenceFailed,
    NotEnoughMemory,
    UnsupportedModel,
    WorkerDied,
)
from app.hardware.devices import CPU
from app.library.fitting import Fitting
from app.library.store import InstalledModel, Store
from app.ui.chat.readiness import Failed, Readiness
from app.ui.frame.words import count
from app.ui.notice import Remedy

_OF_LOADS = (InferenceFailed, UnsupportedModel, WorkerDied)  # with NotEnoughMemory and DeviceFailed
_HELPED_BY_LESS = (NotEnoughMemory, WorkerDied)
_USUAL, _SMALLEST = 8192, 2048

Work = Callable[[], Coroutine[Any, Any, None]]


class Remedies:
    """Offers what may help: the same again, the processor, a smaller context, another model, all the same.

    Args:
        readiness: loads the model.
        store: the other models; it remembers the processor for a model.
        fitting: judges the others as things are now.
        switch: lets another model answer in the open conversation.
        run: does what the user asks for, and tells of an error.
    """

    def __init__(
        self,
        readiness: Readiness,
        store: Store,
        fitting: Callable[[], Fitting],
        switch: Callable[[str], Coroutine[Any, Any, None]],
        run: Callable[[Coroutine[Any, Any, Any]], None],
    ) -> None:
        self._readiness = readiness
        self._store = store
        self._fitting = fitting
        self._switch = switch
        self._run = run

    def of(self, error: IndoorsError) -> Iterator[Remedy]:
        """What helps against an error, if it is that of the last load."""
        failed = self._readiness.failed
        if failed is None or failed.error is not error or not isinstance(error, _OF_LOADS):
            return
        for text, work in self._works(failed, error):
            yield text, partial(self._start, work, failed)

    def _works(self, failed: Failed, error: IndoorsError) -> Iterator[tuple[str, Work]]:
        translate, load = QCoreApplication.translate, self._readiness.load_with
        model, params = failed.chosen.id, failed.chosen.load
        yield translate("Remedies", "Try again"), lambda: load(model)
        if params.get("device") != CPU:
            yield translate("Remedies", "Use the processor"), lambda: self._on_the_processor(model)
        context = int(params.get("context") or _USUAL)
        smaller = max(_SMALLEST, context // 2)
        if smaller < context and isinstance(error, _HELPED_BY_LESS):
            text = translate("Remedies", "Use a context of {tokens}").format(tokens=count(smaller))
            yield text, lambda: load(model, context=smaller)
        if (other := self._other(model)) is not None:
            text = translate("Remedies", "Use {model}").format(model=other.manifest.name or other.manifest.id)
            yield text, lambda: self._switch(other.manifest.id)
        if isinstance(error, NotEnoughMemory) and not params.get("unguarded"):
            yield translate("Remedies", "Try anyway"), lambda: load(model, unguarded=True)

    def _other(self, model: str) -> InstalledModel | None:
        others = [each for each in self._store.models() if each.manifest.id != model]
        return self._fitting().largest_that_runs_well(others)

    async def _on_the_processor(self, model: str) -> None:
        self._store.devices.choose(model, CPU)
        await self._readiness.load_with(model)

    def _start(self, work: Work, failed: Failed) -> None:
        async def done() -> None:
            await work()
            if failed.again is not None:
                await failed.again()

        self._run(done())
