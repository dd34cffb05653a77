"""The route of /v1/chat/completions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from app.respond.fields import Fields
from app.server.answering import Answering
from app.server.bodies import read_json
from app.server.chat.chunks import ChunkWriter, failure_chunk
from app.server.chat.completion import completion
from app.server.chat.request import responses_body
from app.server.preparing import prepare
from app.server.service import Service
from app.server.streams import WhileConnected, streamed, whole


class Chat:
    """The route.

    Args:
        service: what the routes share.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        """All of them."""
        return [Route("/v1/chat/completions", self.create, methods=["POST"])]

    async def create(self, request: Request) -> WhileConnected:
        """Answer, as a stream or whole."""
        fields = Fields(await read_json(request))
        streams = fields.flag("stream")
        include_usage = fields.inner("stream_options").flag("include_usage") or False
        prepared = await prepare(self._service, responses_body(fields.values))

        async def result() -> Mapping[str, Any]:
            return completion(await Answering(self._service, prepared).result())

        if not streams:
            return whole(result)
        writer = ChunkWriter(include_usage=include_usage)
        return streamed(Answering(self._service, prepared).events(), writer.write, failure_chunk)
