from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from app.errors import DiskFull, StorageError
from app.history.opening import FILE_NAME
from app.history.records import Answer, Status
from app.history.store import History
from tests.support.conversations import answer_item, say, talk, texts


def test_a_full_disk_is_named_and_nothing_is_half_written(history: History) -> None:
    conversation_id = talk(history, "before")
    pages = history.database.row("PRAGMA page_count")[0]
    history.database.row(f"PRAGMA max_page_count = {pages + 2}")
    last = history.messages.branch(conversation_id)[-1]
    with pytest.raises(DiskFull, match="saving the message") as caught:
        say(history, conversation_id, "too much " * 10_000, last.id)
    assert FILE_NAME in caught.value.message
    assert caught.value.hint
    assert texts(history.messages.branch(conversation_id)) == ["before"]
    history.database.row("PRAGMA max_page_count = 1073741823")
    say(history, conversation_id, "after there is room", last.id)
    assert texts(history.messages.branch(conversation_id)) == ["before", "after there is room"]


def test_a_full_disk_while_streaming_keeps_what_was_there(history: History) -> None:
    conversation_id = talk(history, "Q")
    question = history.messages.branch(conversation_id)[0]
    begun = history.messages.begin_answer(conversation_id, question.id, Answer("guide"))
    history.messages.extend_answer(begun.id, [answer_item("so far")])
    pages = history.database.row("PRAGMA page_count")[0]
    history.database.row(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        history.messages.extend_answer(begun.id, [answer_item("x" * 100_000)])
    assert history.messages.get(begun.id).text == "so far"


def test_a_locked_file_is_waited_for_then_named(folder: Path) -> None:
    history = History.open(folder, busy_timeout_s=0.2)
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None, check_same_thread=False)
    try:
        conversation_id = talk(history, "x")
        other.execute("BEGIN IMMEDIATE")
        start = time.perf_counter()
        with pytest.raises(StorageError, match="Another program holds") as caught:
            say(history, conversation_id, "y")
        assert 0.15 < time.perf_counter() - start < 2
        assert "Close the other window" in caught.value.hint
        threading.Timer(0.05, lambda: other.execute("COMMIT")).start()
        say(history, conversation_id, "z")
        assert texts(history.messages.branch(conversation_id)) == ["z"]
    finally:
        other.close()
        history.close()


def test_a_file_locked_at_start_is_named(folder: Path) -> None:
    History.open(folder).close()
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StorageError, match="Another program holds"):
            History.open(folder, busy_timeout_s=0.1)
    finally:
        other.close()


def test_damage_met_while_running_is_named(history: History, folder: Path) -> None:
    talk(history, "x")
    history.close()
    opened = History.open(folder)
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x7f" * (len(content) - 4096)
    path.write_bytes(content)
    opened.database.row("PRAGMA shrink_memory")  # nothing is read from memory
    with pytest.raises(StorageError, match="damaged") as caught:
        opened.conversations.summaries()
    assert "newest backup" in caught.value.hint
    opened.close()


def test_two_windows_on_one_file_lose_nothing(folder: Path) -> None:
    first, second = History.open(folder), History.open(folder)
    try:
        ours, theirs = talk(first, "ours"), talk(second, "theirs")
        question = say(first, ours, "question")
        begun = first.messages.begin_answer(ours, question.id, Answer("guide"))
        third = History.open(folder)  # takes the answer for a cut one
        third.close()
        first.messages.extend_answer(begun.id, [answer_item("still wri")])
        assert first.messages.get(begun.id).status is Status.STREAMING
        first.messages.finish_answer(
            begun.id, [answer_item("still written")], Status.COMPLETE, Answer("guide")
        )
        assert texts(second.messages.branch(ours)) == ["question", "still written"]
        assert {line.id for line in first.conversations.summaries()} == {ours, theirs}
    finally:
        first.close()
        second.close()
