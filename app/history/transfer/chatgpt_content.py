"""One message of a ChatGPT export as Responses items.

The export has no published specification; the content types read here are those found in exports of 2023 to
2026. An unknown type gives whatever text it carries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.history.items import Item, user_item
from app.history.records import Role, Status
from app.history.transfer.document import finite

_HIDDEN = ("is_visually_hidden_from_conversation", "is_user_system_message")
_ROLES = {"user": Role.USER, "system": Role.SYSTEM, "assistant": Role.ASSISTANT, "tool": Role.ASSISTANT}
_CUT = {"interrupted": Status.CANCELLED, "max_tokens": Status.INCOMPLETE}
_TEXT_FIELDS = ("text", "result", "content", "user_instructions")


@dataclass(frozen=True)
class Turn:
    """What a message of the export says, in our terms.

    Attributes:
        items: empty for a message that shows nothing.
        thinking_s: seconds of thinking, where the export tells.
    """

    role: Role
    items: list[Item]
    created_at: float
    status: Status = Status.COMPLETE
    model: str = ""
    thinking_s: float | None = None


def turn_of(message: object, key: str) -> Turn | None:
    """Read a message; None when it is empty, hidden or not a message at all.

    Args:
        message: the `message` of a node.
        key: the node's id, which names a call to a tool.
    """
    if not isinstance(message, dict):
        return None
    author, content = _object(message.get("author")), _object(message.get("content"))
    metadata = _object(message.get("metadata"))
    role = _ROLES.get(str(author.get("role")))
    if role is None or any(metadata.get(name) is True for name in _HIDDEN):
        return None
    duration = metadata.get("finished_duration_sec")
    return Turn(
        role,
        _items(str(author.get("role")), author, content, message, key),
        finite(message.get("create_time"), 0.0),
        _CUT.get(str(_object(metadata.get("finish_details")).get("type")), Status.COMPLETE),
        _string(metadata.get("model_slug")),
        None if duration is None else finite(duration, 0.0),
    )


def _items(
    role: str, author: dict[str, Any], content: dict[str, Any], message: dict[str, Any], key: str
) -> list[Item]:
    kind, recipient = str(content.get("content_type")), message.get("recipient")
    if kind == "thoughts":
        return _reasoning(_thoughts(content))
    if kind in {"reasoning_recap", "model_editable_context"}:
        return []
    text = _text(content)
    if not text.strip():
        return []
    if role == "tool":
        return [{"type": "function_call_output", "name": _string(author.get("name")), "output": text}]
    if role == "assistant" and isinstance(recipient, str) and recipient not in {"", "all"}:
        return [{"type": "function_call", "call_id": key, "name": recipient, "arguments": text}]
    if role == "assistant":
        return [_answer_item(text)]
    return [user_item(text) | {"role": role}]


def _answer_item(text: str) -> Item:
    part = {"type": "output_text", "text": text, "annotations": []}
    return {"type": "message", "role": "assistant", "status": "completed", "content": [part]}


def _reasoning(text: str) -> list[Item]:
    if not text.strip():
        return []
    return [{"type": "reasoning", "summary": [], "content": [{"type": "reasoning_text", "text": text}]}]


def _thoughts(content: dict[str, Any]) -> str:
    thoughts = [_object(entry) for entry in _list(content.get("thoughts"))]
    told = ("\n".join(filter(None, [_string(t.get("summary")), _string(t.get("content"))])) for t in thoughts)
    return "\n\n".join(filter(None, told))


def _text(content: dict[str, Any]) -> str:
    parts = content.get("parts")
    if isinstance(parts, list):
        return "\n\n".join(filter(None, map(_part, parts)))
    return next((content[name] for name in _TEXT_FIELDS if isinstance(content.get(name), str)), "")


def _part(part: object) -> str:
    """A part's text; what cannot be taken along is named."""
    if isinstance(part, str):
        return part
    fields = _object(part)
    if isinstance(text := fields.get("text"), str):
        return text
    kind = _string(fields.get("content_type"))
    return f"[{kind.removesuffix('_asset_pointer').replace('_', ' ')}]" if kind else ""


def joined_calls(items: Iterable[Item]) -> list[Item]:
    """The items of one turn, each result tied to the call before it; a result without one gets a call."""
    found: list[Item] = []
    open_call: str | None = None
    for place, item in enumerate(items):
        if item["type"] == "function_call":
            open_call = item["call_id"]
        elif item["type"] == "function_call_output":
            name = item.get("name") or "tool"
            if open_call is None:
                open_call = f"call_{place}"
                found.append({"type": "function_call", "call_id": open_call, "name": name, "arguments": "{}"})
            item = {"type": "function_call_output", "call_id": open_call, "output": item["output"]}
            open_call = None
        found.append(item)
    return found


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
