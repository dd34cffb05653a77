"""Messages of a model become events of the Responses API."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.channels import Channel, MessageEnded, MessageStarted, TextDelta
from app.engine.parsers import parser_for
from app.errors import InferenceFailed
from app.respond.events import ResponseWriter
from app.respond.reading import AnswerReader
from app.respond.request import read_request
from app.respond.response import Usage
from tests.support.response_events import check

USAGE = Usage(3, 1, 5, 2)


def written(messages, end="complete", body=None):
    """The events that some parser events become."""
    events = []
    writer = ResponseWriter(
        read_request({"input": "Hello"} | (body or {})),
        "tiny",
        lambda name, data: events.append((name, data)),
    )
    writer.start()
    writer.take(messages)
    if end == "complete":
        writer.complete(USAGE)
    elif end == "fail":
        writer.fail(InferenceFailed("It broke.", "Try again."), USAGE)
    else:
        writer.cut(end, USAGE)
    return events


def message(channel, *texts, recipient=None, complete=True):
    return [MessageStarted(channel, recipient), *map(TextDelta, texts), MessageEnded(complete)]


def test_thinking_preamble_call_and_answer_become_items():
    response = check(
        written(
            message(Channel.ANALYSIS, "Hm", "m.")
            + message(Channel.COMMENTARY, "I look it up.")
            + message(Channel.COMMENTARY, '{"city":', ' "Bern"}', recipient="functions.weather")
            + message(Channel.FINAL, "Sunny", ".")
        )
    )
    reasoning, preamble, call, answer = response["output"]
    assert reasoning["content"] == [{"type": "reasoning_text", "text": "Hmm."}]
    assert reasoning["summary"] == []
    assert "encrypted_content" not in reasoning
    assert (preamble["phase"], answer["phase"]) == ("commentary", "final_answer")
    assert (call["name"], call["arguments"]) == ("weather", '{"city": "Bern"}')
    assert answer["content"] == [{"type": "output_text", "text": "Sunny.", "annotations": [], "logprobs": []}]
    assert [item["id"].split("_")[0] for item in response["output"]] == ["rs", "msg", "fc", "msg"]
    assert response["status"] == "completed"
    assert response["completed_at"] >= response["created_at"]


def test_usage_is_told_in_full():
    response = check(written(message(Channel.FINAL, "Hi")))
    assert response["usage"] == {
        "input_tokens": 3,
        "input_tokens_details": {"cached_tokens": 1},
        "output_tokens": 5,
        "output_tokens_details": {"reasoning_tokens": 2},
        "total_tokens": 8,
    }


def test_a_reasoning_item_has_no_content_before_it_has_some():
    events = written(message(Channel.ANALYSIS, "Hm."))
    added = next(data for name, data in events if name == "response.output_item.added")
    assert "content" not in added["item"]


def test_messages_without_text_leave_no_trace_but_a_call_may_have_no_arguments():
    response = check(
        written(
            message(Channel.ANALYSIS)
            + message(Channel.FINAL)
            + message(Channel.COMMENTARY, recipient="functions.now")
        )
    )
    assert [item["type"] for item in response["output"]] == ["function_call"]
    assert response["output"][0]["arguments"] == ""


@pytest.mark.parametrize("reason", ["max_output_tokens", "cancelled"])
def test_a_cut_answer_is_incomplete(reason):
    response = check(written(message(Channel.FINAL, "Hi")[:-1], end=reason))
    assert response["status"] == "incomplete"
    assert response["incomplete_details"] == {"reason": reason}
    assert response["output"][0]["status"] == "incomplete"
    assert response["completed_at"] is None


def test_a_failed_answer_says_why():
    response = check(written(message(Channel.FINAL, "Hi")[:-1], end="fail"))
    assert response["error"] == {"code": "inference_failed", "message": "It broke."}
    assert response["output"][0]["content"][0]["text"] == "Hi"


def test_the_response_repeats_the_request():
    body = {
        "model": "mine",
        "previous_response_id": "resp_1",
        "store": False,
        "metadata": {"a": "b"},
        "tools": [{"type": "web_search"}],
        "tool_choice": "none",
        "temperature": 0.5,
        "reasoning": {"effort": "high", "summary": "auto"},
        "prompt_cache_key": "k",
    }
    response = check(written([], body=body))
    assert {key: response[key] for key in body} == body
    assert response["text"] == {"format": {"type": "text"}}


def test_what_must_not_be_null_is_not():
    nothing = dict.fromkeys(
        [
            "tools",
            "tool_choice",
            "truncation",
            "temperature",
            "top_p",
            "metadata",
            "store",
            "text",
            "reasoning",
        ]
    )
    response = check(written([], body=nothing))
    assert None not in [response[key] for key in nothing]


CONTROL = st.integers(0, 9)
WORDS = st.sampled_from(
    [" analysis", "analysis", " commentary", " final", " to=functions.f", " json", "x", "é"]
)


@given(data=st.data())
def test_any_tokens_cut_anywhere_give_valid_events(tokenizer, data):
    pieces = data.draw(st.lists(CONTROL | WORDS | st.integers(10, 319), max_size=40))
    ids = tokenizer.encode_pieces([piece if isinstance(piece, str) else int(piece) for piece in pieces])
    stops = data.draw(st.lists(st.text("x é", min_size=1, max_size=2), max_size=2))
    reader = AnswerReader(parser_for(tokenizer)(), stops)
    events = []
    writer = ResponseWriter(read_request({"input": ""}), "tiny", lambda *event: events.append(event))
    writer.start()
    used = 0
    for token_id in ids:
        used += 1
        writer.take(reader.feed(token_id))
        if reader.stopped:
            break
    writer.take(reader.finish(complete=data.draw(st.booleans())))
    writer.complete(USAGE)
    response = check(events)
    assert 0 <= reader.reasoning_tokens <= used
    thinks = any(item["type"] == "reasoning" for item in response["output"])
    assert reader.reasoning_tokens > 0 or not thinks
    shown = [
        part["text"] for item in response["output"] if item["type"] == "message" for part in item["content"]
    ]
    assert not any(stop in text for stop in stops for text in shown)
