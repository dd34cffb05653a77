"""What can be done with one click when a model could not be loaded."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.errors import DeviceFailed, IndoorsError, NotEnoughMemory, UnsupportedModel, WorkerDied
from app.hardware.devices import CPU
from app.library.device_choices import DeviceChoices
from app.ui.chat.readiness import Readiness
from app.ui.frame.words import count

Remedy = tuple[str, Callable[[], None]]
"""What a button says, and what it does."""

_HELPED_BY_THE_PROCESSOR = (DeviceFailed, NotEnoughMemory, UnsupportedModel, WorkerDied)
_HELPED_BY_LESS = (NotEnoughMemory, WorkerDied)
_USUAL, _SMALLEST = 8192, 2048


class Remedies:
    """Offers the processor, and a smaller context.

    Args:
        readiness: loads the model.
        devices: remembers the processor for the model.
        run: does what the user asks for, and tells of an error.
    """

    def __init__(
        self,
        readiness: Readiness,
        devices: DeviceChoices,
        run: Callable[[Coroutine[Any, Any, Any]], None],
    ) -> None:
        self._readiness = readiness
        self._devices = devices
        self._run = run

    def of(self, error: IndoorsError) -> Iterator[Remedy]:
        """What helps against an error, if it is that of the last load."""
        translate, failed = QCoreApplication.translate, self._readiness.failed
        if failed is None or failed.error is not error:
            return
        model, load = failed.chosen.id, failed.chosen.load
        if load.get("device") != CPU and isinstance(error, _HELPED_BY_THE_PROCESSOR):
            text = translate("Remedies", "Use the processor")
            yield text, lambda: self._run(self._on_the_processor(model))
        smaller = max(_SMALLEST, int(load.get("context") or _USUAL) // 2)
        if smaller < int(load.get("context") or _USUAL) and isinstance(error, _HELPED_BY_LESS):
            text = translate("Remedies", "Use a context of {tokens}").format(tokens=count(smaller))
            yield text, lambda: self._run(self._readiness.load_with(model, smaller))

    async def _on_the_processor(self, model: str) -> None:
        self._devices.choose(model, CPU)
        await self._readiness.prepare(model)
