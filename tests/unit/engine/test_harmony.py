from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.engine.channels import MessageStarted, TextDelta
from app.engine.harmony import HarmonyParser
from app.engine.parsers import parser_for
from app.engine.tokenizer import Tokenizer
from tests.support import small_tokenizers as small
from tests.support.parsed import ParsedMessage, events_of, messages_of

GOLDEN = Path(__file__).parents[2] / "golden" / "harmony_answers.json"
TOKENIZER = Tokenizer(small.byte_level())
A, C, F = "analysis", "commentary", "final"
CALL = "functions.get_weather"


def parsed(answer: str) -> list[ParsedMessage]:
    return messages_of(events_of(parser_for(TOKENIZER)(), TOKENIZER.encode_rendered(answer)))


def message(channel: str, text: str, ending: str = "cut", **more: Any) -> ParsedMessage:
    return ParsedMessage(channel, text, ending=ending, **more)


WELL_FORMED = {
    "<|channel|>final<|message|>Hi<|return|>": [message(F, "Hi", "return")],
    "<|channel|>analysis<|message|>Hm <|end|><|start|>assistant<|channel|>final<|message|> Hi\n<|return|>": [
        message(A, "Hm ", "end"),
        message(F, " Hi\n", "return"),
    ],
    "<|channel|>commentary<|message|>Let me look.<|end|>": [message(C, "Let me look.", "end")],
    f" to={CALL}<|channel|>commentary json<|message|>{{}}<|call|>": [
        message(C, "{}", "call", recipient=CALL, content_type="json")
    ],
    f"<|channel|>commentary to={CALL} <|constrain|>json<|message|>{{}}<|call|>": [
        message(C, "{}", "call", recipient=CALL, content_type="json")
    ],
    f"<|channel|>commentary to={CALL}<|constrain|>json<|message|>{{}}<|call|>": [
        message(C, "{}", "call", recipient=CALL, content_type="json")
    ],
    f"<|channel|>commentary to={CALL}<|message|>{{}}<|call|>": [message(C, "{}", "call", recipient=CALL)],
    "<|channel|>analysis to=python code<|message|>1 + 1<|call|>": [
        message(A, "1 + 1", "call", recipient="python", content_type="code")
    ],
    "<|start|>assistant<|channel|>final<|message|>Hi<|end|>": [message(F, "Hi", "end")],
}
MALFORMED = {
    # no <|message|>
    "<|channel|>final Hello there, you": [message(F, "Hello there, you")],
    "<|channel|>final Hello<|return|>": [message(F, "Hello", "return")],
    "<|channel|>analysisWe need to think<|end|>": [message(A, "We need to think", "end")],
    f" to={CALL} what is this<|call|>": [message(C, "what is this", "call", recipient=CALL)],
    f'to={CALL}{{"city": 1}}<|call|>': [message(C, '{"city": 1}', "call", recipient=CALL)],
    f'<|channel|>commentary to={CALL} <|constrain|>json{{"a": 1}}<|call|>': [
        message(C, '{"a": 1}', "call", recipient=CALL, content_type="json")
    ],
    # no header at all
    "Hello there<|return|>": [message(F, "Hello there", "return")],
    "to be or not": [message(F, "to be or not")],
    "to": [message(F, "to")],
    "assistant is a word": [message(F, "assistant is a word")],
    "<|message|>Hi<|end|>": [message(F, "Hi", "end")],
    # odd headers
    "<|channel|>poem<|message|>Roses<|end|>": [message(F, "Roses", "end")],
    f"<|channel|>tool to={CALL}<|message|>{{}}<|call|>": [message(C, "{}", "call", recipient=CALL)],
    "<|channel|>FINAL<|message|>Hi<|end|>": [message(F, "Hi", "end")],
    f"<|channel|>commentaryto={CALL}json<|message|>{{}}<|call|>": [
        message(C, "{}", "call", recipient=f"{CALL}json")
    ],
    f"<|channel|>commentary json to={CALL}<|message|>{{}}<|call|>": [
        message(C, "{}", "call", recipient=CALL, content_type="json")
    ],
    "<|channel|>commentary to=user<|message|>Hi<|end|>": [message(C, "Hi", "end")],
    "<|channel|>analysis<|channel|>final<|message|>Hi<|end|>": [message(F, "Hi", "end")],
    "<|channel|>analysis<|channel|><|message|>Hm<|end|>": [message(A, "Hm", "end")],
    "<|start|><|start|>assistant<|channel|>final<|message|>Hi<|end|>": [message(F, "Hi", "end")],
    "<|start|>user<|message|>And you?<|end|>": [message(F, "And you?", "end")],
    "Hello<|channel|>final<|message|>Hi<|end|>": [message(F, "Hello"), message(F, "Hi", "end")],
    "to<|channel|>final<|message|>Hi<|end|>": [message(F, "to"), message(F, "Hi", "end")],
    # messages that run into each other
    "<|channel|>analysis<|message|>Hm<|channel|>final<|message|>Hi<|return|>": [
        message(A, "Hm"),
        message(F, "Hi", "return"),
    ],
    "<|channel|>analysis<|message|>Hm<|start|>assistant<|channel|>final<|message|>Hi": [
        message(A, "Hm"),
        message(F, "Hi"),
    ],
    "<|channel|>analysis<|message|>Hm<|end|>assistant<|channel|>final<|message|>Hi<|return|>": [
        message(A, "Hm", "end"),
        message(F, "Hi", "return"),
    ],
    "<|channel|>final<|message|>one<|message|> two<|constrain|> three<|end|>": [
        message(F, "one two three", "end")
    ],
    "<|channel|>final<|message|>Hi<|endoftext|>": [message(F, "Hi")],
    # cut, or ended, inside a header
    "": [],
    "<|return|>": [],
    "<|channel|>": [],
    "<|channel|>ana": [],
    "<|channel|>final": [],
    f"<|channel|>commentary to={CALL} json": [],
    "<|start|>assistant": [],
    "<|channel|>final<|return|>": [message(F, "", "return")],
    f"<|channel|>commentary to={CALL} json<|call|>": [
        message(C, "", "call", recipient=CALL, content_type="json")
    ],
}


@pytest.mark.parametrize("answer", WELL_FORMED)
def test_well_formed(answer: str) -> None:
    assert parsed(answer) == WELL_FORMED[answer]


@pytest.mark.parametrize("answer", MALFORMED)
def test_malformed(answer: str) -> None:
    assert parsed(answer) == MALFORMED[answer]


def test_text_streams_once_the_header_is_known() -> None:
    parser = HarmonyParser(TOKENIZER)
    header = [parser.feed(token_id) for token_id in TOKENIZER.encode_rendered("<|channel|>final<|message|>")]
    assert [len(events) for events in header] == [0] * (len(header) - 1) + [1]
    assert isinstance(header[-1][0], MessageStarted)
    for token_id in TOKENIZER.encode("the quick"):
        assert parser.feed(token_id) == [TextDelta(TOKENIZER.token_text(token_id))]


def test_a_missing_header_does_not_delay_the_answer() -> None:
    parser = HarmonyParser(TOKENIZER)
    first, *_ = TOKENIZER.encode("Привет")
    events = [event for token_id in TOKENIZER.encode("Hello you") for event in parser.feed(token_id)]
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == "Hello you"
    assert parser.feed(first) == []  # half a character


def test_an_endless_header_becomes_text() -> None:
    answer = "<|channel|>commentary to=" + "x" * 600
    assert parsed(answer)[0].text.count("x") == 600


def test_finishing_twice_gives_nothing_more() -> None:
    parser = HarmonyParser(TOKENIZER)
    events_of(parser, TOKENIZER.encode("Hello"))
    assert parser.finish() == []


def test_other_tokenizers_have_no_channels() -> None:
    assert not isinstance(parser_for(Tokenizer(small.byte_level(special=())))(), HarmonyParser)


def test_reads_what_openai_harmony_reads() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    parser = parser_for(Tokenizer(small.word_level(golden["pieces"])))
    assert len(golden["answers"]) >= 200
    for answer in golden["answers"]:
        expected = [
            (m["channel"], m["recipient"], (m["content_type"] or "").removeprefix("<|constrain|>"), m["text"])
            for m in answer["messages"]
        ]
        found = messages_of(events_of(parser(), answer["tokens"]))
        assert [(m.channel, m.recipient, m.content_type or "", m.text) for m in found] == expected
        assert all(m.ending != "cut" for m in found)
