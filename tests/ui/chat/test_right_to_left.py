"""A window that is laid out from right to left: everything is there, and text keeps its own direction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.ui.chat.bubble_row import BubbleRow
from app.ui.chat.code_row import CodeRow
from tests.support.conversations import talk
from tests.ui.chat.conftest import Chat

HEBREW = "מה שלומך היום? 😀"
ANSWER = "שלום, **עולם**.\n\n> ציטוט\n\nEnglish.\n\n```python\nx = 1\ny = 2\n```\n"


@pytest.fixture
def _mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
async def mirrored(_mirrored: None, chat: Chat) -> Chat:
    number = await chat.background.run(talk, chat.background.history, HEBREW, ANSWER)
    await chat.pane.listing.refresh()
    await chat.pane.session.open(number)
    await chat.until(lambda: len(chat.pane.view.shown) > 4)
    return chat


async def test_the_sidebar_is_on_the_right_and_the_users_words_on_the_left(mirrored: Chat) -> None:
    pane = mirrored.pane
    sidebar, view = (widget.mapTo(pane, QPoint()).x() for widget in (pane.sidebar, pane.view))
    assert sidebar > view
    bubble = next(widget for row, widget in pane.view.shown.items() if isinstance(row, BubbleRow))
    assert bubble.geometry().center().x() < pane.view.width() / 2


async def test_nothing_is_scrolled_out_of_sight(mirrored: Chat) -> None:
    for row, widget in mirrored.pane.view.shown.items():
        text = widget.text_view
        if text is not None:
            assert text.verticalScrollBar().maximum() == 0, type(row)
            assert text.horizontalScrollBar().maximum() == 0, type(row)


async def test_code_stays_from_left_to_right(mirrored: Chat) -> None:
    code = next(widget for row, widget in mirrored.pane.view.shown.items() if isinstance(row, CodeRow))
    assert code.text_view is not None
    assert code.text_view.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert code.text_view.cursorRect().left() < 10


async def test_an_english_title_keeps_its_question_mark_at_its_end(mirrored: Chat) -> None:
    """The mark is the last thing of the text, so it is drawn at the right of English words."""
    sidebar = mirrored.pane.sidebar
    pictures = []
    for title in ("What is it?", "\u202aWhat is it?\u202c"):
        await mirrored.background.run(mirrored.background.history.conversations.rename, 1, title)
        await mirrored.pane.listing.refresh()
        pictures.append(sidebar.list.grab().toImage())
    assert pictures[0] == pictures[1]


async def test_the_title_stands_beside_the_list_in_whatever_script(mirrored: Chat) -> None:
    """The columns in which something is drawn: the title begins at the right."""
    title = mirrored.pane.header.title
    title.show_text("What is it?")
    picture = title.grab().toImage()
    ground = picture.pixelColor(0, 0)
    drawn = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(picture.height()))
    ]
    assert drawn
    assert picture.width() - max(drawn) < 10
