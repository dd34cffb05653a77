"""Keeps the server on: starts it, answers its questions, and starts it again when its process died."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import Cancelled, IndoorsError, UsageError, WorkerDied
from app.serving.offer import Offer
from app.worker.client import WorkerClient
from app.worker.protocol import ASK, SERVING, Method

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True)
class ServeRequest:
    """How the server is to run; the params of the worker's `serve`.

    Attributes:
        host: the address it listens at.
        port: 0 for any that is free; it keeps the one it got.
        keys: SHA-256 of each key that opens it, in hexadecimal.
        origins: web pages that may use it.
        keep_alive: seconds without a request after which a model is let go; 0: never.
    """

    host: str = "127.0.0.1"
    port: int = 0
    keys: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    keep_alive: int = 0

    def params(self, port: int) -> dict[str, Any]:
        """As the worker wants them.

        Args:
            port: the one it had before, or the one that is wanted.
        """
        return {
            "host": self.host,
            "port": port,
            "keys": list(self.keys),
            "origins": list(self.origins),
            "keep_alive": self.keep_alive,
        }


class Keeper:
    """Keeps the server on.

    Args:
        client: of the worker that serves.
        offer: the models.
        request: how it is to run.
        listening: hears the address whenever the server has started.
        died: hears why the server's process ended; it is started again.
    """

    def __init__(
        self,
        client: WorkerClient,
        offer: Offer,
        request: ServeRequest,
        listening: Callable[[str], None],
        died: Callable[[IndoorsError], None],
    ) -> None:
        self._client = client
        self._offer = offer
        self._request = request
        self._listening = listening
        self._died = died
        self._port = request.port
        self._pause = _FIRST_PAUSE

    async def run(self) -> None:
        """Serve until the task is cancelled.

        Raises:
            UsageError: the address is taken, or needs a key.
        """
        while True:
            try:
                await self._serve()
            except (WorkerDied, Cancelled) as error:
                self._died(error)
            await asyncio.sleep(self._pause)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)

    async def _serve(self) -> None:
        async with self._client.request(Method.SERVE, self._request.params(self._port)) as stream:
            async for event in stream:
                if event.name == ASK:
                    await self._client.call(Method.ANSWER, await self._answer(event.data))
                elif event.name == SERVING:
                    url = str(event.data["url"])
                    self._port = int(url.rpartition(":")[2])
                    self._pause = _FIRST_PAUSE
                    self._listening(url)

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
            load = await self._client.admit_guest(self._offer.load(model))
            return {"id": model.manifest.id, "load": load}
        raise UsageError("The server asks what nobody knows.")
