"""gpt-oss' own tokenizer and template against openai-harmony."""

from __future__ import annotations

import json

import pytest

from app.engine.chat_template import ChatTemplate
from app.engine.parsers import parser_for
from app.engine.tokenizer import Tokenizer
from tests.support import fetch_gpt_oss_assets as assets
from tests.support import harmony_oracle, make_harmony_golden
from tests.support.parsed import events_of, messages_of

pytestmark = [
    pytest.mark.oracle,
    pytest.mark.skipif(
        bool(assets.missing()),
        reason=f"{assets.folder()} is not complete: run python -m tests.support.fetch_gpt_oss_assets",
    ),
]


@pytest.fixture(scope="module")
def oracle() -> harmony_oracle.Oracle:
    return harmony_oracle.Oracle()


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(assets.folder() / "tokenizer.json")


@pytest.fixture(scope="module")
def template(tokenizer: Tokenizer) -> ChatTemplate:
    source = (assets.folder() / "chat_template.jinja").read_text(encoding="utf-8")
    config = json.loads((assets.folder() / "tokenizer_config.json").read_text(encoding="utf-8"))
    return ChatTemplate(source, tokenizer, config)


def test_prompts_are_the_same(oracle: harmony_oracle.Oracle, template: ChatTemplate) -> None:
    for conversation in harmony_oracle.conversations(400):
        rendered = template.render(
            harmony_oracle.template_messages(conversation),
            tools=harmony_oracle.template_tools(conversation),
            effort=conversation.effort,
            date=harmony_oracle.DATE,
        )
        expected = oracle.prompt(conversation)
        assert rendered.text == oracle.encoding.decode(expected)
        assert rendered.token_ids == expected


def test_answers_are_read_the_same(oracle: harmony_oracle.Oracle, tokenizer: Tokenizer) -> None:
    parser = parser_for(tokenizer)
    for messages in harmony_oracle.answers(400, seed=8):
        tokens = oracle.completion(messages)
        expected = [
            (m["channel"], m["recipient"], (m["content_type"] or "").removeprefix("<|constrain|>"), m["text"])
            for m in oracle.parse(tokens)
        ]
        found = messages_of(events_of(parser(), tokens))
        assert [(m.channel, m.recipient, m.content_type or "", m.text) for m in found] == expected


def test_texts_are_encoded_the_same(oracle: harmony_oracle.Oracle, tokenizer: Tokenizer) -> None:
    for conversation in harmony_oracle.conversations(50, seed=9):
        for turn in conversation.turns:
            assert tokenizer.encode(turn.user) == oracle.encoding.encode(turn.user, disallowed_special=())


def test_every_token_has_the_same_bytes(oracle: harmony_oracle.Oracle, tokenizer: Tokenizer) -> None:
    for token_id in range(0, 199_998, 7):
        assert tokenizer.token_bytes(token_id).decode("utf-8", errors="replace") == oracle.encoding.decode(
            [token_id]
        )


def test_no_special_token_is_made_of_text(tokenizer: Tokenizer) -> None:
    for token_id in range(199_998, tokenizer.size):
        assert tokenizer.is_special(token_id)
        assert max(tokenizer.encode(tokenizer.token_text(token_id))) < 199_998


def test_reserved_ids_are_masked(tokenizer: Tokenizer) -> None:
    masked = set(tokenizer.masked_ids(201_088))
    named = {tokenizer.special_id(text) for text in ("<|return|>", "<|call|>", "<|end|>", "<|start|>")}
    assert masked >= set(range(200_019, 201_088)) | {200_000, 200_017}
    assert not masked & (named | set(range(199_998)))


def test_the_golden_file_is_what_the_library_says() -> None:
    assert json.loads(make_harmony_golden.PATH.read_text(encoding="utf-8")) == make_harmony_golden.golden()
