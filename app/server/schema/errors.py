"""Errors."""

from __future__ import annotations

from app.server.schema.base import Strict


class ErrorDetail(Strict):
    """What went wrong."""

    message: str
    type: str
    param: str | None
    code: str


class ErrorBody(Strict):
    """An error as the answer to a request."""

    error: ErrorDetail
