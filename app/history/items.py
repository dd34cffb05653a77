"""Responses API items: making a user's item, and reading the text of any.

Source of the shapes: the Responses API's `message`, `reasoning` and `function_call` items. An attachment is
an `input_text` part that carries an `indoors.attachment` object beside its text, so that a stored message is
a request's input as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]

_TEXT_PARTS = frozenset({"input_text", "output_text", "text", "refusal"})


@dataclass(frozen=True)
class Attachment:
    """A file given with a user's message, as text.

    Attributes:
        name: the file's name without its folder.
        text: its content as the model sees it.
        size: bytes of the file it came from.
    """

    name: str
    text: str
    size: int = 0


def user_item(text: str, attachments: Iterable[Attachment] = ()) -> Item:
    """The item of a user's turn: its attachments first, then what was typed."""
    content = [_attachment_part(attachment) for attachment in attachments]
    if text or not content:
        content.append({"type": "input_text", "text": text})
    return {"type": "message", "role": "user", "content": content}


def framed(attachment: Attachment) -> str:
    """An attachment as the model reads it: its name, then its text in a fence longer than any inside."""
    fence = "```"
    while fence in attachment.text:
        fence += "`"
    return f"File: {attachment.name}\n{fence}\n{attachment.text}\n{fence}\n"


def _unframed(text: str, name: str) -> str:
    inside = text.removeprefix(f"File: {name}\n")
    fence = inside.split("\n", 1)[0]
    return inside.removeprefix(f"{fence}\n").removesuffix(f"\n{fence}\n")


def _attachment_part(attachment: Attachment) -> Item:
    about = {"name": attachment.name, "size": attachment.size}
    return {"type": "input_text", "text": framed(attachment), "indoors": {"attachment": about}}


def visible_text(items: Iterable[Item]) -> str:
    """All text of message items (attachments included), items parted by an empty line."""
    texts = ("".join(_part_text(part) for part in _parts(item)) for item in items if _is_message(item))
    return "\n\n".join(text for text in texts if text)


def typed_text(items: Iterable[Item]) -> str:
    """What the user typed: the text without the attachments."""
    parts = (part for item in items if _is_message(item) for part in _parts(item))
    return "".join(_part_text(part) for part in parts if _attachment_of(part) is None)


def attachments(items: Iterable[Item]) -> tuple[Attachment, ...]:
    """The files given with a user's turn."""
    parts = (part for item in items if _is_message(item) for part in _parts(item))
    return tuple(
        Attachment(name, _unframed(_part_text(part), name), _whole(about.get("size")))
        for part in parts
        if (about := _attachment_of(part)) is not None
        for name in [str(about.get("name", ""))]
    )


def reasoning_text(items: Iterable[Item]) -> str:
    """The thinking of an answer, items parted by an empty line."""
    texts = ("".join(_reasoning_parts(item)) for item in items if item.get("type") == "reasoning")
    return "\n\n".join(text for text in texts if text)


def _reasoning_parts(item: Item) -> Iterable[str]:
    for part in _parts(item):
        if part.get("type") in {"reasoning_text", "text"}:
            yield str(part.get("text") or "")


def _is_message(item: Item) -> bool:
    return bool(item.get("type", "message") == "message")


def _parts(item: Item) -> list[Item]:
    content = item.get("content")
    if isinstance(content, str):
        return [{"type": "input_text", "text": content}]
    if not isinstance(content, list):
        return []
    return [part for part in content if isinstance(part, dict)]


def _part_text(part: Item) -> str:
    if part.get("type") not in _TEXT_PARTS:
        return ""
    text = part.get("text", part.get("refusal"))
    return text if isinstance(text, str) else ""


def _attachment_of(part: Item) -> Item | None:
    extra = part.get("indoors")
    about = extra.get("attachment") if isinstance(extra, dict) else None
    return about if isinstance(about, dict) else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
