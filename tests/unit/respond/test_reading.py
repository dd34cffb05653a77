"""Stop strings, and tokens of thinking."""

from __future__ import annotations

import pytest

from app.engine.channels import MessageEnded, MessageStarted, TextDelta
from app.engine.parsers import parser_for
from app.respond.reading import AnswerReader

THOUGHT = "<|channel|>analysis<|message|>one stop two<|end|>"
ANSWER = "<|start|>assistant<|channel|>final<|message|>one stop two<|return|>"
CALL = "<|start|>assistant<|channel|>commentary to=functions.f json<|message|>stop<|call|>"


def read(tokenizer, text, stops=(), complete=True):
    reader = AnswerReader(parser_for(tokenizer)(), stops)
    events = []
    for token_id in tokenizer.encode_rendered(text):
        events += reader.feed(token_id)
        if reader.stopped:
            break
    return reader, events + reader.finish(complete=complete)


def texts(events):
    found = []
    for event in events:
        if isinstance(event, MessageStarted):
            found.append("")
        elif isinstance(event, TextDelta):
            found[-1] += event.text
    return found


def test_tokens_of_thinking_are_counted_with_their_header_and_end(tokenizer):
    reader, _ = read(tokenizer, THOUGHT + ANSWER)
    assert reader.reasoning_tokens == len(tokenizer.encode_rendered(THOUGHT))


def test_thinking_that_was_cut_counts_too(tokenizer):
    cut = THOUGHT.removesuffix("<|end|>")
    reader, _ = read(tokenizer, cut, complete=False)
    assert reader.reasoning_tokens == len(tokenizer.encode_rendered(cut))


def test_an_answer_without_thinking_counts_none(tokenizer):
    reader, _ = read(tokenizer, ANSWER)
    assert reader.reasoning_tokens == 0


@pytest.mark.parametrize("stops", [["stop"], ["never", "stop two", "e stop"]])
def test_a_stop_string_ends_the_answer_but_not_the_thinking(tokenizer, stops):
    reader, events = read(tokenizer, THOUGHT + ANSWER, stops)
    assert reader.stopped
    assert texts(events)[0] == "one stop two"
    assert texts(events)[1] in {"one ", "on"}
    assert events[-1] == MessageEnded(complete=True)
    assert sum(isinstance(event, MessageEnded) for event in events) == 2


def test_a_stop_string_does_not_cut_a_tool_call(tokenizer):
    reader, events = read(tokenizer, THOUGHT + CALL, ["stop"])
    assert not reader.stopped
    assert texts(events)[1] == "stop"


def test_the_beginning_of_a_stop_string_is_not_lost(tokenizer):
    _, events = read(tokenizer, ANSWER, ["two three"])
    assert texts(events) == ["one stop two"]


def test_a_turn_the_model_ended_is_complete_even_if_its_message_is_not(tokenizer):
    _, events = read(tokenizer, ANSWER.removesuffix("<|return|>"), complete=True)
    assert events[-1] == MessageEnded(complete=True)
    _, events = read(tokenizer, ANSWER.removesuffix("<|return|>"), complete=False)
    assert events[-1] == MessageEnded(complete=False)
