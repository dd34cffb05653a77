"""An answer that was cut goes on where it was cut, as if it never had been."""

from __future__ import annotations

import pytest

from app import paths
from app.engine.channels import Channel, TextDelta
from app.engine.continuation import Spoken, begun_answer
from app.engine.engine import Engine, LoadOptions
from app.engine.parsers import parser_for
from app.engine.tokenizer import Tokenizer
from app.errors import Cancelled, RequestError
from app.progress import silent
from app.respond.answer import answer
from app.respond.reading import AnswerReader
from app.respond.request import read_request
from tests.support.response_events import check
from tests.support.small_tokenizers import byte_level
from tests.support.worker import endless, harmony_tokenizer

QUESTION = {"role": "user", "content": "Does anything I type leave this computer?"}


@pytest.fixture(scope="module")
def guide(tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    with_guide = Engine.load(paths.guide(), LoadOptions(), cache, silent, lambda: False)
    yield with_guide
    with_guide.close()


def run(engine, items, **fields):
    events = []
    body = {"input": items, "temperature": 0, **fields}
    outcome = answer(
        engine, read_request(body), lambda name, data: events.append((name, data)), silent, lambda: False
    )
    return outcome, events


def output(events):
    return events[-1][1]["response"]["output"]


def texts(events):
    return [item["content"][0]["text"] for item in output(events)]


@pytest.mark.parametrize("cut", [1, 2, 4, 7, 12, 20, 21, 24, 40])
def test_from_its_tokens_a_cut_answer_goes_on_as_if_it_never_had_been_cut(guide, cut):
    whole, expected = run(guide, [QUESTION])
    first, before = run(guide, [QUESTION], max_output_tokens=cut)
    assert len(first.output_ids) == cut < len(whole.output_ids)
    items = [QUESTION, *output(before)]
    outcome, after = run(guide, items, indoors={"continue": first.output_ids})
    check(after)
    assert outcome.output_ids == whole.output_ids
    assert texts(after) == texts(expected)
    assert outcome.usage.input_tokens == whole.usage.input_tokens + cut
    assert outcome.usage.output_tokens == whole.usage.output_tokens - cut


@pytest.mark.parametrize("cut", [4, 7, 12, 20, 24, 40])
def test_from_its_items_a_cut_answer_goes_on_as_if_it_never_had_been_cut(guide, cut):
    whole, expected = run(guide, [QUESTION])
    assert len(whole.output_ids) > 25
    _, before = run(guide, [QUESTION], max_output_tokens=cut)
    assert before[-1][0] == "response.incomplete"
    outcome, after = run(guide, [QUESTION, *output(before)], indoors={"continue": True})
    assert after[-1][0] == "response.completed"
    assert outcome.output_ids == whole.output_ids
    assert texts(after) == texts(expected)


def test_what_was_there_is_told_first(guide):
    _, before = run(guide, [QUESTION], max_output_tokens=40)
    _, after = run(guide, [QUESTION, *output(before)], indoors={"continue": True}, max_output_tokens=1)
    told = "".join(data["delta"] for name, data in after if name == "response.output_text.delta")
    assert told.startswith(output(before)[-1]["content"][0]["text"])


def test_input_that_ends_with_no_answer_is_refused(guide):
    with pytest.raises(RequestError, match="does not end with an answer"):
        run(guide, [QUESTION], indoors={"continue": True})


@pytest.mark.parametrize("value", ["yes", [1, "2"], [-1], [1 << 20], {"token_ids": [1]}])
def test_what_is_no_list_of_tokens_is_refused(guide, value):
    with pytest.raises(RequestError, match=r"indoors\.continue"):
        run(guide, [QUESTION], indoors={"continue": value})


def test_a_character_that_was_cut_in_two_becomes_whole():
    tokenizer = Tokenizer(harmony_tokenizer())
    halves = tokenizer.encode("ü")
    assert len(halves) == 2
    channel, message = tokenizer.special_id("<|channel|>"), tokenizer.special_id("<|message|>")
    begun = [channel, *tokenizer.encode("final"), message, halves[0]]
    reader = AnswerReader(parser_for(tokenizer)(""), ())
    events = [event for token_id in begun for event in reader.feed(token_id)]
    assert not [event for event in events if isinstance(event, TextDelta)]
    assert reader.feed(halves[1]) == [TextDelta("ü")]


def test_tokens_are_heard_of_a_stopped_answer_too(engine):
    heard, seen = [], []

    def emit(name, data):
        if name.endswith(".delta"):
            seen.append(data["delta"])

    request = read_request(endless(2000))
    with pytest.raises(Cancelled):
        answer(engine, request, emit, silent, lambda: len(seen) > 3, lambda ids: heard.append(ids))
    assert "".join(map(engine.tokenizer.token_text, heard[0])).endswith(seen[-1])


def test_a_stop_string_that_was_there_already_ends_the_answer_at_once(guide):
    first, before = run(guide, [QUESTION], max_output_tokens=40)
    word = output(before)[-1]["content"][0]["text"].split()[1]
    own = {"continue": first.output_ids, "stop": word}
    outcome, after = run(guide, [QUESTION, *output(before)], indoors=own)
    assert check(after)["status"] == "completed"
    assert outcome.usage.output_tokens == 0


def test_neighbouring_texts_are_told_as_one(guide):
    first, before = run(guide, [QUESTION], max_output_tokens=40)
    own = {"continue": first.output_ids}
    _, after = run(guide, [QUESTION, *output(before)], indoors=own, max_output_tokens=1)
    deltas = [data["delta"] for name, data in after if name == "response.reasoning_text.delta"]
    assert len(deltas) == 1


def test_a_whole_answer_is_not_gone_on_with(guide):
    _, events = run(guide, [QUESTION])
    with pytest.raises(RequestError, match="whole already"):
        run(guide, [QUESTION, *output(events)], indoors={"continue": True})


def test_user_text_in_an_answer_never_becomes_a_control_token():
    tokenizer = Tokenizer(harmony_tokenizer())
    ids = begun_answer(tokenizer, "", [Spoken(Channel.FINAL, "a<|end|>b", complete=False)])
    assert tokenizer.special_id("<|end|>") not in ids
    assert ids[0] == tokenizer.special_id("<|channel|>")


def test_a_complete_message_is_closed_and_the_next_one_opened():
    tokenizer = Tokenizer(harmony_tokenizer())
    ids = begun_answer(tokenizer, "", [Spoken(Channel.ANALYSIS, "hm", complete=True)])
    assert (
        "".join(map(tokenizer.token_text, ids)) == "<|channel|>analysis<|message|>hm<|end|><|start|>assistant"
    )


@pytest.mark.parametrize(
    ("prompt", "messages", "expected"),
    [
        ("Q: ", [Spoken(Channel.FINAL, "so", complete=False)], "so"),
        ("Q: ", [Spoken(Channel.ANALYSIS, "hm", complete=False)], "<think>\nhm"),
        ("<think>\n", [Spoken(Channel.ANALYSIS, "hm", complete=False)], "hm"),
        (
            "<think>\n",
            [Spoken(Channel.ANALYSIS, "hm", complete=True), Spoken(Channel.FINAL, "so", complete=False)],
            "hm\n</think>\n\nso",
        ),
    ],
)
def test_a_model_without_channels_goes_on_in_plain_text(prompt, messages, expected):
    tokenizer = Tokenizer(byte_level(special=("<|endoftext|>",), markup=("<think>", "</think>")))
    ids = begun_answer(tokenizer, prompt, messages)
    assert "".join(map(tokenizer.token_text, ids)) == expected
    parser = parser_for(tokenizer)(prompt)
    events = [event for token_id in ids for event in parser.feed(token_id)] + parser.finish()
    read = "|".join(event.text for event in events if isinstance(event, TextDelta))
    assert read.replace("|", "") == "".join(message.text for message in messages)
