"""What the routes share: the worker's queue, the models, the stored responses, what is being answered."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.errors import DeviceFailed, HttpRefusal, InferenceFailed
from app.respond.fields import Fields
from app.server.live import Jobs, Live
from app.server.options import ServerOptions
from app.server.owner import Owner
from app.server.rates import Rates
from app.server.record import Record
from app.server.shelf import Shelf
from app.worker.protocol import Method

_LOG = logging.getLogger(__name__)
_FRESH_SECONDS = 2.0
_KNOWN_SECONDS = 10.0


class Answer(Protocol):
    """A response that is being given."""

    @property
    def value(self) -> Mapping[str, Any]:
        """The response object as it was last told."""

    @property
    def record(self) -> Record:
        """What was told so far."""

    async def cancel(self) -> Mapping[str, Any]:
        """Stop it; gives the response object at its end."""


@dataclass
class Service:
    """What the routes share.

    Attributes:
        options: of the server.
        jobs: the worker's queue.
        owner: knows the models.
        shelf: the stored responses.
        rates: how many requests each caller may make.
        answers: what is being answered now, by the response's id.
        tasks: those that give answers which nobody has to wait for.
        used_at: when a model was last asked for something, on the monotonic clock.
    """

    options: ServerOptions
    jobs: Jobs
    owner: Owner
    shelf: Shelf
    rates: Rates
    answers: dict[str, Answer] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    used_at: float = field(default_factory=time.monotonic)
    _trying: asyncio.Lock = field(default_factory=asyncio.Lock)
    _models: tuple[float, Sequence[Mapping[str, Any]]] = (float("-inf"), ())
    _looking: asyncio.Task[None] | None = None

    async def models(self) -> Sequence[Mapping[str, Any]]:
        """Every model that can be asked: `id`, `name`, `created`, `context_length` and what else is known.

        Whoever asks again soon gets what is known and does not wait for the disk, which is read meanwhile.
        """
        age = time.monotonic() - self._models[0]
        if age > _KNOWN_SECONDS:
            await self._look()
        elif age > _FRESH_SECONDS and self._looking is None:
            self._looking = asyncio.create_task(self._look())
            self._looking.add_done_callback(self._looked)
        return self._models[1]

    async def _look(self) -> None:
        known = (await self.owner.ask("models"))["models"]
        self._models = (time.monotonic(), known)

    def _looked(self, looking: asyncio.Task[None]) -> None:
        self._looking = None
        if not looking.cancelled() and (error := looking.exception()) is not None:
            _LOG.warning("the models could not be listed anew: %s", error)

    def wanted(self, fields: Fields) -> str:
        """The id of the model that a request is for.

        Args:
            fields: of the request.

        Raises:
            HttpRefusal: it names none, and nobody chose one for such requests.
            RequestError: `model` is no text.
        """
        if model := fields.text("model") or self.options.model:
            return model
        raise HttpRefusal(
            "`model` is missing.",
            "Name one of those that /v1/models lists.",
            kind="missing_required_parameter",
            param="model",
        )

    async def loading(self, model: str) -> Mapping[str, Any]:
        """A model's `id`, and how the worker loads it, `load`.

        Where a device was chosen that nobody has tried with the model, it is tried first.

        Args:
            model: as the request names it.

        Raises:
            ModelNotFound: there is none such.
            NotEnoughMemory: the memory guard refuses it.
        """
        self.used_at = time.monotonic()
        found = await self.owner.ask("load", model=model)
        if found.get("untried"):
            async with self._trying:  # whoever comes second finds it tried
                found = await self.owner.ask("load", model=model, trying=True)
                while found.get("untried"):
                    tried = {"load": found["load"], **await self._try(found["load"])}
                    found = await self.owner.ask("load", model=model, trying=True, tried=tried)
        return found

    async def _try(self, load: Mapping[str, Any]) -> Mapping[str, Any]:
        """Load a model and let it write for a moment; gives what `done` says, or the `failure`."""
        try:
            done = await self.follow(Method.LOAD, {**load, "measure": True}).result()
        except (DeviceFailed, InferenceFailed) as error:
            return {"failure": error.message}
        return {name: done[name] for name in ("tokens_per_s", "peak_memory_bytes")}

    def follow(self, method: Any, params: Mapping[str, Any]) -> Live:
        """Put a request into the worker's queue.

        Raises:
            QueueFull: too many wait already.
        """
        self.used_at = time.monotonic()
        return Live(self.jobs, method, params)
