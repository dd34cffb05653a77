from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.history.excerpt import LENGTH, excerpt_of
from app.history.folding import query_words
from app.history.records import Role
from app.history.store import History
from tests.support.conversations import in_memory, reply, say, talk


def marked(history: History, query: str) -> list[str]:
    """Every hit's excerpt with its matches in brackets."""
    found = []
    for hit in history.search.find(query):
        text = hit.excerpt
        for start, end in reversed(hit.ranges):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        found.append(text)
    return found


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("An ÜBUNG in words", "ubung", "An [ÜBUNG] in words"),
        ("Straße", "strasse", "[Straße]"),
        ("prefixes match", "pref mat", "[pref]ixes [mat]ch"),
        ("order does not matter", "matter order", "[order] does not [matter]"),
        ("今日の東京の天気は晴れ", "天気", "今日の東京の[天気]は晴れ"),
        ("今日の東京の天気は晴れ", "晴", "今日の東京の天気は[晴]れ"),
        ("人工智能改变世界", "智能", "人工[智能]改变世界"),
        ("한국어 문장입니다", "문장", "한국어 [문장]입니다"),
        ("مَرْحَبًا بالعالم", "مرحبا", "[مَرْحَبًا] بالعالم"),
        ("שָׁלוֹם עולם", "שלום", "[שָׁלוֹם] עולם"),
        ("ship it 🚀 now", "🚀", "ship it [🚀] now"),
        ("สวัสดีชาวโลก", "ชาว", "สวัสดี[ชาว]โลก"),
        ("ｆｕｌｌ width", "full", "[ｆｕｌｌ] width"),
        ("x=compute(y)", "compute", "x=[compute](y)"),
        ("snake_case_name", "snake_case", "[snake]_[case]_name"),
    ],
)
def test_words_are_found_and_marked(history: History, text: str, query: str, expected: str) -> None:
    talk(history, text)
    assert marked(history, query) == [expected, expected]  # the title, then the message


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "*", "()", "AND", "a OR b", "NEAR(x)", "col:x", "-x", "\0", "^a", "\ud800"]
)
def test_no_query_is_an_operator_or_an_error(history: History, query: str) -> None:
    talk(history, "plain words here")
    assert history.search.find(query) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_any_query_is_answered(shared_history: History, query: str) -> None:
    for hit in shared_history.search.find(query):
        assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.ranges)


@pytest.fixture(scope="module")
def shared_history():
    history = in_memory()
    talk(history, "A few words: ÄÖÜ 東京 😀 مرحبا שלום", "and an answer")
    yield history
    history.close()


def test_other_branches_are_found_and_said_to_be_hidden(history: History) -> None:
    conversation_id = history.conversations.create()
    question = say(history, conversation_id, "Question")
    reply(history, question, "a pelican")
    reply(history, question, "a heron")
    hidden, shown = history.search.find("pelican")[0], history.search.find("heron")[0]
    assert (hidden.active, shown.active) == (False, True)
    assert hidden.message_id is not None
    assert history.messages.select(hidden.message_id)[-1].text == "a pelican"
    assert history.search.find("pelican")[0].active


def test_a_hit_says_where_it_is(history: History) -> None:
    conversation_id = talk(history, "Title here", "the answer")
    title, message = history.search.find("title")
    assert (title.message_id, title.role, title.conversation_id) == (None, None, conversation_id)
    assert message.role is Role.USER
    assert history.search.find("answer")[0].title == "Title here"


def test_renaming_moves_the_title_in_the_index(history: History) -> None:
    conversation_id = talk(history, "old name")
    history.conversations.rename(conversation_id, "fresh")
    assert [hit.message_id for hit in history.search.find("fresh")] == [None]
    assert all(hit.message_id is not None for hit in history.search.find("old"))


def test_an_excerpt_is_short_and_around_the_match() -> None:
    text = "before " * 5000 + "needle\n\nin lines " + "after " * 5000
    excerpt = excerpt_of(text, query_words("needle"))
    assert len(excerpt.text) <= LENGTH + 2
    assert [excerpt.text[slice(*found)] for found in excerpt.ranges] == ["needle"]
    assert "needle in lines" in excerpt.text
    assert excerpt.text.startswith("…before")
    assert excerpt.text.endswith("…")


@given(st.text(max_size=300), st.text(max_size=10))
def test_ranges_lie_inside_and_do_not_overlap(text: str, query: str) -> None:
    excerpt, end = excerpt_of(text, query_words(query)), 0
    for start, stop in excerpt.ranges:
        assert end <= start < stop <= len(excerpt.text)
        end = stop
