"""The events of a response become the chunks of a chat completion."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.server.chat.completion import BETWEEN_MESSAGES, Body, finish_reason, head, thinking, usage
from app.server.problems import Problem

Event = Mapping[str, Any]
_ENDINGS = ("response.completed", "response.incomplete")


class ChunkWriter:
    """Writes the chunks of one completion.

    Args:
        include_usage: whether a last chunk tells the tokens.
    """

    def __init__(self, *, include_usage: bool) -> None:
        self._include_usage = include_usage
        self._head: Body = {}
        self._calls: dict[int, int] = {}
        self._messages = 0
        self._kinds: dict[str, Callable[[Event], Iterator[Body]]] = {
            "response.created": self._begin,
            "response.output_item.added": self._item,
            "response.output_text.delta": self._text,
            "response.reasoning_text.delta": lambda event: self._delta(thinking(event["delta"])),
            "response.function_call_arguments.delta": self._arguments,
            **dict.fromkeys(_ENDINGS, self._end),
            "response.failed": self._fail,
        }

    def write(self, event: Event) -> bytes:
        """An event as chunks; empty where there is nothing to tell."""
        kind = self._kinds.get(event["type"])
        return b"".join(map(_data, kind(event))) if kind else b""

    def _begin(self, event: Event) -> Iterator[Body]:
        self._head = head(event["response"], "chat.completion.chunk")
        yield from self._delta({"role": "assistant", "content": ""})

    def _item(self, event: Event) -> Iterator[Body]:
        item = event["item"]
        if item["type"] == "message":
            self._messages += 1
            if self._messages > 1:
                yield from self._delta({"content": BETWEEN_MESSAGES})
        elif item["type"] == "function_call":
            self._calls[event["output_index"]] = len(self._calls)
            function = {"name": item["name"], "arguments": ""}
            yield from self._call(event, {"id": item["call_id"], "type": "function", "function": function})

    def _text(self, event: Event) -> Iterator[Body]:
        yield from self._delta({"content": event["delta"]})

    def _arguments(self, event: Event) -> Iterator[Body]:
        yield from self._call(event, {"function": {"arguments": event["delta"]}})

    def _call(self, event: Event, call: Body) -> Iterator[Body]:
        yield from self._delta({"tool_calls": [{"index": self._calls[event["output_index"]], **call}]})

    def _end(self, event: Event) -> Iterator[Body]:
        response = event["response"]
        yield from self._delta({}, finish_reason(response))
        if self._include_usage:
            yield {**self._head, "choices": [], "usage": usage(response)}

    def _fail(self, event: Event) -> Iterator[Body]:
        error = event["response"]["error"]
        yield {"error": Problem(500, error["code"], error["message"]).value()}

    def _delta(self, delta: Body, reason: str | None = None) -> Iterator[Body]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        chunk: Body = {**self._head, "choices": [choice]}
        yield chunk | {"usage": None} if self._include_usage else chunk


def failure_chunk(problem: Problem) -> bytes:
    """A problem that comes when a stream has begun."""
    return _data({"error": problem.value()})


def _data(content: Body) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"data: {text}\n\n".encode("utf-8", "replace")
