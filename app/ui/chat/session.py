"""The open conversation: what the user asks for, done to the history, the worker and the view."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import IndoorsError
from app.history.background import BackgroundHistory
from app.history.items import Attachment, Item, user_item
from app.history.records import Answer, Conversation, Message, Options, Role
from app.ui.chat.answers import Answers
from app.ui.chat.branch import Branch, items_of
from app.ui.chat.left_out import TRUNCATION
from app.ui.chat.requests import Requests


class Session(QObject):
    """One conversation at a time, and at most one answer being given in it.

    Args:
        answers: lets the worker answer.
        background: the history.
        requests: makes what is sent to the worker.
        shown: the branch that is shown.

    Attributes:
        conversation: what is open; None while nothing of it is stored.
        options: how it is answered.
        shown: the branch that is shown.

    Signals:
        opened: another conversation is shown; None for one that is not begun.
        stored: something of it was stored.
        said: what the user said is stored and will be answered.
        not_said: it could not be stored.
        options_changed: `options` is another, not by `set_options`.
    """

    opened = Signal(object)
    stored = Signal()
    said = Signal()
    not_said = Signal()
    options_changed = Signal()

    def __init__(
        self, answers: Answers, background: BackgroundHistory, requests: Requests, shown: Branch
    ) -> None:
        super().__init__()
        self._answers = answers
        self._background = background
        self._history = background.history
        self._requests = requests
        self.shown = shown
        self.conversation: Conversation | None = None
        self.options = Options()

    @property
    def branch(self) -> list[Message]:
        """The messages that are shown."""
        return self.shown.messages

    @property
    def busy(self) -> bool:
        """An answer is being given."""
        return self._answers.busy

    def begin(self) -> None:
        """Show an empty conversation; it is stored with its first turn."""
        self.conversation, self.options = None, Options()
        self.shown.clear()
        self.options_changed.emit()
        self.opened.emit(None)

    async def open(self, conversation_id: int) -> None:
        """Show a stored conversation."""
        run, history = self._background.run, self._history
        self.conversation = await run(history.conversations.get, conversation_id)
        self.options = self.conversation.options
        self.options_changed.emit()
        self.shown.show(await run(history.messages.branch, conversation_id))
        self.opened.emit(self.conversation)

    def show_message(self, message_id: int) -> None:
        """Scroll a turn of the open conversation into sight."""
        self.shown.scroll_to(message_id)

    async def reload_title(self) -> None:
        """The open conversation may have another title now."""
        if self.conversation is not None:
            get = self._history.conversations.get
            self.conversation = await self._background.run(get, self.conversation.id)
            self.stored.emit()

    async def choose_effort(self, effort: str) -> None:
        """Let answers in this conversation think so long from now on."""
        await self.set_options(replace(self.options, effort=effort))
        self.options_changed.emit()

    async def shorten(self, *, wanted: bool) -> None:
        """Leave the oldest turns out of what the model reads when all do not fit, or no longer."""
        sampling = {key: value for key, value in self.options.sampling.items() if key != TRUNCATION}
        if wanted:
            sampling[TRUNCATION] = "auto"
        await self.set_options(replace(self.options, sampling=sampling))
        self.options_changed.emit()

    def set_options(self, options: Options) -> Coroutine[Any, Any, None]:
        """Let the conversation be answered so from now on; what is given back stores it."""
        self.options = options
        return self._store_options(self.conversation, options)

    async def send(self, text: str, attachments: Sequence[Attachment] = ()) -> None:
        """Say something at the end of the conversation and let it be answered."""
        parent = self.branch[-1].id if self.branch else None
        await self._say([user_item(text, attachments)], parent)

    async def edit(self, message_id: int, text: str, attachments: Sequence[Attachment] = ()) -> None:
        """Say something else in a turn's place; what was said before stays as another branch."""
        message = self.shown.find(message_id)
        await self._say([user_item(text, attachments)], message.parent_id)

    async def regenerate(self, message_id: int) -> None:
        """Answer the same turn again; the answer before stays as another branch."""
        parent = self.shown.find(message_id).parent_id
        if parent is not None:
            await self._answer(parent)

    async def step(self, message_id: int, by: int) -> None:
        """Show another alternative of a turn."""
        self.shown.show(await self._background.run(self._history.messages.step, message_id, by))
        self.stored.emit()

    async def go_on(self, message_id: int) -> None:
        """Continue an answer that was cut, as another branch that begins with what there is of it."""
        message = self.shown.find(message_id)
        if message.parent_id is not None:
            await self._answer(message.parent_id, message)

    async def _store_options(self, conversation: Conversation | None, options: Options) -> None:
        if conversation is not None:
            await self._background.run(self._history.conversations.set_options, conversation.id, options)

    async def _say(self, items: Sequence[Item], parent: int | None) -> None:
        self._answers.refuse_while_busy()
        run, history = self._background.run, self._history
        if self.conversation is None:
            conversation_id = await run(history.conversations.create, self.options)
            self.conversation = await run(history.conversations.get, conversation_id)
            if self.conversation.options != self.options:  # changed while it was stored
                await self.set_options(self.options)
        try:
            said = await run(history.messages.append, self.conversation.id, parent, items, Role.USER)
        except IndoorsError:
            self.not_said.emit()
            raise
        self.said.emit()
        self.conversation = await run(history.conversations.get, self.conversation.id)
        self.stored.emit()
        await self._answer(said.id)

    async def _answer(self, parent: int, cut: Message | None = None) -> None:
        """Answer a turn; where an answer was cut, from there on."""
        assert self.conversation is not None
        self._answers.refuse_while_busy()
        run, messages, options = self._background.run, self._history.messages, self.options
        partial, thought = (cut.items, cut.answer.thinking_s) if cut else ([], None)
        written = await run(messages.token_ids, cut.id) if cut else []
        model, effort = self._requests.model(options), self._requests.effort(options)
        answer = Answer(model, effort=effort, thinking_s=thought)
        begun = await run(messages.begin_answer, self.conversation.id, parent, answer)
        self.shown.show(await run(messages.branch, self.conversation.id))
        items = [*items_of(self.shown.before(begun.id)), *partial]
        own = {"tokens": True, "continue": written or bool(partial)}
        turn = self.shown.turn_of(begun.id)
        try:
            stored = await self._answers.give(turn, lambda: self._requests.body(options, items, own))
            self.shown.replace(stored)
        finally:
            self.stored.emit()
