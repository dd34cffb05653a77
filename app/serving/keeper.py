"""Keeps the server on: starts it, answers its questions, and starts it again when its process died."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from app.errors import Cancelled, IndoorsError, ModelNotFound, UsageError, WorkerDied
from app.process.messages import Event
from app.process.stream import EventStream
from app.serving.offer import Offer
from app.worker.client import WorkerClient
from app.worker.protocol import ANSWERED, ASK, REQUEST, SERVING, Method

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True)
class ServeRequest:
    """How the server is to run; the params of the worker's `serve`.

    Attributes:
        host: the address it listens at.
        port: 0 for any that is free; it keeps the one it got.
        keys: SHA-256 of each key that opens it, in hexadecimal.
        origins: web pages that may use it.
        model: the id of the model that answers where a request names none; empty: such a request is refused.
        keep_alive: seconds without a request after which a model is let go; 0: never.
        rate_limit: requests a minute of each key, or of each address where there is no key; 0: no limit.
        watch: tell of each request.
        device: a worker that is started for it has the runtime for that; the keeper says which.
    """

    host: str = "127.0.0.1"
    port: int = 0
    keys: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    model: str = ""
    keep_alive: int = 0
    rate_limit: int = 0
    watch: bool = False
    device: str = ""

    def params(self) -> dict[str, Any]:
        """As the worker wants them."""
        return {
            "host": self.host,
            "port": self.port,
            "keys": list(self.keys),
            "origins": list(self.origins),
            "model": self.model,
            "keep_alive": self.keep_alive,
            "rate_limit": self.rate_limit,
            "watch": self.watch,
            "device": self.device,
        }


@dataclass(frozen=True)
class Hearers:
    """Who hears what of the server.

    Attributes:
        listening: the address, whenever the server has started.
        died: why the server's process ended; it is started again.
        request: of each request, where the server watches them.
    """

    listening: Callable[[str], None]
    died: Callable[[IndoorsError], None]
    request: Callable[[Mapping[str, Any]], None] = lambda _: None


class Keeper:
    """Keeps the server on.

    Args:
        client: of the worker that serves.
        offer: the models.
        request: how it is to run.
        hearers: who hears of it.
    """

    def __init__(self, client: WorkerClient, offer: Offer, request: ServeRequest, hearers: Hearers) -> None:
        self._client = client
        self._offer = offer
        self._request = request
        self._hearers = hearers
        self._pause = _FIRST_PAUSE
        self._stream: EventStream | None = None
        self._trial: Mapping[str, Any] | None = None
        self._unwanted = asyncio.Event()

    async def run(self) -> None:
        """Serve until `stop`, or until the task is cancelled.

        Raises:
            UsageError: the address is taken, or needs a key.
            DeviceFailed: the runtime that the device needs is not there.
        """
        while not self._unwanted.is_set():
            try:
                await self._choose_device()
                await self._serve()
            except (WorkerDied, Cancelled) as error:
                if self._trial is not None and isinstance(error, WorkerDied):
                    self._note_trial(self._trial, {"failure": error.message})
                if not self._unwanted.is_set():
                    self._hearers.died(error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._unwanted.wait(), self._pause)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)

    def stop(self) -> None:
        """Let it end; `run` returns once it has."""
        self._unwanted.set()
        if self._stream is not None:
            self._stream.cancel()

    async def replace_keys(self, keys: tuple[str, ...]) -> None:
        """Let other keys open it, from the next request on.

        Args:
            keys: SHA-256 of each, in hexadecimal.
        """
        self._request = replace(self._request, keys=keys)
        with suppress(WorkerDied, Cancelled):  # then it is started with them
            await self._client.call(Method.KEYS, {"keys": list(keys)})

    async def _choose_device(self) -> None:
        """A worker that is started for it has what the likeliest model computes with."""
        with suppress(ModelNotFound):
            load = self._offer.load(self._offer.find(self._request.model or self._offer.usual))
            self._request = replace(self._request, device=await self._client.device_now(load))

    async def _serve(self) -> None:
        async with self._client.request(Method.SERVE, self._request.params()) as stream:
            self._stream = stream
            async for event in stream:
                await self._hear(event)

    async def _hear(self, event: Event) -> None:
        if event.name == ASK:
            await self._client.call(Method.ANSWER, await self._answer(event.data))
        elif event.name == ANSWERED:
            self._client.learn(event.data["load"], event.data)
        elif event.name == REQUEST:
            self._hearers.request(event.data)
        elif event.name == SERVING:
            url = str(event.data["url"])
            self._request = replace(self._request, port=int(url.rpartition(":")[2]))
            self._pause = _FIRST_PAUSE
            self._hearers.listening(url)

    async def _answer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = {"ticket": asked["ticket"]}
        try:
            return answer | {"data": await self._found(asked)}
        except IndoorsError as error:
            return answer | {"error": error.to_json()}
        except Exception as error:
            _LOG.exception("a question of the server failed")
            return answer | {"error": UsageError("{reason}", reason=error).to_json()}

    async def _found(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        if asked["question"] == "models":
            return {"models": self._offer.models()}
        if asked["question"] == "load":
            model = self._offer.find(str(asked.get("model") or ""))
            if isinstance(tried := asked.get("tried"), Mapping):
                self._note_trial(tried["load"], tried)
            wanted = self._offer.load(model)
            load = await self._client.admit_guest(wanted)
            untried = self._client.untried(wanted, load)
            self._trial = load if untried and asked.get("trying") else self._trial
            return {"id": model.manifest.id, "load": load, "untried": untried}
        raise UsageError("The server asks what nobody knows.")

    def _note_trial(self, load: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
        """What became of a device that the server tried; it may have been the end of its process."""
        self._client.tried(load, outcome)
        self._trial = None
