"""A model's messages become the Responses API's events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.engine.channels import MessageEnded, MessageStarted, ParserEvent, TextDelta
from app.errors import IndoorsError
from app.respond.items import Body, Item, item_for
from app.respond.request import ResponseRequest
from app.respond.response import ResponseObject, Usage

Emit = Callable[[str, Mapping[str, Any]], None]
"""Takes an event's type and the event."""


class ResponseWriter:
    """Writes the events of one response, in order, numbered from 0 without gaps.

    An item begins with its first text, so that messages without any leave no trace; a tool call begins at
    once, for it may have no arguments.

    Args:
        request: what was asked.
        model: the model's id.
        emit: takes the events.
        clock: seconds since 1970.
    """

    def __init__(
        self, request: ResponseRequest, model: str, emit: Emit, clock: Callable[[], float] = time.time
    ) -> None:
        self._response = ResponseObject(request, model, int(clock()))
        self._toolbox = request.toolbox
        self._emit = emit
        self._clock = clock
        self._number = 0
        self._items: list[Item] = []
        self._announced: MessageStarted | None = None
        self._open: Item | None = None

    def start(self) -> None:
        """Say that the response exists and is being worked on."""
        self._whole("response.created")
        self.in_progress()

    def in_progress(self) -> None:
        """Say again that it is being worked on, so that nobody who waits gives up."""
        self._whole("response.in_progress")

    def take(self, events: Iterable[ParserEvent]) -> None:
        """Tell of what the model said."""
        for event in events:
            if isinstance(event, MessageStarted):
                self._announce(event)
            elif isinstance(event, TextDelta):
                self._grow(event.text)
            else:
                self._close(event)

    def complete(self, usage: Usage) -> None:
        """End it well."""
        self._end("completed", usage)

    def cut(self, reason: str, usage: Usage) -> None:
        """End it before the model did: "max_output_tokens" or "cancelled"."""
        self._response.incomplete_reason = reason
        self._end("incomplete", usage)

    def fail(self, error: IndoorsError, usage: Usage) -> None:
        """End it because something broke."""
        self._response.error = {"code": error.code, "message": error.message}
        self._end("failed", usage)

    def _announce(self, started: MessageStarted) -> None:
        self._announced = started
        if started.recipient:
            self._begin()

    def _begin(self) -> None:
        if self._announced is None:
            return
        self._open = item_for(self._announced, len(self._items), self._toolbox)
        self._announced = None
        self._items.append(self._open)
        self._say(self._open.opened())

    def _grow(self, text: str) -> None:
        self._begin()
        if self._open is not None:
            self._say(self._open.grown(text))

    def _close(self, ended: MessageEnded) -> None:
        self._announced = None
        if self._open is not None:
            self._say(self._open.closed(complete=ended.complete))
            self._open = None

    def _end(self, status: str, usage: Usage) -> None:
        self._close(MessageEnded(complete=False))
        self._response.status = status
        self._response.usage = usage
        self._response.completed_at = int(self._clock()) if status == "completed" else None
        self._whole(f"response.{status}")

    def _whole(self, kind: str) -> None:
        output = [item.value() for item in self._items]
        self._say([{"type": kind, "response": self._response.value(output)}])

    def _say(self, bodies: Iterable[Body]) -> None:
        for body in bodies:
            self._emit(body["type"], {**body, "sequence_number": self._number})
            self._number += 1
