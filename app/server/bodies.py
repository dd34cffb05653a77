"""Reads a request's body: bounded in bytes, in time and in depth."""

from __future__ import annotations

import asyncio
import json
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect, Request

from app.errors import Cancelled, HttpRefusal

MOST_BYTES = 32 << 20
_DEEPEST = 64
_PATIENCE_SECONDS = 30.0


async def read_json(request: Request, patience: float = _PATIENCE_SECONDS) -> dict[str, Any]:
    """The body as a JSON object.

    Args:
        request: the request.
        patience: seconds the whole body may take.

    Raises:
        HttpRefusal: it is too large, too slow, too deep, or no JSON object.
        Cancelled: the client has gone.
    """
    try:
        async with asyncio.timeout(patience):
            raw = await _read(request)
    except TimeoutError as error:
        raise HttpRefusal("The body did not arrive in time.", status=408, kind="timeout") from error
    except ClientDisconnect as error:
        raise Cancelled("The client has gone.") from error
    return parse(raw)


async def _read(request: Request) -> bytes:
    if int(request.headers.get("content-length", "0") or 0) > MOST_BYTES:
        raise _too_large()
    body = bytearray()
    async for block in request.stream():
        body += block
        if len(body) > MOST_BYTES:
            raise _too_large()
    return bytes(body)


def parse(raw: bytes) -> dict[str, Any]:
    """Read a JSON object that can also be written again.

    Raises:
        HttpRefusal: it is none.
    """
    try:
        content = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode(
            "utf-8"
        )  # no lone surrogate, no 1e999
    except (ValueError, RecursionError) as error:
        raise _no_json("The body is not valid JSON.") from error
    if not isinstance(content, dict):
        raise _no_json("The body must be a JSON object.")
    if _is_deep(content):
        raise _no_json("The body is nested too deeply.")
    return content


def _is_deep(content: object) -> bool:
    """Whether objects and lists lie in one another more than `_DEEPEST` times."""
    level: list[object] = [content]
    for _ in range(_DEEPEST):
        children: list[object] = []
        for value in level:
            children += (
                value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            )
        if not (level := children):
            return False
    return True


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _too_large() -> HttpRefusal:
    return HttpRefusal(
        "The body has more than {limit} bytes.",
        "Send less at once.",
        status=413,
        kind="request_too_large",
        limit=MOST_BYTES,
    )


def _no_json(message: str) -> HttpRefusal:
    return HttpRefusal(message, "Correct the request.", kind="invalid_json")
