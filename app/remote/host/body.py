"""The body of a request as an endpoint gets it: the API's own fields, and nothing of this program's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_FIELDS = frozenset({"instructions", "reasoning", "temperature", "top_p", "max_output_tokens", "truncation"})
_PARTS = {"user": "input_text", "assistant": "output_text"}


def body_for(params: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent for the params of `respond`.

    Thinking of earlier turns is left out: without their provider's encryption many endpoints refuse it, and
    gpt-oss does not read it either (harmony format, "Handling reasoning output in subsequent sampling").

    Args:
        params: a request as the window makes it, with `model`.
    """
    kept = {name: value for name, value in params.items() if name in _FIELDS}
    items = [item for one in params["input"] if (item := _item(one)) is not None]
    return {**kept, "model": params["model"], "input": items, "store": False, "stream": True}


def _item(item: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = item.get("type", "message")
    if kind == "message":
        role = str(item.get("role", "assistant"))
        return {"type": "message", "role": role, "content": _parts(item.get("content"), role)}
    if kind == "function_call":
        return {name: item.get(name, "") for name in ("type", "call_id", "name", "arguments")}
    if kind == "function_call_output":
        return {name: item.get(name, "") for name in ("type", "call_id", "output")}
    return None


def _parts(content: object, role: str) -> list[dict[str, str]]:
    if isinstance(content, str):
        return [{"type": _PARTS.get(role, "input_text"), "text": content}]
    parts: Sequence[object] = content if isinstance(content, list) else []
    texts = (str(part.get("text", "")) for part in parts if isinstance(part, dict))
    return [{"type": _PARTS.get(role, "input_text"), "text": text} for text in texts if text]
