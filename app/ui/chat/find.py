"""Finds words in the open conversation and marks them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.history.items import typed_text, visible_text
from app.ui.chat.code_view import CodeView
from app.ui.chat.rows import Row, RowWidget
from app.ui.chat.turn import Turn
from app.ui.chat.view import ConversationView
from app.ui.markdown.code import utf16_length
from app.ui.theme import Theme

_SLICE_SECONDS = 0.008
_MARKS = re.compile(r"[*_`~\\]")
_MOST_HITS = 10_000


@dataclass(frozen=True)
class Hit:
    """A place where the words stand.

    Attributes:
        turn: index of the turn.
        row: the row.
        start: in the row's text, in UTF-16 units.
        end: likewise.
    """

    turn: int
    row: Row
    start: int
    end: int


class Finder(QObject):
    """Searches the view's turns, from the first to the last, without keeping anything else waiting.

    Args:
        view: the conversation.
        theme: colours.
    """

    found = Signal(int, int)

    def __init__(self, view: ConversationView, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._hits: list[Hit] = []
        self._by_row: dict[Row, list[Hit]] = {}
        self._current = -1
        view.row_made.connect(self._mark)

    @property
    def hits(self) -> list[Hit]:
        """What was found so far."""
        return self._hits

    async def search(self, words: str) -> None:
        """Find words, whatever their case; show the first hit on the screen or below it."""
        self.clear()
        if not words:
            return
        pattern = re.compile(re.escape(words), re.IGNORECASE)
        rough = re.compile(re.escape(_MARKS.sub("", words)), re.IGNORECASE)
        deadline = time.perf_counter() + _SLICE_SECONDS
        for turn in list(self._view.turns):
            if rough.search(_MARKS.sub("", _source(turn))):
                self._search_turn(turn, pattern)
            if len(self._hits) > _MOST_HITS:
                break
            if time.perf_counter() > deadline:
                await asyncio.sleep(0)
                deadline = time.perf_counter() + _SLICE_SECONDS
        self._mark_all()
        self.step(1)

    def step(self, by: int) -> None:
        """Show the next hit, or the one before; after the last comes the first."""
        if self._hits:
            self._current = (self._current + by) % len(self._hits) if self._current >= 0 else self._first()
            hit = self._hits[self._current]
            rows = self._view.turns[hit.turn].rows
            if hit.row in rows:
                self._view.show_row(hit.turn, rows.index(hit.row), self._view.viewport().height() / 3)
            self._mark_all()
        self.found.emit(self._current + 1, len(self._hits))

    def clear(self) -> None:
        """Mark nothing."""
        self._hits, self._by_row, self._current = [], {}, -1
        self._mark_all()
        self.found.emit(0, 0)

    def _search_turn(self, turn: Turn, pattern: re.Pattern[str]) -> None:
        while turn.behind:
            turn.refresh()
        for row in turn.rows:
            hits = list(_hits(turn.index, row, pattern))
            if hits:
                self._hits += hits
                self._by_row[row] = hits

    def _first(self) -> int:
        top = min((place.turn for row in self._view.shown if (place := self._view.place_of(row))), default=0)
        return next((index for index, hit in enumerate(self._hits) if hit.turn >= top), 0)

    def _mark_all(self) -> None:
        for row, widget in self._view.shown.items():
            self._mark(row, widget)

    def _mark(self, row: Row, widget: RowWidget) -> None:
        view = widget.text_view
        if view is None:
            return
        current = self._hits[self._current] if 0 <= self._current < len(self._hits) else None
        colours = self._theme.tokens.colours
        marks = []
        hits = self._by_row.get(row, ())
        if hits and isinstance(view, CodeView):
            view.complete()
        for hit in hits:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(view.document())
            mark.cursor.setPosition(min(hit.start, view.document().characterCount() - 1))
            mark.cursor.setPosition(
                min(hit.end, view.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor
            )
            mark.format = QTextCharFormat()
            mark.format.setBackground(QColor(colours.accent if hit is current else colours.hit))
            mark.format.setForeground(QColor(colours.on_accent if hit is current else colours.text))
            marks.append(mark)
        view.setExtraSelections(marks)


def _source(turn: Turn) -> str:
    return typed_text(turn.message.items) + visible_text(turn.message.items)


def _hits(turn: int, row: Row, pattern: re.Pattern[str]) -> Iterator[Hit]:
    if not row.searchable:
        return
    text = row.searched_text()
    for match in pattern.finditer(text):
        start = utf16_length(text[: match.start()])
        yield Hit(turn, row, start, start + utf16_length(match.group()))
