"""Typing, and the answers of a real worker."""

from __future__ import annotations

import asyncio
import os
import signal

import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QToolButton

from app.history.records import Message, Role, Status
from app.ui.chat.notice_row import NoticeRow
from app.ui.chat.raw_dialog import RawDialog
from app.ui.chat.token_table import TokenTable
from tests.support.worker import endless
from tests.ui.chat.conftest import Chat

_LONG = 4000


def _let_answers_be_long(chat: Chat) -> None:
    request = endless(_LONG)
    chat.pane.session.options.sampling.update({"max_output_tokens": _LONG, "indoors": request["indoors"]})


async def _press(chat: Chat, name: str) -> None:
    """Click the last button of that name in the conversation, once it is there."""

    def found() -> list[QToolButton]:
        buttons = chat.pane.view.findChildren(QToolButton)
        return [made for made in buttons if made.accessibleName() == name and made.isVisible()]

    await chat.until(found)
    found()[-1].click()


async def test_what_is_typed_is_answered_and_kept(chat: Chat) -> None:
    await chat.ask("Hello")
    said, answer = chat.pane.session.branch
    assert (said.role, said.text) == (Role.USER, "Hello")
    assert answer.role is Role.ASSISTANT
    assert answer.status in {Status.COMPLETE, Status.INCOMPLETE}
    assert answer.answer.usage["output_tokens"] > 0
    assert answer.answer.timings["ttft_s"] > 0
    stored = chat.background.history.messages.branch
    assert await chat.background.run(stored, said.conversation_id) == [said, answer]
    assert chat.pane.header.title.toolTip() == "Hello"


async def test_escape_stops_and_keeps_what_there_is(chat: Chat) -> None:
    _let_answers_be_long(chat)
    chat.type("Hello")
    await chat.until(lambda: chat.pane.session.busy and chat.pane.view.turns[-1].rows)
    await chat.until(lambda: chat.answer_is_growing())
    QTest.keyClick(chat.pane.composer.input, Qt.Key.Key_Escape)
    await chat.until(lambda: not chat.pane.session.busy)
    answer = chat.pane.session.branch[-1]
    assert answer.status is Status.CANCELLED
    assert answer.items


async def test_a_narrow_window_keeps_the_conversation_and_the_list_is_a_click_away(chat: Chat) -> None:
    pane = chat.pane
    assert pane.sidebar.isVisible()
    pane.resize(600, 600)
    assert not pane.sidebar.isVisible()
    pane.header.sidebar.click()
    assert pane.sidebar.isVisible()
    pane.resize(590, 600)
    assert pane.sidebar.isVisible()
    pane.resize(900, 700)
    assert pane.sidebar.isVisible()


async def test_the_composer_is_no_wider_than_the_text_and_a_margin(chat: Chat) -> None:
    pane = chat.pane
    pane.resize(1800, 700)
    await chat.ask("Hello")
    left, width = pane.view.column()
    text = pane.view.viewport().mapTo(pane, QPoint(left, 0)).x()
    box = pane.composer.box
    margin = text - box.mapTo(pane, QPoint()).x()
    assert 0 < margin < 30
    assert abs(box.width() - width - 2 * margin) <= 2


async def test_killed_worker_leaves_the_partial_answer_a_sentence_and_a_retry(chat: Chat) -> None:
    _let_answers_be_long(chat)
    chat.type("Hello")
    await chat.until(lambda: chat.answer_is_growing())
    (worker,) = psutil.Process().children()
    os.kill(worker.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    await chat.until(lambda: not chat.pane.session.busy)
    answer = chat.pane.session.branch[-1]
    assert answer.status is Status.FAILED
    assert "worker process" in answer.answer.error
    assert answer.items
    await chat.until(lambda: any(isinstance(row, NoticeRow) for row in chat.pane.view.shown))
    chat.pane.session.options.sampling.clear()
    await chat.ask("And now?")
    assert chat.pane.session.branch[-1].status in {Status.COMPLETE, Status.INCOMPLETE}


async def test_answering_again_makes_a_branch_to_step_through(chat: Chat) -> None:
    await chat.ask("Hello")
    first = chat.pane.session.branch[-1]
    await _press(chat, "Answer again")
    await chat.until(lambda: chat.pane.session.busy)
    await chat.until(lambda: not chat.pane.session.busy)
    second = chat.pane.session.branch[-1]
    assert (second.sibling_index, second.sibling_count) == (1, 2)
    await _press(chat, "Previous version")
    await chat.until(lambda: chat.pane.session.branch[-1].id == first.id)
    assert chat.pane.view.turns[-1].message.id == first.id


async def test_editing_a_turn_keeps_the_old_one(chat: Chat) -> None:
    await chat.ask("Hello")
    await _press(chat, "Edit")
    editor = chat.pane.window().focusWidget()
    editor.setPlainText("Good bye")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await chat.until(lambda: chat.pane.session.busy)
    await chat.until(lambda: not chat.pane.session.busy)
    said = chat.pane.session.branch[0]
    assert (said.text, said.sibling_index, said.sibling_count) == ("Good bye", 1, 2)


async def test_cut_answer_is_continued_as_another_branch(chat: Chat) -> None:
    chat.pane.session.options.sampling.update(endless(12))
    chat.pane.session.options.sampling.pop("input")
    await chat.ask("Hello")
    cut = chat.pane.session.branch[-1]
    assert (cut.status, cut.answer.finish_reason) == (Status.INCOMPLETE, "length")
    chat.pane.run(chat.pane.session.go_on(cut.id))
    await chat.until(lambda: chat.pane.session.busy)
    await chat.until(lambda: not chat.pane.session.busy)
    longer = chat.pane.session.branch[-1]
    assert longer.id != cut.id
    assert (longer.sibling_index, longer.sibling_count) == (1, 2)
    assert _all_text(longer).startswith(_all_text(cut))
    assert len(_all_text(longer)) > len(_all_text(cut))


def _all_text(message: Message) -> str:
    return "".join(part["text"] for item in message.items for part in item["content"])


async def test_raw_view_shows_the_tokens_that_were_written(chat: Chat) -> None:
    chat.pane.session.options.sampling.update(endless(12))
    chat.pane.session.options.sampling.pop("input")
    await chat.ask("Hello")
    answer = chat.pane.session.branch[-1]
    tokens = await chat.background.run(chat.background.history.messages.token_ids, answer.id)
    assert len(tokens) == 12
    chat.pane._actions().show_raw(answer.id)
    await chat.until(lambda: chat.pane.findChild(RawDialog))
    dialog = chat.pane.findChild(RawDialog)
    pages = {dialog.tabs.tabText(place): dialog.tabs.widget(place) for place in range(dialog.tabs.count())}
    assert [page.accessibleName() for page in pages.values()] == list(pages)
    text = {name: page.toPlainText() for name, page in pages.items() if isinstance(page, QPlainTextEdit)}
    table = {name: page for name, page in pages.items() if isinstance(page, TokenTable)}
    assert text["Prompt"].startswith("<|start|>")
    assert "Hello" in text["Prompt"]
    assert _cell(table["Prompt, token by token"], 0, 2) == '"<|start|>"'
    answer_table = table["Answer, token by token"]
    assert [int(_cell(answer_table, row, 1)) for row in range(12)] == tokens
    assert answer_table.model().rowCount() == 12
    assert text["Answer"]
    assert '"output_text"' in text["Answer by channel"] or '"reasoning_text"' in text["Answer by channel"]
    assert "back then" not in dialog.findChild(QLabel).text()
    answer_table.selectRow(1)
    QTest.keySequence(answer_table, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text().split("\t")[:2] == ["2", str(tokens[1])]
    dialog.reject()


def _cell(table: TokenTable, row: int, column: int) -> str:
    return str(table.model().index(row, column).data())


async def test_raw_view_has_the_tokens_of_a_stopped_answer_and_says_so_where_there_are_none(
    chat: Chat,
) -> None:
    chat.pane.session.options.sampling.update(endless(8000))
    chat.pane.session.options.sampling.pop("input")
    chat.type("Hello")
    await chat.until(chat.answer_is_growing)
    chat.pane.answers.stop()
    await chat.until(lambda: not chat.pane.session.busy)
    answer = chat.pane.session.branch[-1]
    messages = chat.background.history.messages
    assert await chat.background.run(messages.token_ids, answer.id)
    await chat.background.run(messages.finish_answer, answer.id, answer.items, answer.status, answer.answer)
    await chat.pane.raw_view.show(answer.id, chat.pane)
    dialog = chat.pane.findChild(RawDialog)
    assert "not known" in dialog.tabs.widget(2).toPlainText()
    dialog.reject()


async def test_conversation_is_found_again(chat: Chat) -> None:
    await chat.ask("Hello")
    conversation = chat.pane.session.conversation
    branch = chat.pane.session.branch
    chat.pane.session.begin()
    assert not chat.pane.view.turns
    chat.pane.sidebar.opened.emit(conversation.id)
    await chat.until(lambda: chat.pane.session.branch == branch)
    assert [turn.message.id for turn in chat.pane.view.turns] == [message.id for message in branch]


async def test_leaving_a_conversation_does_not_end_its_answer(chat: Chat) -> None:
    _let_answers_be_long(chat)
    chat.type("Hello")
    await chat.until(lambda: chat.answer_is_growing())
    conversation = chat.pane.session.conversation
    turn = chat.pane.view.turns[-1]
    chat.pane.session.begin()
    assert chat.pane.session.busy
    chat.pane.run(chat.pane.session.open(conversation.id))
    await chat.until(lambda: chat.pane.view.turns and chat.pane.view.turns[-1] is turn)
    chat.pane.answers.stop()
    await chat.until(lambda: not chat.pane.session.busy)


async def test_missing_model_says_so_and_forbids_sending(chat: Chat) -> None:
    chat.preferences.set("model", "no-such-model")
    await chat.until(lambda: chat.pane.readiness.problem)
    assert "no-such-model" in chat.pane.header.model.toolTip()
    QTest.keyClicks(chat.pane.composer.input, "Hello")
    assert not chat.pane.composer.send.isEnabled()
    assert "no-such-model" in chat.pane.composer.send.toolTip()


async def test_text_streams_to_the_disk_within_a_second(chat: Chat) -> None:
    _let_answers_be_long(chat)
    chat.type("Hello")
    await chat.until(lambda: chat.answer_is_growing())
    await asyncio.sleep(1.2)
    branch = chat.background.history.messages.branch
    stored = await chat.background.run(branch, chat.pane.session.conversation.id)
    assert stored[-1].status is Status.STREAMING
    assert stored[-1].items
    chat.pane.answers.stop()
    await chat.until(lambda: not chat.pane.session.busy)


@pytest.mark.parametrize("number", [0, 1, 2])
async def test_suggestions_are_answered(chat: Chat, number: int) -> None:
    buttons = chat.pane.welcome.buttons
    assert len(buttons) == 3
    chat.pane.session.options.sampling.update({"max_output_tokens": 4})
    buttons[number].click()
    await chat.until(lambda: chat.pane.session.busy)
    await chat.until(lambda: not chat.pane.session.busy)
    assert chat.pane.session.branch[0].text == buttons[number].text()
