"""The rows that end a turn: what went wrong, and the footer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import QCoreApplication

from app.history.records import Message, Role, Status
from app.ui.chat.actions import Actions
from app.ui.chat.drawing import Drawing
from app.ui.chat.footer_row import FooterRow
from app.ui.chat.notice_row import NoticeRow
from app.ui.chat.rows import Row


class Ending:
    """Makes the last rows of a turn.

    Args:
        drawing: the means.
        actions: what their buttons do.
        markdown: gives what was said, as it was written.
        plain_text: gives what was said, without marks.
    """

    def __init__(
        self,
        drawing: Drawing,
        actions: Actions,
        markdown: Callable[[], str],
        plain_text: Callable[[], str],
    ) -> None:
        self._drawing = drawing
        self._actions = actions
        self._markdown = markdown
        self._plain_text = plain_text

    def rows(self, message: Message, old: Collection[Row]) -> Iterator[Row]:
        """The rows for a message; those that show it already stay."""
        footer = next((row for row in old if isinstance(row, FooterRow)), None)
        if footer is not None and footer.message is message:
            yield from (row for row in old if type(row) is NoticeRow)
            yield footer
            return
        if message.role is Role.ASSISTANT:
            yield from self._notices(message)
        yield FooterRow(message, self._drawing, self._actions, self._markdown, self._plain_text)

    def _notices(self, message: Message) -> Iterator[Row]:
        answer, translate = message.answer, QCoreApplication.translate
        if message.status is Status.FAILED:
            text = answer.error or translate("Turn", "The answer failed.")
            yield self._notice(message, "danger", text, translate("Turn", "Try again"), self._actions.retry)
        elif message.status is Status.CANCELLED:
            text = translate("Turn", "You stopped this answer.")
            yield self._notice(message, "info", text, translate("Turn", "Continue"), self._actions.go_on)
        elif message.status is Status.INCOMPLETE:
            length = answer.finish_reason == "length"
            cut = translate("Turn", "The answer was cut at its length limit.")
            ended = translate("Turn", "The program ended before the answer did.")
            text, action = cut if length else ended, translate("Turn", "Continue")
            yield self._notice(message, "warning", text, action, self._actions.go_on)

    def _notice(
        self, message: Message, kind: str, text: str, action: str, run: Callable[[int], None]
    ) -> NoticeRow:
        return NoticeRow(kind, text, action, lambda: run(message.id), self._drawing)
