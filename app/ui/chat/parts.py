"""What an answer consists of: stretches of Markdown, thinking, calls of tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.history.items import Item, reasoning_text, visible_text
from app.history.records import Message
from app.ui.chat.actions import Actions
from app.ui.chat.call_row import Call, CallRow
from app.ui.chat.drawing import Drawing
from app.ui.chat.label_row import LabelRow
from app.ui.chat.prose_section import ProseSection
from app.ui.chat.rows import Row
from app.ui.chat.thinking_row import Thinking, ThinkingRow


class Commentary(ProseSection):
    """What a model says on the way to its answer, under a caption that says so."""

    def __init__(self, drawing: Drawing, *arguments: Any, **options: Any) -> None:
        super().__init__(drawing, *arguments, **options)
        self.label = LabelRow(QCoreApplication.translate("Turn", "On the way"), drawing)


Part = ProseSection | Thinking | Call


def part_of(item: Item, drawing: Drawing, actions: Actions, *, live: bool) -> Part:
    """The part that shows an item; `live` when the item is only beginning."""
    kind = item.get("type", "message")
    if kind == "reasoning":
        return Thinking([reasoning_text([item])] if not live else [], active=live)
    if kind == "function_call":
        return Call(str(item.get("name", "")), [str(item.get("arguments") or "")])
    commentary = item.get("phase") == "commentary"
    made = Commentary if commentary else ProseSection
    return made(drawing, actions, visible_text([item]), whole=not live, muted=commentary)


def parts_of(message: Message, drawing: Drawing, actions: Actions) -> list[Part]:
    """The parts of a whole answer."""
    parts = [part_of(item, drawing, actions, live=False) for item in message.items if _is_shown(item)]
    first = next((part for part in parts if isinstance(part, Thinking)), None)
    if first is not None:
        first.seconds = message.answer.thinking_s
    return parts


def row_of(part: Thinking | Call, drawing: Drawing, changed: Callable[[], None]) -> Row:
    """The row that shows a part; `changed` is called when the user opens or closes it."""
    if isinstance(part, Thinking):
        return ThinkingRow(part, drawing, changed)
    return CallRow(part, drawing)


def _is_shown(item: Item) -> bool:
    return item.get("type", "message") in {"message", "reasoning", "function_call"}


def shows(row: Row, part: Thinking | Call) -> bool:
    """A row belongs to a part."""
    if isinstance(row, ThinkingRow):
        return row.thinking is part
    return isinstance(row, CallRow) and row.call is part
