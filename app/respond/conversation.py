"""Input items become the messages a chat template renders.

The rules for history are harmony's (openai/harmony, docs/format.md): the thinking behind an answer that was
given is dropped; thinking that led to a tool call stays until that answer is given. Chat templates know one
system message, at the beginning, and one tool call a message, directly followed by its result.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.respond.compaction import KINDS, summary_of
from app.respond.fields import Fields, invalid
from app.respond.request import ResponseRequest
from app.respond.texts import item_text, text_of
from app.respond.tools import Toolbox

Message = dict[str, Any]

_ROLES = ("user", "assistant", "system", "developer")
_TOOL_PREFIX = "functions."


def messages_of(request: ResponseRequest) -> list[Message]:
    """Messages for a chat template, oldest first; the first is the system message if there is one.

    Raises:
        RequestError: an item cannot be understood; the message names it.
    """
    conversation = _Conversation(request.items, request.toolbox)
    for item in request.items:
        conversation.add(item)
    told = [request.instructions or "", *conversation.told, _format_section(request)]
    text = "\n\n".join(part for part in told if part)
    system: list[Message] = [{"role": "system", "content": text}] if text else []
    return system + conversation.messages


def without_oldest_turn(messages: Sequence[Message]) -> list[Message] | None:
    """The same conversation without its oldest turn; None when only the newest is left."""
    first = 1 if messages and messages[0]["role"] == "system" else 0
    starts = [index for index in range(first + 1, len(messages)) if messages[index]["role"] == "user"]
    return [*messages[:first], *messages[starts[0] :]] if starts else None


class _Conversation:
    """Collects messages item by item."""

    def __init__(self, items: Sequence[Fields], toolbox: Toolbox) -> None:
        self._toolbox = toolbox
        self.messages: list[Message] = []
        self.told: list[str] = []
        self._thinking: list[str] = []
        self._preamble: list[str] = []
        self._results = {
            str(item.text("call_id")): item for item in items if _is(item, "function_call_output")
        }
        self._calls = {str(item.text("call_id")) for item in items if _is(item, "function_call")}
        self._answered = _last_answer(items)
        self._position = -1

    def add(self, item: Fields) -> None:
        self._position += 1
        kinds = {
            "message": self._message,
            "reasoning": self._reasoning,
            "function_call": self._call,
            "function_call_output": self._result,
            **dict.fromkeys(KINDS, self._compaction),
        }
        kind = item.text("type") or "message"
        if kind not in kinds:
            raise invalid(item.name("type"), f"is {kind[:80]!r}; known are: {', '.join(kinds)}")
        kinds[kind](item)

    def _message(self, item: Fields) -> None:
        role = item.text("role", _ROLES)
        if role is None:
            raise invalid(item.name("role"), "is missing")
        text = text_of(item, "content")
        if role in {"system", "developer"}:
            self.told.append(text)
        elif role == "assistant" and item.text("phase") == "commentary":
            self._preamble.append(text)
        else:
            self._keep_preamble()
            self.messages.append({"role": role, "content": text})

    def _reasoning(self, item: Fields) -> None:
        self._thinking.append(item_text(item))

    def _call(self, item: Fields) -> None:
        name, call_id = item.text("name"), item.text("call_id")
        if not name or not call_id:
            raise invalid(item.name("call_id" if name else "name"), "is missing")
        if self._position < self._answered:  # only while the answer is pending is it part of the thinking
            self._keep_preamble()
        seen_as = self._toolbox.seen_as(name.removeprefix(_TOOL_PREFIX), item.text("namespace"))
        function = {"name": seen_as, "arguments": _arguments(item)}
        thought = "\n\n".join(part for part in (*self._thinking, *self._preamble) if part)
        message: Message = {"role": "assistant", "content": ""}
        if thought:  # templates know one text before a call
            message["thinking"] = thought
        message["tool_calls"] = [{"id": call_id, "type": "function", "function": function}]
        self._thinking, self._preamble = [], []
        self.messages.append(message)
        if (result := self._results.get(call_id)) is not None:
            text = text_of(result, "output")
            self.messages.append(
                {"role": "tool", "tool_call_id": call_id, "name": function["name"], "content": text}
            )

    def _result(self, item: Fields) -> None:
        """It was taken along with its call."""
        call_id = item.text("call_id")
        if call_id not in self._calls:
            raise invalid(item.name("call_id"), f"is {call_id!r}, but no function call has that id")

    def _compaction(self, item: Fields) -> None:
        self.told.append(summary_of(item))

    def _keep_preamble(self) -> None:
        """What was said to the user stays as a message of its own; the thinking goes."""
        if self._preamble:
            self.messages.append({"role": "assistant", "content": "\n\n".join(self._preamble)})
        self._thinking, self._preamble = [], []


def _is(item: Fields, kind: str) -> bool:
    return item.values.get("type") == kind


def _last_answer(items: Sequence[Fields]) -> int:
    """Index of the last finished answer; −1 when there is none."""
    answers = [
        index
        for index, item in enumerate(items)
        if item.values.get("role") == "assistant" and item.values.get("phase") != "commentary"
    ]
    return max(answers, default=-1)


def _arguments(item: Fields) -> Mapping[str, Any] | str:
    """Templates write arguments as JSON themselves, so they get the object; text that is none stays text."""
    raw = item.text("arguments") or "{}"
    try:
        content = json.loads(raw)
    except ValueError:
        return raw
    return content if isinstance(content, dict) else raw


def _format_section(request: ResponseRequest) -> str:
    """Tells the model the form of its answer, as harmony words it (docs/format.md, "Structured output")."""
    form = request.form
    if form is None:
        return ""
    told = form.lark or form.regex or json.dumps(form.schema, ensure_ascii=False)
    return f"# Response Formats\n\n## {form.name}\n\n{told}"
