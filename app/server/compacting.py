"""The route of /v1/responses/compact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from app.respond.compaction import INSTRUCTIONS, compaction_item
from app.server.answering import Answering
from app.server.bodies import read_json
from app.server.preparing import prepare
from app.server.service import Service
from app.server.streams import WhileConnected, whole

_KEPT = ("model", "input", "previous_response_id", "prompt_cache_key")


class Compacting:
    """The route.

    Args:
        service: what the routes share.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        """All of them."""
        return [Route("/v1/responses/compact", self.compact, methods=["POST"])]

    async def compact(self, request: Request) -> WhileConnected:
        """The conversation as one item, which the model itself writes."""
        body = await read_json(request)
        asked = {key: body[key] for key in _KEPT if key in body}
        prepared = await prepare(self._service, {**asked, "instructions": INSTRUCTIONS, "store": False})

        async def result() -> Mapping[str, Any]:
            response = await Answering(self._service, prepared).result()
            texts = [item["content"] for item in response["output"] if item["type"] == "message"]
            summary = "".join(part["text"] for parts in texts for part in parts)
            return {
                "id": response["id"],
                "object": "response.compaction",
                "created_at": response["created_at"],
                "output": [compaction_item(summary)],
                "usage": response["usage"],
            }

        return whole(result)
