"""What the guide is trained on is what the chat template renders."""

from __future__ import annotations

import datetime

import pytest
from tokenizers import Tokenizer as FastTokenizer

from app import paths
from app.engine.chat_template import ChatTemplate
from app.engine.tokenizer import Tokenizer
from app.graph.layout import open_folder
from models.guide.intents import read_corpus
from models.guide.tokenizer import SPECIAL, HarmonyEncoder, Turn, without_special
from models.guide.topics import MORE, NOWHERE, OUTSIDE, topic_words

DATE = datetime.date(2026, 1, 1)
QUESTION = "Does <|end|> end it, and 120b?"


@pytest.fixture(scope="module")
def template() -> ChatTemplate:
    folder = open_folder(paths.guide())
    template = ChatTemplate.from_folder(folder, Tokenizer.from_folder(folder))
    assert template is not None
    return template


@pytest.fixture(scope="module")
def encoder() -> HarmonyEncoder:
    return HarmonyEncoder(without_special(FastTokenizer.from_file(str(paths.guide() / "tokenizer.json"))))


def render(template: ChatTemplate, *messages: tuple[str, str], effort: str = "medium") -> list[int]:
    written = [{"role": role, "content": text} for role, text in messages]
    return template.render(written, effort=effort, date=DATE).token_ids


@pytest.mark.parametrize("effort", ["low", "medium", "high"])
def test_a_first_question(template: ChatTemplate, encoder: HarmonyEncoder, effort: str) -> None:
    rendered = render(template, ("user", QUESTION), effort=effort)
    assert encoder.prompt([], QUESTION, effort) == rendered


def test_a_later_question(template: ChatTemplate, encoder: HarmonyEncoder) -> None:
    history = [Turn("hi", "", "Hello!"), Turn("RAM?", "", "Much.")]
    messages = [("user", "hi"), ("assistant", "Hello!"), ("user", "RAM?"), ("assistant", "Much.")]
    assert encoder.prompt(history, QUESTION, "low") == render(
        template, *messages, ("user", QUESTION), effort="low"
    )


def test_instructions(template: ChatTemplate, encoder: HarmonyEncoder) -> None:
    rendered = render(template, ("system", "Be brief."), ("user", "hi"))
    assert encoder.prompt([], "hi", "medium", "Be brief.") == rendered


def test_prompts_are_short(template: ChatTemplate) -> None:
    assert len(render(template, ("user", "How much memory does gpt-oss-20b need?"))) <= 40


def test_special_tokens_have_the_names_of_gpt_oss() -> None:
    tokenizer = Tokenizer.from_folder(open_folder(paths.guide()))
    ids = [tokenizer.special_id(name) for name in SPECIAL]
    assert None not in ids
    assert len(set(ids)) == len(SPECIAL)


def test_every_intent_has_a_word_of_its_own(encoder: HarmonyEncoder) -> None:
    corpus = read_corpus()
    topics = topic_words(corpus, encoder)
    assert topics.keys() == {intent.name for intent in corpus.intents}
    assert len({*topics.values(), *OUTSIDE.split()[:1], MORE, NOWHERE}) == len(topics) + 3
    assert {len(encoder.text(f" {word}")) for word in topics.values()} == {1}


def test_reasoning_is_dropped_once_answered(template: ChatTemplate) -> None:
    answer = {"role": "assistant", "content": "Hello!", "thinking": "A greeting."}
    asked = {"role": "user", "content": "hi"}
    text = template.render([asked, answer, asked], date=DATE).text
    assert "A greeting." not in text
    assert text.endswith("<|start|>assistant")


def test_a_pending_tool_call_keeps_its_reasoning(template: ChatTemplate) -> None:
    call = {"type": "function", "function": {"name": "add", "arguments": {"a": 1}}}
    messages = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": "", "thinking": "I add.", "tool_calls": [call]},
        {"role": "tool", "content": "2"},
    ]
    text = template.render(messages, date=DATE).text
    assert "<|channel|>analysis<|message|>I add.<|end|>" in text
    assert "<|start|>assistant to=functions.add<|channel|>commentary json<|message|>" in text
    assert "<|start|>functions.add to=assistant<|channel|>commentary<|message|>2<|end|>" in text
