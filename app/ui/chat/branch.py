"""The branch of a conversation that is shown, and its turns in the view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.history.items import Item
from app.history.records import Message
from app.ui.chat.actions import Actions
from app.ui.chat.answers import Answers
from app.ui.chat.drawing import Drawing
from app.ui.chat.turn import Turn
from app.ui.chat.view import ConversationView


class Branch:
    """Messages, each with a turn.

    Args:
        answers: knows the turn that is being written.
        drawing: means of drawing.
        view: shows the turns.
        actions: what their buttons do.

    Attributes:
        messages: from the first to the last.
    """

    def __init__(self, answers: Answers, drawing: Drawing, view: ConversationView, actions: Actions) -> None:
        self._answers = answers
        self._drawing = drawing
        self._view = view
        self._actions = actions
        self.messages: list[Message] = []

    def find(self, message_id: int) -> Message:
        """One of its messages."""
        return next(message for message in self.messages if message.id == message_id)

    def before(self, message_id: int) -> list[Message]:
        """What comes before a message."""
        return self.messages[: [known.id for known in self.messages].index(message_id)]

    def turn_of(self, message_id: int) -> Turn:
        """The turn of a message that is shown."""
        return next(turn for turn in self._view.turns if turn.message.id == message_id)

    def scroll_to(self, message_id: int) -> None:
        """Bring a turn into sight."""
        self._view.show_row(self.turn_of(message_id).index, 0)

    def replace(self, stored: Message) -> None:
        """A message has another state; nothing where it is not shown any more."""
        self.messages = [stored if message.id == stored.id else message for message in self.messages]

    def clear(self) -> None:
        """Show nothing."""
        self.messages = []
        self._view.set_turns([])

    def show(self, messages: Sequence[Message]) -> None:
        """Show messages; turns that are shown already stay as they are."""
        same = 0
        for old, new in zip(self.messages, messages, strict=False):
            if old != new:
                break
            same += 1
        turns = [self._turn(message) for message in messages[same:]]
        self.messages = list(messages)
        if same == 0:
            self._view.set_turns(turns)
        else:
            self._view.replace_from(same, turns)

    def _turn(self, message: Message) -> Turn:
        live = self._answers.live
        if live is not None and live.message.id == message.id:
            return live
        return Turn(message, self._drawing, self._actions, self._view.touch_now)


def items_of(messages: Iterable[Message]) -> list[Item]:
    """The items of messages, as a request sends them."""
    return [item for message in messages for item in message.items]
