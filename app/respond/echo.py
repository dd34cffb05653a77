"""Fields that are only repeated, or read elsewhere: they must be of their kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.respond.fields import Fields

_MOST_CALLS = 1 << 24
_TEXTS = ("model", "previous_response_id", "safety_identifier", "prompt_cache_key")
_OBJECTS = ("metadata", "text", "reasoning")
_FLAGS = ("store", "stream", "background", "parallel_tool_calls")


def check_echoed(fields: Fields) -> None:
    """Look at what is not read otherwise.

    Raises:
        RequestError: a field is of another kind; the message names it.
    """
    for name in _TEXTS:
        fields.text(name)
    for name in _OBJECTS:
        fields.inner(name)
    for name in _FLAGS:
        fields.flag(name)
    fields.whole("max_tool_calls", 0, _MOST_CALLS)


def told_tool(tool: Mapping[str, Any]) -> Mapping[str, Any]:
    """A tool as responses tell it: a function with all its fields."""
    if (tool.get("type") or "function") != "function" or "function" in tool:
        return tool
    whole = {"description": None, "parameters": None, **tool}
    return whole | {"type": "function", "strict": tool.get("strict") is True}


def told_text(text: Mapping[str, Any]) -> Mapping[str, Any]:
    """The field `text` as responses tell it: with a format, and a schema's format with all its fields."""
    form = text.get("format") or {"type": "text"}
    if form.get("type") == "json_schema":
        form = {"description": None, **form, "strict": form.get("strict") is True}
    return {**text, "format": form}
