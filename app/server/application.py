"""The ASGI application: the guard around the routes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app import __version__
from app.errors import IndoorsError
from app.server.chat.routes import Chat
from app.server.compacting import Compacting
from app.server.counting import Counting
from app.server.guard import Guard
from app.server.models import Models
from app.server.problems import Problem, problem_of, unexpected
from app.server.responses import Responses
from app.server.service import Service
from app.server.socket import Sockets

_LOG = logging.getLogger(__name__)
_CODES = {404: "not_found", 405: "method_not_allowed"}


def build(service: Service) -> Guard:
    """Make the application.

    Args:
        service: what the routes share.
    """
    routes = [
        Route("/health", _health, methods=["GET"]),
        Route("/openapi.json", _describing(service), methods=["GET"]),
        *Counting(service).routes(),
        *Compacting(service).routes(),
        *Responses(service).routes(),
        *Sockets(service).routes(),
        *Chat(service).routes(),
        *Models(service).routes(),
    ]
    handlers = {IndoorsError: _refused, HTTPException: _unknown, Exception: _failed}
    application = Starlette(routes=routes, exception_handlers=handlers)
    application.router.redirect_slashes = False
    return Guard(application, service.options, service.rates)


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok", "version": __version__})


def _describing(service: Service) -> Callable[[Request], Awaitable[Response]]:
    async def describe(_: Request) -> Response:
        models = tuple(str(model["id"]) for model in await service.models())
        return JSONResponse(await asyncio.to_thread(_document, models))

    return describe


@lru_cache(maxsize=1)
def _document(models: tuple[str, ...]) -> dict[str, Any]:
    from app.server.openapi import document  # pydantic and all schemas: a fifth of a second, for few

    return document(models)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, IndoorsError)
    response = problem_of(error).response()
    if response.status_code in {408, 413}:  # what is left of the body is not read
        response.headers["Connection"] = "close"
    return response


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = f"There is no {request.method} {request.url.path[:200]}."
    problem = Problem(error.status_code, _CODES.get(error.status_code, "http_error"), message)
    response = problem.response()
    response.headers.update(error.headers or {})
    return response


async def _failed(_: Request, error: Exception) -> Response:
    _LOG.error("a request failed", exc_info=error)
    return unexpected(type(error).__name__).response()
