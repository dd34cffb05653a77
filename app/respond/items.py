"""Output items of a response while they grow, and the events that tell of it.

The events are those of the Responses API: an item is added, its part is added, deltas, both are done.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from app.engine.channels import Channel, MessageStarted
from app.respond.tools import Function, Toolbox

Body = dict[str, Any]
"""An event without its sequence number: `type` and the fields of that type."""

_FUNCTIONS = "functions."


class Item:
    """One output item.

    Args:
        prefix: how its id begins.
        index: its position in the response's output.
    """

    def __init__(self, prefix: str, index: int) -> None:
        self._id = new_id(prefix)
        self._index = index
        self._status = "in_progress"
        self._text = ""

    def opened(self) -> Iterator[Body]:
        """The item begins."""
        yield self._whole("response.output_item.added")

    def grown(self, text: str) -> Iterator[Body]:
        """More of its text."""
        self._text += text
        yield self._delta(text)

    def closed(self, *, complete: bool) -> Iterator[Body]:
        """The item is over, by the model's own will or not."""
        self._status = "completed" if complete else "incomplete"
        yield from self._text_done()
        yield self._whole("response.output_item.done")

    def value(self) -> Body:
        """The item as it is now."""
        raise NotImplementedError

    def _delta(self, text: str) -> Body:
        raise NotImplementedError

    def _text_done(self) -> Iterator[Body]:
        raise NotImplementedError

    def _whole(self, kind: str) -> Body:
        return {"type": kind, "output_index": self._index, "item": self.value()}

    def _at(self, kind: str, **fields: Any) -> Body:
        return {"type": kind, "item_id": self._id, "output_index": self._index, **fields}


def item_for(started: MessageStarted, index: int, toolbox: Toolbox) -> Item:
    """The item that a model's message becomes: thinking, a tool call, or a message to the user.

    Args:
        started: what the model announced.
        index: the item's position in the response's output.
        toolbox: the functions that it may call.
    """
    if started.recipient:
        return FunctionCallItem(index, toolbox.called(started.recipient.removeprefix(_FUNCTIONS)))
    if started.channel is Channel.ANALYSIS:
        return ReasoningItem(index)
    return MessageItem(index, "commentary" if started.channel is Channel.COMMENTARY else "final_answer")


def new_id(prefix: str) -> str:
    """An id nobody has used: `msg_…`."""
    return f"{prefix}_{uuid.uuid4().hex}"


class _TextItem(Item):
    """An item with one part of text."""

    part_type: str
    text_event: str
    _has_part = False

    def opened(self) -> Iterator[Body]:
        """The item begins, and its part."""
        yield from super().opened()
        yield self._at_part("response.content_part.added", part=self._part())
        self._has_part = True

    def _delta(self, text: str) -> Body:
        return self._at_part(f"{self.text_event}.delta", delta=text, **self._beside_text())

    def _text_done(self) -> Iterator[Body]:
        yield self._at_part(f"{self.text_event}.done", text=self._text, **self._beside_text())
        yield self._at_part("response.content_part.done", part=self._part())

    def _at_part(self, kind: str, **fields: Any) -> Body:
        return self._at(kind, content_index=0, **fields)

    def _part(self) -> Body:
        return {"type": self.part_type, "text": self._text}

    def _beside_text(self) -> Body:
        return {}


class ReasoningItem(_TextItem):
    """The model's thinking; a strict reader wants no `content` before there is some.

    Args:
        index: its position in the output.
    """

    part_type = "reasoning_text"
    text_event = "response.reasoning_text"

    def __init__(self, index: int) -> None:
        super().__init__("rs", index)

    def value(self) -> Body:
        """The item as it is now."""
        item: Body = {"id": self._id, "type": "reasoning", "status": self._status, "summary": []}
        return item | {"content": [self._part()]} if self._has_part else item


class MessageItem(_TextItem):
    """Text for the user.

    Args:
        index: its position in the output.
        phase: "final_answer", or "commentary" for what is said before a tool call.
    """

    part_type = "output_text"
    text_event = "response.output_text"

    def __init__(self, index: int, phase: str) -> None:
        super().__init__("msg", index)
        self._phase = phase

    def value(self) -> Body:
        """The item as it is now."""
        return {
            "id": self._id,
            "type": "message",
            "status": self._status,
            "role": "assistant",
            "phase": self._phase,
            "content": [self._part()] if self._has_part else [],
        }

    def _part(self) -> Body:
        return super()._part() | {"annotations": [], "logprobs": []}

    def _beside_text(self) -> Body:
        return {"logprobs": []}


class FunctionCallItem(Item):
    """A call of a tool; its text is the arguments.

    Args:
        index: its position in the output.
        function: which is called.
    """

    def __init__(self, index: int, function: Function) -> None:
        super().__init__("fc", index)
        self._call_id = new_id("call")
        self._name = function.name
        self._namespace = function.namespace

    def value(self) -> Body:
        """The item as it is now."""
        item: Body = {
            "id": self._id,
            "type": "function_call",
            "status": self._status,
            "call_id": self._call_id,
            "name": self._name,
            "arguments": self._text,
        }
        return item | {"namespace": self._namespace} if self._namespace else item

    def _delta(self, text: str) -> Body:
        return self._at("response.function_call_arguments.delta", delta=text)

    def _text_done(self) -> Iterator[Body]:
        yield self._at("response.function_call_arguments.done", name=self._name, arguments=self._text)
