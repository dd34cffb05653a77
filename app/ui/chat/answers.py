"""At most one answer is being given; whoever wants another is told so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import ContextExceeded, UsageError
from app.history.background import BackgroundHistory
from app.history.records import Message
from app.ui.chat.announcer import Announcer
from app.ui.chat.answering import Answering
from app.ui.chat.asking import Asking
from app.ui.chat.turn import Turn
from app.ui.chat.view import ConversationView


class Answers(QObject):
    """Lets the model answer.

    Args:
        asking: asks the model.
        background: keeps the answer.
        view: shows it.
        announcer: tells a screen reader of it.

    Attributes:
        live: the turn that is being written.

    Signals:
        busy_changed: an answer begins, or has ended.
        failed: the id of an answer that failed otherwise, and its error.
        refused_as_too_long: the id of an answer whose request did not fit into the context.
    """

    busy_changed = Signal(bool)
    failed = Signal(int, object)
    refused_as_too_long = Signal(int)

    def __init__(
        self,
        asking: Asking,
        background: BackgroundHistory,
        view: ConversationView,
        announcer: Announcer,
    ) -> None:
        super().__init__()
        self._asking = asking
        self._background = background
        self._view = view
        self._announcer = announcer
        self._answering: Answering | None = None
        self.live: Turn | None = None

    @property
    def busy(self) -> bool:
        """An answer is being given."""
        return self._answering is not None

    def refuse_while_busy(self) -> None:
        """Raise UsageError while an answer is being given."""
        if self.busy:
            raise UsageError("An answer is being written.", "Stop it first, or wait for its end.")

    def stop(self) -> None:
        """End the answer that is being given; what there is stays."""
        if self._answering is not None:
            self._answering.stop()

    async def give(self, turn: Turn, body: Callable[[], Mapping[str, Any]]) -> Message:
        """Write an answer; gives it as it was stored, whatever became of it.

        Args:
            turn: shows it.
            body: makes the request; an error it raises becomes the answer's.

        Raises:
            StorageError: the answer could not be stored; it is shown all the same.
        """
        answering = Answering(self._asking, self._background, turn, self._view.touch, self._announcer.extend)
        self._answering, self.live = answering, turn
        self.busy_changed.emit(True)
        try:
            self._announcer.begin()
            self._view.jump_to_newest()
            stored = await answering.run(body)
            self._announcer.end(stored)
        finally:
            self._answering = self.live = None
            self.busy_changed.emit(False)
        if isinstance(answering.error, ContextExceeded):
            self.refused_as_too_long.emit(stored.id)
        elif answering.error is not None:
            self.failed.emit(stored.id, answering.error)
        return stored
