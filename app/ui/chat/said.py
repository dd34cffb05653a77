"""The rows of what the user said: the text in bubbles, and the names of the files given with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.history.items import attachments, typed_text
from app.history.records import Message
from app.ui.chat.bubble_row import BubbleRow
from app.ui.chat.drawing import Drawing
from app.ui.chat.label_row import LabelRow
from app.ui.chat.rows import Row
from app.ui.markdown.blocks import plain
from app.ui.markdown.safe_text import neutralise


def said_rows(message: Message, drawing: Drawing) -> list[Row]:
    """The rows of one turn of the user."""
    text = neutralise(typed_text(message.items))
    names = [neutralise(file.name) for file in attachments(message.items)]
    blocks = list(plain(text)) if text or not names else []
    last = len(blocks) - 1
    rows: list[Row] = [
        BubbleRow(block, drawing, first=index == 0, last=index == last) for index, block in enumerate(blocks)
    ]
    if names:
        files = QCoreApplication.translate("Turn", "Attached: {0}").format(", ".join(names))
        rows.append(LabelRow(files, drawing))
    return rows
