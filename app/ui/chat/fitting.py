"""Makes a conversation fit into the context, as the user wants it; never without asking."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import IndoorsError
from app.history.items import Item, visible_text
from app.ui.chat.branch import items_of
from app.ui.chat.left_out import is_shortened
from app.ui.chat.overflow_dialog import Choice, Overflow, OverflowDialog
from app.ui.chat.readiness import Readiness
from app.ui.chat.requests import Requests
from app.ui.chat.session import Session
from app.ui.preferences import Preferences

_ROOM = 256
_LARGEST_SHARE = 8


class Fitting:
    """Asks when something does not fit, and does what was chosen.

    Args:
        session: the open conversation.
        requests: makes what is rendered.
        readiness: the model's figures.
        preferences: where a bigger context is kept.
        run: does what an event asks for, and tells of an error.
        parent: over which the question appears.
    """

    def __init__(
        self,
        session: Session,
        requests: Requests,
        readiness: Readiness,
        preferences: Preferences,
        run: Callable[[Coroutine[Any, Any, Any]], None],
        parent: QWidget,
    ) -> None:
        self._session = session
        self._requests = requests
        self._readiness = readiness
        self._preferences = preferences
        self._run = run
        self._parent = parent

    def retry_soon(self, message_id: int) -> None:
        """An answer was refused because its request was too long: ask, then answer again."""
        self._run(self._retry(message_id))

    async def settle(self, item: Item) -> bool:
        """Whether another message may be sent: it fits, or the user said what is to be done.

        Raises:
            IndoorsError: a bigger context was wanted, but the model cannot be loaded with it.
        """
        items = [*items_of(self._session.branch), item]
        size = self._readiness.context_length
        if not size or is_shortened(self._session.options) or self._surely_fits(item, size):
            return True
        try:
            needed = await self._needed(items)
        except IndoorsError:
            return True  # the message is kept; the answer will say what is wrong
        return needed + room_for_answer(size) <= size or await self._ask(needed, items)

    async def _retry(self, message_id: int) -> None:
        items = items_of(self._session.shown.before(message_id))
        if await self._ask(await self._needed(items), items):
            await self._session.regenerate(message_id)

    def _surely_fits(self, item: Item, size: int) -> bool:
        """A token has one byte at least, and what was used is known: most messages need no counting."""
        new = visible_text([item]) + self._session.options.instructions
        used = tokens_used(self._session)
        return 2 * (used + len(new.encode(errors="replace"))) < size

    async def _needed(self, items: Sequence[Item]) -> int:
        return await self._readiness.measure(self._requests.body(self._session.options, items))

    async def _ask(self, needed: int, items: Sequence[Item]) -> bool:
        size, longest = self._readiness.context_length, self._readiness.longest_context
        turns = sum(item.get("role") == "user" for item in items)
        bigger = bigger_context(needed, size, longest)
        shortened = is_shortened(self._session.options)
        dialog = OverflowDialog(Overflow(needed, size, bigger, longest, turns, shortened), self._parent)
        choice = await dialog.ask()
        if choice is Choice.SHORTEN:
            await self._session.shorten(wanted=True)
        elif choice is Choice.ENLARGE:
            await self._readiness.enlarge(self._session.options.model, bigger)
            self._preferences.set("context", bigger)
        return choice is not Choice.CANCEL


def tokens_used(session: Session) -> int:
    """Tokens of the conversation up to its last answer, that included."""
    usages = (message.answer.usage for message in reversed(session.branch))
    return next((int(usage.get("total_tokens") or 0) for usage in usages if usage), 0)


def room_for_answer(context: int) -> int:
    """Tokens that a prompt leaves to the answer, so that it is not cut at once."""
    return min(_ROOM, context // _LARGEST_SHARE)


def bigger_context(needed: int, context: int, longest: int) -> int:
    """The context to offer; 0 where the model's longest is too short.

    Args:
        needed: tokens of the prompt.
        context: tokens there are now.
        longest: the most the model can read.
    """
    wanted = max(context, 1)
    while needed + 2 * room_for_answer(wanted) > wanted or wanted <= context:
        wanted *= 2
    wanted = min(wanted, longest)
    return wanted if wanted > context and needed + room_for_answer(wanted) <= wanted else 0
