"""The text size reaches everything that is on the screen already, and cuts nothing off."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from app.history.store import History
from app.ui.chat.bubble_row import BubbleRow
from app.ui.chat.elided_label import ElidedLabel
from app.ui.chat.view import ConversationView
from app.ui.preferences import Preferences
from app.ui.theme import Theme
from tests.support.conversations import talk
from tests.ui.chat.conftest import Chat

LARGEST = 200
ANSWER = """## A heading

Some *text* with `code`, and the formula $a^2$.

1. first
2. second

> A quotation.

| Name | Size |
|---|---:|
| one | 1 |

```python
x = 1
```

$$\\int_0^1 x^2 dx$$
"""


def heights(view: ConversationView) -> list[tuple[str, float]]:
    return [(type(row).__name__, row.height) for turn in view.turns for row in turn.rows]


async def opened(chat: Chat) -> ConversationView:
    """A conversation with every kind of block, its formulas drawn."""
    history: History = chat.background.history
    number = await chat.background.run(talk, history, "A question of mine", ANSWER)
    chat.pane.resize(900, 3000)
    await chat.pane.session.open(number)
    await settled(chat)
    return chat.pane.view


async def settled(chat: Chat) -> None:
    """Wait until the rows keep their heights: formulas arrive later."""
    view, before = chat.pane.view, None
    while before != heights(view):
        before = heights(view)
        for _ in range(15):
            await chat.breathe()


async def test_rows_made_before_are_as_high_as_rows_made_after(chat: Chat) -> None:
    view = await opened(chat)
    usual = heights(view)
    chat.preferences.set("text-size", LARGEST)
    await settled(chat)
    changed = heights(view)
    grown = {name for (name, small), (_, large) in zip(usual, changed, strict=True) if large > 1.3 * small}
    assert grown >= {"ProseRow", "BubbleRow", "CodeRow"}
    conversation = chat.pane.session.conversation
    assert conversation is not None
    await chat.pane.session.open(conversation.id)
    await settled(chat)
    assert heights(view) == changed


@pytest.mark.parametrize("percent", [70, 100, 130, LARGEST])
async def test_no_text_is_wider_than_its_place(chat: Chat, percent: int) -> None:
    chat.preferences.set("text-size", percent)
    view = await opened(chat)
    for row, widget in view.shown.items():
        if widget.text_view is not None:
            text = widget.text_view
            assert text.verticalScrollBar().maximum() == 0, type(row)
            if isinstance(row, BubbleRow):
                assert text.horizontalScrollBar().maximum() == 0
        assert widget.geometry().right() <= view.viewport().width()


async def test_buttons_and_labels_are_not_cut_at_the_largest_size(chat: Chat) -> None:
    await opened(chat)
    chat.preferences.set("text-size", LARGEST)
    await settled(chat)
    for control in chat.pane.findChildren(QAbstractButton):
        if control.isVisible() and control.text():
            needed = QFontMetrics(control.font()).horizontalAdvance(control.text().replace("&", ""))
            assert needed <= control.width(), control.text()
    for text in chat.pane.findChildren(QLabel):
        if text.isVisible() and not isinstance(text, ElidedLabel) and not text.wordWrap():
            assert text.sizeHint().width() <= text.width() + 1, text.text()
        if text.isVisible() and text.text():
            assert text.height() >= QFontMetrics(text.font()).height(), text.text()


async def test_icons_grow_with_the_text(chat: Chat) -> None:
    button = chat.pane.header.find_button
    usual = button.iconSize().width()
    chat.preferences.set("text-size", LARGEST)
    await chat.breathe()
    assert button.iconSize().width() == pytest.approx(2 * usual, abs=2)


def test_an_elided_line_is_fitted_again(qtbot: QtBot, theme: Theme, preferences: Preferences) -> None:
    line = ElidedLabel("A title that fits as yet", "subtitle")
    qtbot.addWidget(line)
    line.resize(300, 60)
    line.show()
    assert "…" not in line.text()
    preferences.set("text-size", LARGEST)
    assert "…" in line.text()
