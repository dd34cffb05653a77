"""What the routes share: the worker's queue, the models, the stored responses, what is being answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.errors import HttpRefusal
from app.respond.fields import Fields
from app.server.live import Jobs, Live
from app.server.options import ServerOptions
from app.server.owner import Owner
from app.server.rates import Rates
from app.server.record import Record
from app.server.shelf import Shelf

_REMEMBER_SECONDS = 2.0


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
    _models: tuple[float, Sequence[Mapping[str, Any]]] = (float("-inf"), ())

    async def models(self) -> Sequence[Mapping[str, Any]]:
        """Every model that can be asked: `id`, `name`, `created`, `context_length` and what else is known."""
        asked_at, known = self._models
        if time.monotonic() - asked_at > _REMEMBER_SECONDS:
            known = (await self.owner.ask("models"))["models"]
            self._models = (time.monotonic(), known)
        return known

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

        Args:
            model: as the request names it.

        Raises:
            ModelNotFound: there is none such.
            NotEnoughMemory: the memory guard refuses it.
        """
        self.used_at = time.monotonic()
        found: Mapping[str, Any] = await self.owner.ask("load", model=model)
        return found

    def follow(self, method: Any, params: Mapping[str, Any]) -> Live:
        """Put a request into the worker's queue.

        Raises:
            QueueFull: too many wait already.
        """
        self.used_at = time.monotonic()
        return Live(self.jobs, method, params)
