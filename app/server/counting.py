"""The route of /v1/responses/input_tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from app.server.bodies import read_json
from app.server.preparing import prepare
from app.server.service import Service
from app.server.streams import WhileConnected, whole
from app.worker.protocol import Method


class Counting:
    """The route.

    Args:
        service: what the routes share.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        """All of them."""
        return [Route("/v1/responses/input_tokens", self.count, methods=["POST"])]

    async def count(self, request: Request) -> WhileConnected:
        """How many tokens a request has, rendered as the model would read it."""
        prepared = await prepare(self._service, await read_json(request))

        async def result() -> Mapping[str, Any]:
            rendered = await self._service.follow(Method.RENDER, prepared.params).result()
            return {"object": "response.input_tokens", "input_tokens": len(rendered["token_ids"])}

        return whole(result)
