"""The open conversation: what the user asks for, done to the history, the worker and the view."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import IndoorsError, UsageError
from app.history.background import BackgroundHistory
from app.history.items import Attachment, Item, user_item
from app.history.records import Answer, Conversation, Message, Options, Role
from app.ui.chat.actions import Actions
from app.ui.chat.announcer import Announcer
from app.ui.chat.answering import Answering
from app.ui.chat.drawing import Drawing
from app.ui.chat.model_choice import ModelChoice
from app.ui.chat.turn import Turn
from app.ui.chat.view import ConversationView
from app.ui.preferences import Preferences
from app.worker.client import WorkerClient

_GO_ON = "Continue exactly where you stopped, without repeating anything."


class Session(QObject):
    """One conversation at a time, and at most one answer being given in it.

    Args:
        client: asks the worker.
        background: the history.
        models: which model answers.
        preferences: the settings.
        drawing: means of drawing.
        view: shows the conversation.
        actions: what the buttons of the turns do.
        announcer: tells a screen reader of answers.

    Signals:
        busy_changed: an answer begins, or has ended.
        opened: another conversation is shown; None for one that is not begun.
        stored: something of it was stored.
        said: what the user said is stored and will be answered.
        not_said: it could not be stored.
        options_changed: `options` is another, not by `set_options`.
    """

    busy_changed = Signal(bool)
    opened = Signal(object)
    stored = Signal()
    said = Signal()
    not_said = Signal()
    options_changed = Signal()

    def __init__(
        self,
        client: WorkerClient,
        background: BackgroundHistory,
        models: ModelChoice,
        preferences: Preferences,
        drawing: Drawing,
        view: ConversationView,
        actions: Actions,
        announcer: Announcer,
    ) -> None:
        super().__init__()
        self._client = client
        self._background = background
        self._history = background.history
        self._models = models
        self._preferences = preferences
        self._drawing = drawing
        self._view = view
        self._actions = actions
        self._announcer = announcer
        self._answering: Answering | None = None
        self._live: Turn | None = None
        self.conversation: Conversation | None = None
        self.branch: list[Message] = []
        self.options = Options()

    @property
    def busy(self) -> bool:
        """An answer is being given."""
        return self._answering is not None

    def begin(self) -> None:
        """Show an empty conversation; it is stored with its first turn."""
        self.conversation, self.branch, self.options = None, [], Options()
        self._view.set_turns([])
        self.options_changed.emit()
        self.opened.emit(None)

    async def open(self, conversation_id: int) -> None:
        """Show a stored conversation."""
        run, history = self._background.run, self._history
        self.conversation = await run(history.conversations.get, conversation_id)
        self.options = self.conversation.options
        self.options_changed.emit()
        self._show_branch(await run(history.messages.branch, conversation_id))
        self.opened.emit(self.conversation)

    async def send(self, text: str, attachments: Sequence[Attachment] = ()) -> None:
        """Say something at the end of the conversation and let it be answered."""
        parent = self.branch[-1].id if self.branch else None
        await self._say([user_item(text, attachments)], parent)

    def show_message(self, message_id: int) -> None:
        """Scroll a turn of the open conversation into sight."""
        self._view.show_row(self.turn_of(message_id).index, 0)

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

    async def shorten_from_now_on(self) -> None:
        """Leave the oldest turns out of what the model reads when all do not fit."""
        sampling = {**self.options.sampling, "truncation": "auto"}
        await self.set_options(replace(self.options, sampling=sampling))
        self.options_changed.emit()

    def set_options(self, options: Options) -> Coroutine[Any, Any, None]:
        """Let the conversation be answered so from now on; what is given back stores it."""
        self.options = options
        return self._store_options(self.conversation, options)

    async def _store_options(self, conversation: Conversation | None, options: Options) -> None:
        if conversation is not None:
            await self._background.run(self._history.conversations.set_options, conversation.id, options)

    def request_for(self, message_id: int) -> tuple[Mapping[str, Any], Sequence[Item]]:
        """The request that an answer came from, and the answer's items.

        Raises:
            ModelError: the model cannot be used.
        """
        message = self._find(message_id)
        before = [item for earlier in self._before(message) for item in earlier.items]
        return self.body(before), message.items

    async def edit(self, message_id: int, text: str, attachments: Sequence[Attachment] = ()) -> None:
        """Say something else in a turn's place; what was said before stays as another branch."""
        message = self._find(message_id)
        await self._say([user_item(text, attachments)], message.parent_id)

    async def regenerate(self, message_id: int) -> None:
        """Answer the same turn again; the answer before stays as another branch."""
        parent = self._find(message_id).parent_id
        if parent is not None:
            await self._answer(parent)

    async def step(self, message_id: int, by: int) -> None:
        """Show another alternative of a turn."""
        self._show_branch(await self._background.run(self._history.messages.step, message_id, by))

    async def go_on(self, message_id: int) -> None:
        """Continue an answer that was cut."""
        message = self._find(message_id)
        more: Item = {"role": "user", "content": _GO_ON}
        turn = self.turn_of(message_id)
        before = [item for earlier in self._before(message) for item in earlier.items]
        await self._give(turn, [*before, *message.items, more] if message.items else before)

    def stop(self) -> None:
        """End the answer that is being given; what there is stays."""
        if self._answering is not None:
            self._answering.stop()

    def body(self, items: Sequence[Item]) -> Mapping[str, Any]:
        """The request for an answer to some items.

        Raises:
            ModelError: the model cannot be used.
        """
        chosen = self._models.choose(self.options.model)
        sampling = dict(self.options.sampling)
        own = {**sampling.pop("indoors", {}), "load": chosen.load}
        effort = self.options.effort or self._preferences.text("effort")
        body: dict[str, Any] = {"input": list(items), "store": False, "reasoning": {"effort": effort}}
        if self.options.instructions:
            body["instructions"] = self.options.instructions
        return {**body, **sampling, "indoors": own}

    async def _say(self, items: Sequence[Item], parent: int | None) -> None:
        self._refuse_while_busy()
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

    async def _answer(self, parent: int) -> None:
        assert self.conversation is not None
        self._refuse_while_busy()
        run, history = self._background.run, self._history
        chosen = self.options.model or self._preferences.text("model")
        effort = self.options.effort or self._preferences.text("effort")
        answer = Answer(model=chosen, effort=effort)
        begun = await run(history.messages.begin_answer, self.conversation.id, parent, answer)
        self._show_branch(await run(history.messages.branch, self.conversation.id))
        turn = self.turn_of(begun.id)
        await self._give(turn, [item for message in self._before(begun) for item in message.items])

    async def _give(self, turn: Turn, items: Sequence[Item]) -> None:
        self._refuse_while_busy()
        answering = Answering(self._client, self._background, turn, self._view.touch, self._announcer.extend)
        self._answering, self._live = answering, turn
        self.busy_changed.emit(True)
        try:
            turn.resume()
            self._announcer.begin()
            self._view.jump_to_newest()
            stored = await answering.run(lambda: self.body(items))
            self._announcer.end(stored)
            self.branch = [stored if message.id == stored.id else message for message in self.branch]
        finally:
            self._answering = self._live = None
            self.busy_changed.emit(False)
            self.stored.emit()

    def _refuse_while_busy(self) -> None:
        if self.busy:
            raise UsageError("An answer is being written.", "Stop it first, or wait for its end.")

    def _before(self, message: Message) -> list[Message]:
        return self.branch[: [known.id for known in self.branch].index(message.id)]

    def _find(self, message_id: int) -> Message:
        return next(message for message in self.branch if message.id == message_id)

    def turn_of(self, message_id: int) -> Turn:
        """The turn of a message that is shown."""
        return next(turn for turn in self._view.turns if turn.message.id == message_id)

    def _show_branch(self, branch: list[Message]) -> None:
        """Show a branch; turns that are shown already stay as they are."""
        same = 0
        for old, new in zip(self.branch, branch, strict=False):
            if old != new:
                break
            same += 1
        turns = [self._turn(message) for message in branch[same:]]
        fresh = same == 0
        self.branch = branch
        if fresh:
            self._view.set_turns(turns)
        else:
            self._view.replace_from(same, turns)

    def _turn(self, message: Message) -> Turn:
        if self._live is not None and self._live.message.id == message.id:
            return self._live
        return Turn(message, self._drawing, self._actions, self._view.touch_now)
