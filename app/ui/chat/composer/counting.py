"""Counts the draft's tokens while it is written: never two counts at once, never one for each key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.errors import IndoorsError
from app.history.items import Attachment, framed
from app.history.records import Draft
from app.ui.tasks import Tasks

PAUSE_S = 0.25

Count = Callable[[Sequence[str]], Awaitable[list[int]]]
"""Tokens of each text."""


@dataclass(frozen=True)
class Cost:
    """What a draft takes in tokens: None where it is not known.

    Attributes:
        text: what is typed.
        attachments: each file, in order.
    """

    text: int | None = 0
    attachments: tuple[int | None, ...] = ()

    @property
    def total(self) -> int | None:
        """All together; None when a part is not known."""
        parts = [self.text, *self.attachments]
        return None if None in parts else sum(part or 0 for part in parts)


class DraftCounter:
    """Follows a draft.

    Args:
        count: asks the worker.
        tasks: runs the asking.
        tell: hears each new cost.
        pause_s: how long a draft must stay as it is before it is counted.
    """

    def __init__(
        self, count: Count, tasks: Tasks, tell: Callable[[Cost], None], pause_s: float = PAUSE_S
    ) -> None:
        self._count = count
        self._tasks = tasks
        self._tell = tell
        self._pause_s = pause_s
        self._known: dict[Attachment, int] = {}
        self._wanted = Draft()
        self._task: asyncio.Task[None] | None = None

    def follow(self, draft: Draft) -> None:
        """Count this draft, in a moment."""
        self._wanted = draft
        self._known = {file: self._known[file] for file in draft.attachments if file in self._known}
        if not draft:
            self._tell(Cost())
        else:
            self._tell(Cost(None if draft.text else 0, self._attachments(draft)))
        if self._task is None and draft:
            self._task = self._tasks.start(self._run())

    def forget(self) -> None:
        """Another model counts otherwise: count anew."""
        self._known = {}
        self.follow(self._wanted)

    async def _run(self) -> None:
        try:
            counted = None
            while self._wanted != counted:
                counted = self._wanted
                await asyncio.sleep(self._pause_s)
                if self._wanted == counted:
                    await self._count_once(counted)
                else:
                    counted = None
        finally:
            self._task = None

    async def _count_once(self, draft: Draft) -> None:
        new = [file for file in draft.attachments if file not in self._known]
        try:
            counts = await self._count([draft.text, *map(framed, new)])
        except IndoorsError:
            return  # without a model nothing can be counted; the ring says so
        self._known |= zip(new, counts[1:], strict=True)
        if draft == self._wanted:
            self._tell(Cost(counts[0], self._attachments(draft)))

    def _attachments(self, draft: Draft) -> tuple[int | None, ...]:
        return tuple(self._known.get(file) for file in draft.attachments)
