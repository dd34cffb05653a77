"""One turn of a conversation, and the rows that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.history.items import Item, typed_text, visible_text
from app.history.records import Message, Role, Status
from app.ui.chat.actions import Actions
from app.ui.chat.drawing import Drawing
from app.ui.chat.edit_row import EditRow
from app.ui.chat.ending import Ending
from app.ui.chat.notice_row import NoticeRow, WaitingRow
from app.ui.chat.parts import Commentary, Part, part_of, parts_of, row_of, shows
from app.ui.chat.prose_section import ProseSection
from app.ui.chat.rows import Row, guessed_height
from app.ui.chat.said import said_rows
from app.ui.chat.thinking_row import Thinking, ThinkingRow

_AROUND = 80.0


class Turn:
    """What one side said. Its rows are made when it comes near the screen for the first time.

    Args:
        message: the turn.
        drawing: the means.
        actions: what its buttons do.
        changed: called after the user changed how it is shown.

    Attributes:
        index: its place in the view, set by the view.
        lead: a row above it, which is no part of what was said.
    """

    def __init__(
        self, message: Message, drawing: Drawing, actions: Actions, changed: Callable[[Turn], None]
    ) -> None:
        self.message = message
        self.index = 0
        self.lead: Row | None = None
        self._drawing = drawing
        self._actions = actions
        self._changed = changed
        self._ending = Ending(drawing, actions, self.markdown, self.plain_text)
        self._rows: list[Row] | None = None
        self._sections: list[Part] = []
        self._waiting: WaitingRow | None = None
        self._editor: EditRow | None = None
        self._guess = _AROUND + guessed_height(visible_text(message.items))

    @property
    def built(self) -> bool:
        """It has been near the screen."""
        return self._rows is not None

    @property
    def rows(self) -> list[Row]:
        """What shows it, from the top."""
        if self._rows is None:
            self._rows = []
            self._build()
        return self._rows

    @property
    def height(self) -> float:
        """Its height, or a guess."""
        return self._guess if self._rows is None else sum(row.height + row.gap for row in self._rows)

    @property
    def behind(self) -> bool:
        """There is text without rows yet."""
        return any(section.behind for section in self._sections if isinstance(section, ProseSection))

    @property
    def begun(self) -> bool:
        """Some of an answer is there."""
        return bool(self._sections)

    @property
    def streaming(self) -> bool:
        """It is being written."""
        return self.message.status is Status.STREAMING

    def markdown(self) -> str:
        """What was said, as it was written."""
        return self.message.text if self.message.role is Role.ASSISTANT else typed_text(self.message.items)

    def plain_text(self) -> str:
        """What was said, without marks."""
        while self.behind:
            self.refresh()
        texts = (row.plain_text() for row in self.rows if not isinstance(row, ThinkingRow | NoticeRow))
        return "\n\n".join(text for text in texts if text)

    def edit(self, done: Callable[[str], None]) -> EditRow:
        """Let the user change what was said; `done` is called with another text, if there is one."""

        def finish(text: str | None) -> None:
            self._editor = None
            self._changed(self)
            if text is not None:
                done(text)

        self._editor = EditRow(typed_text(self.message.items), self._drawing, finish)
        self._changed(self)
        return self._editor

    def wait(self, text: str) -> None:
        """Say what the answer waits for; nothing when it has begun."""
        if not text:
            self._waiting = None
        elif self._waiting is None:
            self._waiting = WaitingRow(text, self._drawing)
        else:
            self._waiting.say(text)

    def begin_item(self, item: Item) -> None:
        """The answer goes on with another item."""
        self.wait("")
        self._sections.append(part_of(item, self._drawing, self._actions, live=True))

    def extend_item(self, text: str) -> None:
        """More text of the last item."""
        part = self._sections[-1]
        if isinstance(part, ProseSection):
            part.append(text)
        else:
            part.pieces.append(text)

    def end_item(self, seconds: float | None = None) -> None:
        """The last item is whole; `seconds` is what it took to think it."""
        part = self._sections[-1]
        if isinstance(part, ProseSection):
            part.end()
        elif isinstance(part, Thinking):
            part.active, part.seconds = False, seconds
            self._mark_stale(part)

    def replace_message(self, message: Message) -> None:
        """The turn has another state: ended, continued, or with more alternatives."""
        self.message = message
        if not self.streaming:
            self.wait("")
            for part in self._sections:
                if isinstance(part, ProseSection):
                    part.end()
                    part.set_caret(shown=False)

    def refresh(self) -> None:
        """Bring the rows up to date with what was said."""
        old = {id(row): row for row in self.rows}
        for section in self._sections:
            if isinstance(section, ProseSection):
                section.update()
        live = self._sections[-1] if self.streaming and self._sections else None
        if isinstance(live, ProseSection):
            live.set_caret(shown=True)
        fresh = list(self._assembled(old))
        assert self._rows is not None
        self._rows[:] = fresh

    def _build(self) -> None:
        if self.message.role is Role.ASSISTANT and not self._sections:
            self._sections = parts_of(self.message, self._drawing, self._actions)
        self.refresh()

    def _assembled(self, old: dict[int, Row]) -> Iterator[Row]:
        if self.lead is not None:
            yield self.lead
        if self._editor is not None:
            yield self._editor
            return
        if self.message.role is not Role.ASSISTANT:
            yield from said_rows(self.message, self._drawing)
        for part in self._sections:
            yield from self._rows_of(part, old)
        if self._waiting is not None:
            yield self._waiting
        if not self.streaming:
            yield from self._ending.rows(self.message, old.values())

    def _rows_of(self, part: Part, old: dict[int, Row]) -> Iterator[Row]:
        if isinstance(part, ProseSection):
            if isinstance(part, Commentary):
                yield part.label
            yield from part.rows
            return
        row = next((row for row in old.values() if shows(row, part)), None)
        if row is None:
            row = row_of(part, self._drawing, lambda: self._changed(self))
        elif self.streaming and part is self._sections[-1]:
            row.stale = True
        yield row

    def _mark_stale(self, part: Thinking) -> None:
        for row in self._rows or []:
            row.stale = row.stale or shows(row, part)
