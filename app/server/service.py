"""What the routes share: the worker's queue, the models, the stored responses, what is being answered."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.errors import HttpRefusal
from app.server.live import Jobs, Live
from app.server.options import ServerOptions
from app.server.owner import Owner
from app.server.rates import Rates
from app.server.shelf import Shelf

_REMEMBER_SECONDS = 2.0


class Answer(Protocol):
    """A response that is being given."""

    @property
    def value(self) -> Mapping[str, Any]:
        """The response object as it was last told."""

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
        used_at: when a model was last asked for something, on the monotonic clock.
    """

    options: ServerOptions
    jobs: Jobs
    owner: Owner
    shelf: Shelf
    rates: Rates
    answers: dict[str, Answer] = field(default_factory=dict)
    used_at: float = field(default_factory=time.monotonic)
    _models: tuple[float, Sequence[Mapping[str, Any]]] = (float("-inf"), ())

    async def models(self) -> Sequence[Mapping[str, Any]]:
        """Every model that can be asked: `id`, `name`, `created`, `context_length` and what else is known."""
        asked_at, known = self._models
        if time.monotonic() - asked_at > _REMEMBER_SECONDS:
            known = (await self.owner.ask("models"))["models"]
            self._models = (time.monotonic(), known)
        return known

    async def loading(self, model: object) -> Mapping[str, Any]:
        """The model of a request: its `id`, and how the worker loads it, `load`.

        Args:
            model: as the request names it; null or empty: the server's own.

        Raises:
            HttpRefusal: it is no name.
            ModelNotFound: there is none such.
            NotEnoughMemory: the memory guard refuses it.
        """
        if model is not None and not isinstance(model, str):
            raise HttpRefusal("`model` must be text.", "Correct the request.", param="model")
        self.used_at = time.monotonic()
        found: Mapping[str, Any] = await self.owner.ask("load", model=model or self.options.model)
        return found

    def follow(self, method: Any, params: Mapping[str, Any]) -> Live:
        """Put a request into the worker's queue.

        Raises:
            QueueFull: too many wait already.
        """
        self.used_at = time.monotonic()
        return Live(self.jobs, method, params)
