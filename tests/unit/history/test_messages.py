from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UsageError
from app.history.items import attachments, typed_text, user_item
from app.history.records import Answer, Attachment, Role, Status
from app.history.store import History
from tests.support.conversations import answer_item, in_memory, reply, say, talk, texts, thinking_item


def test_branch_is_in_order_and_keeps_everything(history: History) -> None:
    conversation_id = history.conversations.create()
    question = say(history, conversation_id, "Why?")
    about = Answer("gpt-oss-20b", "CPU", "high", "stop", {"input_tokens": 3}, {"ttft_s": 0.2}, 3.25)
    begun = history.messages.begin_answer(conversation_id, question.id, Answer("gpt-oss-20b", effort="high"))
    assert begun.status is Status.STREAMING
    assert begun.answer == Answer("gpt-oss-20b", effort="high")
    items = [thinking_item("Hm."), answer_item("Because.")]
    history.messages.finish_answer(begun.id, items, Status.COMPLETE, about)

    first, second = history.messages.branch(conversation_id)
    assert (first.role, first.text, first.parent_id) == (Role.USER, "Why?", None)
    assert (second.role, second.text, second.parent_id) == (Role.ASSISTANT, "Because.", first.id)
    assert second.items == items
    assert second.answer == about
    assert second.status is Status.COMPLETE


def test_edit_makes_a_sibling_and_destroys_nothing(history: History) -> None:
    conversation_id = talk(history, "one", "answer to one", "follow-up", "second answer")
    first = history.messages.branch(conversation_id)[0]
    edited = say(history, conversation_id, "one, edited", first.parent_id)
    assert (edited.sibling_index, edited.sibling_count) == (1, 2)
    assert texts(history.messages.branch(conversation_id)) == ["one, edited"]
    back = history.messages.step(edited.id, -1)
    assert texts(back) == ["one", "answer to one", "follow-up", "second answer"]
    assert (back[0].sibling_index, back[0].sibling_count) == (0, 2)


def test_regenerated_answers_are_stepped_through_and_stop_at_the_ends(history: History) -> None:
    conversation_id = history.conversations.create()
    question = say(history, conversation_id, "Q")
    answers = [reply(history, question, f"answer {number}") for number in range(3)]
    assert history.messages.siblings(answers[0].id) == [answer.id for answer in answers]
    assert texts(history.messages.branch(conversation_id)) == ["Q", "answer 2"]
    assert texts(history.messages.step(answers[2].id, 5)) == ["Q", "answer 2"]
    assert texts(history.messages.step(answers[2].id, -1)) == ["Q", "answer 1"]
    assert texts(history.messages.step(answers[1].id, -9)) == ["Q", "answer 0"]


def test_selecting_a_deep_message_shows_its_whole_path(history: History) -> None:
    conversation_id = talk(history, "a", "b", "c", "d")
    deep = history.messages.branch(conversation_id)[-1]
    say(history, conversation_id, "another beginning")
    assert texts(history.messages.select(deep.id)) == ["a", "b", "c", "d"]


def test_a_conversation_remembers_the_branch_below_the_one_left(history: History) -> None:
    conversation_id = history.conversations.create()
    first = say(history, conversation_id, "first")
    old = reply(history, first, "old")
    say(history, conversation_id, "after old", old.id)
    new = reply(history, first, "new")
    say(history, conversation_id, "after new", new.id)
    assert texts(history.messages.select(old.id)) == ["first", "old", "after old"]
    assert texts(history.messages.select(new.id)) == ["first", "new", "after new"]


def test_two_thousand_messages_deep(history: History) -> None:
    conversation_id = talk(history, *(f"turn {number}" for number in range(40)))
    with history.database.writing("filling") as connection:
        last = history.messages.branch(conversation_id)[-1].id
        for _ in range(2000):
            cursor = connection.execute(
                "INSERT INTO message (conversation_id, parent_id, selected, role, status, items, created_at)"
                " VALUES (?, ?, 1, 'user', 'complete', '[]', 0)",
                (conversation_id, last),
            )
            last = cursor.lastrowid
    assert len(history.messages.branch(conversation_id)) == 2040
    assert len(history.messages.select(last)) == 2040
    history.conversations.purge([conversation_id])  # deeper than SQLite's limit of nested triggers
    assert history.messages.branch(conversation_id) == []


def test_a_parent_of_another_conversation_is_refused_and_nothing_is_written(history: History) -> None:
    stranger = history.messages.branch(talk(history, "mine"))[0]
    conversation_id = talk(history, "yours")
    with pytest.raises(UsageError, match="not part of conversation"):
        say(history, conversation_id, "lost", stranger.id)
    assert texts(history.messages.branch(conversation_id)) == ["yours"]
    assert history.search.find("lost") == []


def test_unknown_ids_are_named(history: History) -> None:
    with pytest.raises(UsageError, match="no conversation 99"):
        say(history, 99, "nobody")
    for call in (
        lambda: history.messages.get(99),
        lambda: history.messages.select(99),
        lambda: history.messages.step(99, 1),
        lambda: history.messages.extend_answer(99, []),
        lambda: history.messages.finish_answer(99, [], Status.COMPLETE, Answer()),
    ):
        with pytest.raises(UsageError, match="no message 99"):
            call()


def test_an_answer_keeps_its_thinking_time_and_its_tokens(history: History) -> None:
    conversation_id = history.conversations.create()
    question = say(history, conversation_id, "Q")
    begun = history.messages.begin_answer(conversation_id, question.id, Answer("guide", thinking_s=1.5))
    history.messages.extend_answer(begun.id, [answer_item("half")])
    assert history.messages.get(begun.id).answer.thinking_s == 1.5
    assert history.messages.token_ids(begun.id) == []
    ids = [0, 200_018, 7, 7]
    history.messages.finish_answer(begun.id, [answer_item("half")], Status.COMPLETE, Answer("guide"), ids)
    assert history.messages.token_ids(begun.id) == ids
    assert history.messages.token_ids(question.id) == []


def test_the_second_start_marks_what_was_being_written(history: History, folder) -> None:
    conversation_id = history.conversations.create()
    question = say(history, conversation_id, "Q")
    begun = history.messages.begin_answer(conversation_id, question.id, Answer("guide"))
    history.messages.extend_answer(begun.id, [answer_item("half a sen")])
    history.close()
    again = History.open(folder)
    try:
        cut = again.messages.get(begun.id)
        assert (cut.status, cut.text) == (Status.INCOMPLETE, "half a sen")
        assert [hit.message_id for hit in again.search.find("sen")] == [begun.id]
    finally:
        again.close()


@pytest.mark.parametrize(
    "text", ["\ud800 lone", "a\udfffb", "NUL \0 inside", "مرحبا بالعالم", "שלום עולם", "e\u0301", "👩‍👩‍👧‍👦"]
)
def test_any_text_is_kept(history: History, text: str) -> None:
    conversation_id = talk(history, text)
    kept = history.messages.branch(conversation_id)[0].text
    assert kept == text.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")


def test_five_megabytes_and_a_hundred_thousand_emoji(history: History) -> None:
    paste, emoji = "Line of a log, naïve.\n" * 230_000, "😀🏽" * 50_000
    conversation_id = talk(history, paste, "long", emoji)
    assert texts(history.messages.branch(conversation_id)) == [paste, "long", emoji]
    assert history.conversations.get(conversation_id).title == "Line of a log, naïve."
    assert len(history.search.find("naive log")) == 2
    assert [hit.excerpt[slice(*hit.ranges[0])] for hit in history.search.find("😀")] == ["😀"]


files = st.builds(
    Attachment, st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))), st.text(), st.integers(0)
)


@given(st.text(), st.lists(files, max_size=3))
def test_what_a_user_gave_comes_back_out_of_the_item(text: str, given_files: list[Attachment]) -> None:
    item = user_item(text, given_files)
    assert typed_text([item]) == text
    assert attachments([item]) == tuple(given_files)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=30))
def test_one_sibling_of_each_group_is_selected_whatever_is_done(steps: list[tuple[int, bool]]) -> None:
    history = in_memory()
    conversation_id, ids = history.conversations.create(), []
    for number, selects in steps:
        if selects and ids:
            branch = history.messages.select(ids[number % len(ids)])
            assert ids[number % len(ids)] in [message.id for message in branch]
        else:
            parent = ids[number % len(ids)] if ids and number % 5 else None
            ids.append(say(history, conversation_id, "x", parent).id)
    groups = history.database.rows("SELECT sum(selected) AS n FROM message GROUP BY ifnull(parent_id, 0)")
    assert {row["n"] for row in groups} == {1}
    history.close()
