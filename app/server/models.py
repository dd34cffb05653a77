"""The routes of /v1/models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.errors import HttpRefusal
from app.server.service import Service


class Models:
    """The routes.

    Args:
        service: what they share.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        """All of them; ids of models may contain slashes."""
        return [
            Route("/v1/models", self.list, methods=["GET"]),
            Route("/v1/models/{id:path}", self.retrieve, methods=["GET"]),
        ]

    async def list(self, _: Request) -> Response:
        """Every model that can be asked."""
        models = await self._service.models()
        return JSONResponse({"object": "list", "data": [self._told(model) for model in models]})

    async def retrieve(self, request: Request) -> Response:
        """One model."""
        wanted = request.path_params["id"]
        for model in await self._service.models():
            if model["id"] == wanted:
                return JSONResponse(self._told(model))
        raise HttpRefusal(
            "There is no model {model}.",
            "See the list of models.",
            status=404,
            kind="model_not_found",
            param="model",
            model=repr(wanted[:100]),
        )

    def _told(self, model: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "id": model["id"],
            "object": "model",
            "created": model["created"],
            "owned_by": model["publisher"] or "local",
            "name": model["name"],
            "context_length": model["context_length"],
            "max_model_len": model["context_length"],
            "capabilities": {
                "responses": True,
                "chat_completions": True,
                "streaming": True,
                "function_calling": True,
                "structured_output": True,
                "reasoning": model["reasoning"],
                "vision": False,
            },
        }
