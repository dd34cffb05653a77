"""Errors as the API's clients read them: a status, and `{"error": {message, type, param, code}}`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse

from app.errors import (
    Cancelled,
    ContextExceeded,
    HttpRefusal,
    IndoorsError,
    ModelError,
    ModelNotFound,
    NotEnoughMemory,
    QueueFull,
    RequestError,
    UsageError,
    WorkerDied,
)

_RETRY_SECONDS = "5"
_BUSY = 503
_TOO_MANY = "rate_limit_exceeded"
_GONE = 499  # nginx's: the client closed the request
_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}


@dataclass(frozen=True)
class Problem:
    """What went wrong with a request.

    Attributes:
        status: of HTTP.
        code: what clients look at.
        message: for people.
        param: the field it is about; empty for none.
        headers: besides.
    """

    status: int
    code: str
    message: str
    param: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def value(self) -> dict[str, Any]:
        """The error as the API writes it."""
        fault = "invalid_request_error" if self.status < 500 else "server_error"
        return {
            "message": self.message,
            "type": _TYPES.get(self.status, fault),
            "param": self.param or None,
            "code": self.code,
        }

    def response(self) -> JSONResponse:
        """The error as the answer to a request."""
        return JSONResponse({"error": self.value()}, self.status, dict(self.headers))


def problem_of(error: IndoorsError) -> Problem:
    """How an error of the app is told to a client of the API."""
    message = str(error)
    if isinstance(error, HttpRefusal):
        return Problem(error.status, error.kind, message, error.param)
    if isinstance(error, QueueFull):
        return Problem(429, _TOO_MANY, message, headers={"Retry-After": _RETRY_SECONDS})
    if isinstance(error, ContextExceeded):
        return Problem(400, error.code, message, "input")
    if isinstance(error, RequestError | UsageError):
        return Problem(400, error.code, message, str(error.cause.values.get("name", "")))
    if isinstance(error, ModelNotFound):
        return Problem(404, error.code, message, "model")
    if isinstance(error, NotEnoughMemory | WorkerDied):
        return Problem(_BUSY, error.code, message, headers={"Retry-After": _RETRY_SECONDS})
    if isinstance(error, Cancelled):
        return Problem(_GONE, error.code, message)
    return Problem(500 if not isinstance(error, ModelError) else _BUSY, error.code, message)


def too_many(seconds: float) -> Problem:
    """A caller made more requests a minute than it may.

    Args:
        seconds: until it may come again.
    """
    wait = max(1, math.ceil(seconds))
    message = f"Too many requests came within a minute. Come again in {wait} s."
    return Problem(429, _TOO_MANY, message, headers={"Retry-After": str(wait)})


def unexpected(kind: str) -> Problem:
    """A fault of the server itself; what it was is in the log alone."""
    return Problem(500, "internal_error", f"The server met an unexpected fault: {kind}.")
