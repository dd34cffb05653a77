"""Checks a sequence of Responses events against the API's rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Events = Sequence[tuple[str, dict[str, Any]]]

_TEXT = {
    "reasoning": ("response.reasoning_text", "reasoning_text"),
    "message": ("response.output_text", "output_text"),
}
_ENDINGS = {"response.completed", "response.incomplete", "response.failed"}
RESPONSE_FIELDS = {
    "id",
    "object",
    "created_at",
    "completed_at",
    "status",
    "incomplete_details",
    "model",
    "previous_response_id",
    "instructions",
    "output",
    "error",
    "tools",
    "tool_choice",
    "truncation",
    "parallel_tool_calls",
    "text",
    "top_p",
    "presence_penalty",
    "frequency_penalty",
    "top_logprobs",
    "temperature",
    "reasoning",
    "usage",
    "max_output_tokens",
    "max_tool_calls",
    "store",
    "background",
    "service_tier",
    "metadata",
    "safety_identifier",
    "prompt_cache_key",
}


def check(events: Events, *, queued: bool = False) -> dict[str, Any]:
    """Assert that the events are those of one response, in order; gives the last response object."""
    bodies = [body for _, body in events]
    assert [body["type"] for body in bodies] == [name for name, _ in events]
    assert [body["sequence_number"] for body in bodies] == list(range(len(bodies)))
    names = [name for name, _ in events]
    begin = ["response.created", *["response.queued"] * queued, "response.in_progress"]
    assert names[: len(begin)] == begin
    assert names[-1] in _ENDINGS
    assert not _ENDINGS & set(names[:-1])
    for body in bodies:
        if "response" in body:
            assert set(body["response"]) == RESPONSE_FIELDS
            assert body["response"]["id"] == bodies[0]["response"]["id"]
    inner = [body for body in bodies if "response" not in body]
    items = []
    while inner:
        items.append(_check_item(inner, len(items)))
    last = bodies[-1]["response"]
    assert last["output"] == items
    assert names[-1] == f"response.{last['status']}"
    return last


def _check_item(bodies: list[dict[str, Any]], index: int) -> dict[str, Any]:
    """Take one item's events from the front."""
    added = bodies.pop(0)
    assert added["type"] == "response.output_item.added"
    item = added["item"]
    assert item["status"] == "in_progress"
    mine = []
    while bodies[0]["type"] != "response.output_item.done":
        mine.append(bodies.pop(0))
        assert mine[-1]["item_id"] == item["id"]
    done = bodies.pop(0)
    assert {body["output_index"] for body in (added, *mine, done)} == {index}
    final = done["item"]
    assert (final["id"], final["type"]) == (item["id"], item["type"])
    assert final["status"] in {"completed", "incomplete"}
    if item["type"] == "function_call":
        _check_call(mine, item, final)
    else:
        _check_text(mine, final)
    return final


def _check_text(bodies: list[dict[str, Any]], final: dict[str, Any]) -> None:
    event, part = _TEXT[final["type"]]
    deltas = [body["delta"] for body in bodies[1:-2]]
    kinds = [body["type"] for body in bodies]
    expected = ["response.content_part.added", *[f"{event}.delta"] * len(deltas), f"{event}.done"]
    assert kinds == [*expected, "response.content_part.done"]
    assert {body["content_index"] for body in bodies} == {0}
    assert deltas
    assert all(deltas)
    text = "".join(deltas)
    assert bodies[0]["part"]["type"] == part
    assert bodies[0]["part"]["text"] == ""
    assert bodies[-2]["text"] == text
    assert bodies[-1]["part"] == final["content"][0]
    assert final["content"][0]["text"] == text


def _check_call(bodies: list[dict[str, Any]], added: dict[str, Any], final: dict[str, Any]) -> None:
    event = "response.function_call_arguments"
    deltas = [body["delta"] for body in bodies[:-1]]
    assert [body["type"] for body in bodies] == [*[f"{event}.delta"] * len(deltas), f"{event}.done"]
    assert (final["call_id"], final["name"]) == (added["call_id"], added["name"])
    assert bodies[-1]["arguments"] == final["arguments"] == "".join(deltas)
    assert bodies[-1]["name"] == final["name"]
