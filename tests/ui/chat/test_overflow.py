"""What does not fit into the context: asked about before it is sent, never cut in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.history.items import user_item
from app.history.records import Role, Status
from app.ui.chat.branch import items_of
from app.ui.chat.fitting import bigger_context, room_for_answer
from app.ui.chat.left_out import LeftOutRow
from app.ui.chat.notice_row import NoticeWidget
from app.ui.chat.overflow_dialog import OverflowDialog
from app.ui.preferences import Preferences
from tests.support.worker import CONTEXT, endless
from tests.ui.chat.conftest import Chat

SMALL = 256
WORDS = "word " * 8


@pytest.fixture
def preferences(preferences: Preferences, tiny_model: Path) -> Preferences:
    """A context in which two turns fit."""
    preferences.set("context", SMALL)
    return preferences


async def fill(chat: Chat) -> None:
    """Talk until the next message does not fit."""
    sampling = endless(8)
    sampling.pop("input")
    chat.pane.session.options.sampling.update(sampling)
    await chat.until(lambda: chat.pane.readiness.context_length)
    while await needed(chat) + room_for_answer(SMALL) <= SMALL:
        await chat.ask(WORDS)
    assert len(chat.pane.session.branch) >= 4


async def needed(chat: Chat) -> int:
    """Tokens of the conversation with one more message."""
    items = [*items_of(chat.pane.session.branch), user_item(WORDS)]
    return await chat.pane.readiness.measure(chat.pane.requests.body(chat.pane.session.options, items))


async def overflow(chat: Chat) -> OverflowDialog:
    await fill(chat)
    chat.type(WORDS)
    return await question(chat)


async def question(chat: Chat) -> OverflowDialog:
    await chat.until(lambda: _open(chat))
    dialog = _open(chat)
    assert dialog is not None
    return dialog


def _open(chat: Chat) -> OverflowDialog | None:
    dialogs = chat.pane.findChildren(OverflowDialog)
    return next((dialog for dialog in dialogs if dialog.isVisible()), None)


async def ended(chat: Chat) -> None:
    await chat.until(lambda: chat.pane.session.busy)
    await chat.until(lambda: not chat.pane.session.busy)


async def test_it_asks_with_both_figures_and_nothing_is_sent_meanwhile(chat: Chat) -> None:
    dialog = await overflow(chat)
    tokens, said = await needed(chat), len(chat.pane.session.branch)
    assert f"takes {tokens:,} tokens" in dialog.text()
    assert "holds 256" in dialog.text()
    assert len(chat.pane.session.branch) == said
    assert not chat.pane.composer.send.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await chat.until(chat.pane.composer.send.isEnabled)
    assert chat.pane.composer.draft().text == WORDS
    assert len(chat.pane.session.branch) == said


async def test_shortening_is_stored_shown_in_the_conversation_and_undone_there(chat: Chat) -> None:
    dialog = await overflow(chat)
    assert dialog.defaultButton() is dialog.shorten
    QTest.mouseClick(dialog.shorten, Qt.MouseButton.LeftButton)
    await ended(chat)
    session = chat.pane.session
    stored = await chat.background.run(chat.background.history.conversations.get, session.conversation.id)
    assert stored.options.sampling["truncation"] == "auto"
    answer = session.branch[-1]
    assert answer.status is Status.INCOMPLETE  # at its length limit
    left_out = answer.answer.usage["left_out_turns"]
    assert left_out >= 1
    leads = [(turn.index, turn.lead) for turn in chat.pane.view.turns if turn.lead is not None]
    assert [place for place, _ in leads] == [2 * left_out]
    row = leads[0][1]
    assert isinstance(row, LeftOutRow)
    assert row.text.endswith(f": {2 * left_out}")
    assert chat.pane.view.turns[2 * left_out].rows[0] is row
    assert "not sent" not in chat.pane.view.turns[2 * left_out].plain_text()
    widget = row.make()
    assert isinstance(widget, NoticeWidget)
    QTest.mouseClick(widget.findChild(QPushButton), Qt.MouseButton.LeftButton)
    widget.deleteLater()
    await chat.until(lambda: not any(turn.lead for turn in chat.pane.view.turns))
    stored = await chat.background.run(chat.background.history.conversations.get, session.conversation.id)
    assert "truncation" not in stored.options.sampling


async def test_the_line_is_there_again_when_the_conversation_is_opened_again(chat: Chat) -> None:
    dialog = await overflow(chat)
    dialog.shorten.click()
    await ended(chat)
    number = chat.pane.session.conversation.id
    chat.pane.session.begin()
    await chat.pane.session.open(number)
    assert len([turn for turn in chat.pane.view.turns if turn.lead is not None]) == 1
    chat.type(WORDS)  # the choice was made: no question
    await ended(chat)
    assert _open(chat) is None


async def test_a_bigger_context_loads_the_model_with_it_and_everything_is_sent(chat: Chat) -> None:
    dialog = await overflow(chat)
    assert dialog.enlarge.text() == "Context of 512 tokens"
    QTest.mouseClick(dialog.enlarge, Qt.MouseButton.LeftButton)
    await ended(chat)
    assert chat.pane.readiness.context_length == 512 == chat.preferences.number("context")
    answer = chat.pane.session.branch[-1]
    assert answer.answer.usage["left_out_turns"] == 0
    assert answer.answer.usage["input_tokens"] > SMALL - room_for_answer(SMALL)


async def test_where_neither_helps_both_say_why(chat: Chat) -> None:
    await chat.until(lambda: chat.pane.readiness.context_length)
    chat.pane.composer.input.setPlainText("word " * CONTEXT)
    QTest.keyClick(chat.pane.composer.input, Qt.Key.Key_Return)
    dialog = await question(chat)
    assert not dialog.shorten.isEnabled()
    assert dialog.shorten.toolTip() == "The last message alone is too long."
    assert not dialog.enlarge.isEnabled()
    assert dialog.enlarge.accessibleDescription() == f"The model reads at most {CONTEXT:,} tokens."
    assert dialog.defaultButton() is dialog.cancel
    dialog.cancel.click()
    await chat.until(chat.pane.composer.send.isEnabled)


async def test_an_edited_turn_that_was_refused_is_asked_about_too(chat: Chat) -> None:
    await fill(chat)
    said = [message for message in chat.pane.session.branch if message.role is Role.USER]
    chat.pane.run(chat.pane.session.edit(said[1].id, WORDS * 5))
    dialog = await question(chat)
    assert chat.pane.session.branch[-1].status is Status.FAILED
    dialog.enlarge.click()
    await ended(chat)
    answer = chat.pane.session.branch[-1]
    assert (answer.status, answer.sibling_index, answer.sibling_count) == (Status.INCOMPLETE, 1, 2)


@pytest.mark.parametrize(
    ("needed", "context", "longest", "expected"),
    [
        (300, 256, 16384, 512),
        (500, 256, 16384, 1024),
        (5000, 4096, 131072, 8192),
        (4000, 4096, 131072, 8192),
        (5000, 4096, 6000, 6000),
        (5900, 4096, 6000, 0),
        (300, 256, 256, 0),
    ],
)
def test_the_context_that_is_offered_is_the_next_that_leaves_room(
    needed: int, context: int, longest: int, expected: int
) -> None:
    assert bigger_context(needed, context, longest) == expected
