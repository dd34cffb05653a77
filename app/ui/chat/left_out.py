"""The line in a conversation that says which of its messages the model does not read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from app.history.records import Message, Options, Role
from app.ui.chat.drawing import Drawing
from app.ui.chat.notice_row import NoticeRow
from app.ui.chat.view import ConversationView

TRUNCATION = "truncation"


class LeftOutRow(NoticeRow):
    """How many messages above it are not sent.

    Args:
        count: so many.
        undo: sends them again.
        drawing: the means.
    """

    def __init__(self, count: int, undo: Callable[[], None], drawing: Drawing) -> None:
        translate = QCoreApplication.translate
        text = translate("LeftOut", "Earlier messages that are not sent to the model: {0}").format(count)
        super().__init__("info", text, translate("LeftOut", "Send them again"), undo, drawing)
        self.count = count


class LeftOut:
    """Keeps the line where it belongs.

    Args:
        view: shows the conversation.
        drawing: the means.
        undo: lets everything be sent again.
    """

    def __init__(self, view: ConversationView, drawing: Drawing, undo: Callable[[], None]) -> None:
        self._view = view
        self._drawing = drawing
        self._undo = undo

    def show(self, options: Options, branch: Sequence[Message]) -> None:
        """Put the line above the first message that the last answer was given to."""
        first = first_sent(branch) if is_shortened(options) else 0
        for place, turn in enumerate(self._view.turns):
            old = turn.lead.count if isinstance(turn.lead, LeftOutRow) else 0
            count = place if place == first else 0
            if count != old:
                turn.lead = LeftOutRow(count, self._undo, self._drawing) if count else None
                self._view.touch_now(turn)


def is_shortened(options: Options) -> bool:
    """Whether the oldest turns may be left out."""
    return options.sampling.get(TRUNCATION) == "auto"


def first_sent(branch: Sequence[Message]) -> int:
    """The place of the first message that the last answer was given to."""
    usages = (message.answer.usage for message in reversed(branch))
    left_out = next((usage.get("left_out_turns", 0) for usage in usages if usage), 0)
    said = [place for place, message in enumerate(branch) if message.role is Role.USER]
    return said[left_out] if left_out < len(said) else 0
