"""Input items as the API lists them: each with an id, a type and parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.respond.fields import Fields
from app.respond.items import new_id

Item = dict[str, Any]

_PREFIXES = {
    "message": "msg",
    "reasoning": "rs",
    "function_call": "fc",
    "function_call_output": "fco",
}


def own_items(body: Mapping[str, Any]) -> list[Item]:
    """The items that a request brings, in full form; text alone is a message of the user.

    Raises:
        RequestError: `input` is neither text nor a list of objects.
    """
    given = body.get("input")
    if isinstance(given, str):
        return [_full({"role": "user", "content": given})]
    return [_full(item.values) for item in Fields(body).objects("input")]


def _full(item: Mapping[str, Any]) -> Item:
    kind = "message" if item.get("type") is None else item["type"]
    full: Item = {**item, "type": kind}
    if not isinstance(item.get("id"), str) or not item["id"]:
        full["id"] = new_id(_PREFIXES.get(str(kind), "item"))
    if kind == "message":
        full.setdefault("status", "completed")
        if isinstance(item.get("content"), str):
            full["content"] = [_part(str(item.get("role")), item["content"])]
    return full


def _part(role: str, text: str) -> Item:
    if role == "assistant":
        return {"type": "output_text", "text": text, "annotations": []}
    return {"type": "input_text", "text": text}
