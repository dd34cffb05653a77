"""What goes over a child process's pipes: requests and events.

A frame is one JSON object on one line, UTF-8. Requests: `{"id", "method", "params"}`; events:
`{"id", "event", "data"}`. Each request id gets exactly one terminal event, `done` or `error`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from app.errors import IndoorsError, RequestError, from_json
from app.process.frames import HEAD_BYTES, MAX_FRAME_BYTES, Oversized

DONE = "done"
ERROR = "error"
CANCEL = "cancel"
"""The method that every child knows: stop doing the request `target`."""

_ID_LENGTH = 256
_LEADING_ID = re.compile(rb'\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)\s*,')

RequestId = str | int


@dataclass(frozen=True)
class Request:
    """One thing asked of the child."""

    id: RequestId
    method: str
    params: Mapping[str, Any]

    def encode(self) -> bytes:
        """The request as a frame.

        Raises:
            RequestError: JSON cannot say it, or it is larger than a frame may be.
        """
        return encode({"id": self.id, "method": self.method, "params": self.params})


@dataclass(frozen=True)
class Event:
    """One thing the child says about a request; `id` is None where no request could be recognised."""

    id: RequestId | None
    name: str
    data: Mapping[str, Any]

    @property
    def terminal(self) -> bool:
        """Nothing more follows for this id."""
        return self.name in {DONE, ERROR}

    def encode(self) -> bytes:
        """The event as a frame.

        Raises:
            RequestError: JSON cannot say it, or it is larger than a frame may be.
        """
        return encode({"id": self.id, "event": self.name, "data": self.data})


@dataclass(frozen=True)
class Garbage:
    """A line that is no frame: what is wrong with it, and its id where that could be read."""

    reason: str
    id: RequestId | None = None

    def error(self) -> RequestError:
        """The same as an error for the sender."""
        return RequestError(self.reason, 'Send one JSON object a line: {"id", "method", "params"}.')


def encode(content: Mapping[str, Any]) -> bytes:
    """A JSON object as one line, its newline included.

    Raises:
        RequestError: JSON cannot say it, or it is larger than a frame may be.
    """
    try:
        frame = _dump(content, ascii_only=False)
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8 form, but JSON can escape it
        frame = _dump(content, ascii_only=True)
    except (TypeError, ValueError, RecursionError) as error:
        raise RequestError("The message cannot be written as JSON: {error}.", error=error) from error
    if len(frame) > MAX_FRAME_BYTES:
        raise RequestError(
            "The message has {size} bytes; at most {limit} fit in one frame.",
            "Send less at once.",
            size=len(frame),
            limit=MAX_FRAME_BYTES,
        )
    return frame + b"\n"


def _dump(content: Mapping[str, Any], *, ascii_only: bool) -> bytes:
    text = json.dumps(content, ensure_ascii=ascii_only, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def decode_request(line: bytes | Oversized, methods: Collection[str]) -> Request | Garbage:
    """Read a request for one of the known methods from a line."""
    content = _object(line)
    if isinstance(content, Garbage):
        return content
    request_id = _valid_id(content.get("id"))
    if request_id is None:
        return Garbage(f"A request needs an id: a whole number or a text of 1 to {_ID_LENGTH} characters.")
    method, params = content.get("method"), content.get("params", {})
    if not isinstance(method, str) or method not in methods:
        return Garbage(f"There is no method {str(method)[:80]!r}.", request_id)
    if not isinstance(params, dict):
        return Garbage("The params of a request are a JSON object.", request_id)
    return Request(request_id, method, params)


def decode_event(line: bytes | Oversized) -> Event | Garbage:
    """Read an event from a line."""
    content = _object(line)
    if isinstance(content, Garbage):
        return content
    name, data = content.get("event"), content.get("data", {})
    request_id = _valid_id(content.get("id"))
    if not isinstance(name, str) or not isinstance(data, dict):
        return Garbage("The line is no event.", request_id)
    return Event(request_id, name, data)


def _object(line: bytes | Oversized) -> dict[str, Any] | Garbage:
    if isinstance(line, Oversized):
        return Garbage(f"A frame has more than {MAX_FRAME_BYTES:,} bytes.", _leading_id(line.head))
    try:
        content = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return Garbage("A line is not valid JSON.", _leading_id(line[:HEAD_BYTES]))
    return content if isinstance(content, dict) else Garbage("A line is JSON, but no object.")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _valid_id(value: object) -> RequestId | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return value if isinstance(value, str) and 0 < len(value) <= _ID_LENGTH else None


def _leading_id(head: bytes) -> RequestId | None:
    match = _LEADING_ID.match(head)
    if match is None:
        return None
    try:
        return _valid_id(json.loads(match.group(1)))
    except ValueError:
        return None


def error_data(error: IndoorsError) -> dict[str, Any]:
    """An error as the data of an `error` event."""
    return error.to_json()


def error_from(data: Mapping[str, Any]) -> IndoorsError:
    """The error that the data of an `error` event tells of."""
    return from_json(data)
