"""A Chat Completions request becomes a Responses request.

The fields are those of OpenAI's API reference, "Create chat completion"; unknown ones are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.respond.fields import Fields, invalid

Body = dict[str, Any]

_SAME = (
    "model",
    "temperature",
    "top_p",
    "presence_penalty",
    "frequency_penalty",
    "parallel_tool_calls",
    "metadata",
    "prompt_cache_key",
    "safety_identifier",
)
_EXTENSIONS = ("seed", "stop", "logit_bias", "top_k", "min_p", "repetition_penalty")
_REASONING = ("reasoning", "reasoning_content")
_TEXT = {"text": "input_text"}


def responses_body(body: Mapping[str, Any]) -> Body:
    """The same request for the Responses API.

    Raises:
        RequestError: a field does not fit; the message names it.
    """
    fields = Fields(body)
    if (fields.whole("n", 1, 128) or 1) > 1:
        raise invalid("n", "must be 1")
    found: Body = {name: body[name] for name in _SAME if body.get(name) is not None}
    found["store"] = False
    found["input"] = list(_items(fields))
    limit = body.get("max_completion_tokens")
    found["max_output_tokens"] = body.get("max_tokens") if limit is None else limit
    found["indoors"] = {name: body[name] for name in _EXTENSIONS if body.get(name) is not None}
    if (effort := fields.text("reasoning_effort")) is not None:
        found["reasoning"] = {"effort": effort}
    found["text"] = _text(fields)
    found["tools"] = [_tool(tool) for tool in fields.objects("tools")]
    if body.get("tool_choice") is not None:
        found["tool_choice"] = _choice(fields)
    return found


def _items(fields: Fields) -> Iterator[Body]:
    messages = fields.objects("messages")
    if not messages:
        raise invalid("messages", "is missing: give a list of messages")
    for message in messages:
        yield from _items_of(message)


def _items_of(message: Fields) -> Iterator[Body]:
    role = message.text("role", ("system", "developer", "user", "assistant", "tool"))
    if role is None:
        raise invalid(message.name("role"), "is missing")
    if role == "tool":
        output = _content(message)
        yield {"type": "function_call_output", "call_id": message.text("tool_call_id"), "output": output}
        return
    for name in _REASONING:
        if thought := message.text(name):
            yield {"type": "reasoning", "content": [{"type": "reasoning_text", "text": thought}]}
            break
    calls = message.objects("tool_calls")
    content = _content(message)
    if content or not calls:
        phase = {"phase": "commentary"} if calls else {}
        yield {"type": "message", "role": role, "content": content, **phase}
    for call in calls:
        yield _call(call)


def _content(message: Fields) -> str | list[Body]:
    value = message.values.get("content")
    if value is None or isinstance(value, str):
        return value or ""
    return [_part(part) for part in message.objects("content")]


def _part(part: Fields) -> Body:
    kind = part.text("type") or "text"
    return {**part.values, "type": _TEXT.get(kind, kind)}


def _call(call: Fields) -> Body:
    function = call.inner("function")
    return {
        "type": "function_call",
        "call_id": call.text("id"),
        "name": function.text("name"),
        "arguments": function.text("arguments") or "",
    }


def _tool(tool: Fields) -> Body:
    if "function" not in tool.values:
        return dict(tool.values)
    return {"type": "function", **tool.inner("function").values}


def _choice(fields: Fields) -> Any:
    if not isinstance(fields.values["tool_choice"], Mapping):
        return fields.text("tool_choice")
    choice = fields.inner("tool_choice")
    if choice.text("type") == "allowed_tools":
        inner = choice.inner("allowed_tools")
        return {
            "type": "allowed_tools",
            "mode": inner.text("mode") or "auto",
            "tools": [_tool(tool) for tool in inner.objects("tools")],
        }
    return _tool(choice)


def _text(fields: Fields) -> Body:
    found: Body = {}
    if (verbosity := fields.text("verbosity")) is not None:
        found["verbosity"] = verbosity
    wanted = fields.inner("response_format")
    if (kind := wanted.text("type")) is not None:
        found["format"] = {"type": kind, **wanted.inner("json_schema").values}
    return found
