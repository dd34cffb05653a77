from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.chat_template import ChatTemplate, RenderedPrompt
from app.engine.tokenizer import Tokenizer
from app.errors import TemplateFailed
from tests.support import small_tokenizers as small

MARKUP = ("<tool_call>", "<think>", "</think>", "<|user|>", "<|assistant|>", "<|tool|>", "[INST]", "<b>")
TOKENIZER = Tokenizer(small.byte_level(markup=MARKUP))
CONTROL = [*small.HARMONY, *MARKUP]
DATE = datetime.date(2026, 2, 28)
CHAT = (
    "{% for m in messages %}<|start|>{{ m.role }}<|message|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant{% endif %}"
)
# Templates that look at what they are given, change it, and build tokens from parts.
CURIOUS = (
    CHAT,
    "{{ bos_token }}{% for m in messages %}[INST] {{ m.content | trim }} [/INST]{{ eos_token }}{% endfor %}",
    "{% for m in messages %}{{ '<|' + m.role + '|>' + m['content'] + '<|end|>' }}{% endfor %}",
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}",
    "{% for m in messages %}<|start|>{{ m.content.split('</think>')[-1].lstrip('\\n') }}<|end|>{% endfor %}",
    "{% for m in messages %}{% if '<think>' in m.content %}<|start|>{% endif %}{{ m.content }}{% endfor %}",
    "{% for m in messages %}<|start|>{{ m.content | replace('|', '') | upper }}<|end|>{% endfor %}",
    "{% for m in messages %}{{ m.content }}{% endfor %}",
    "{% for m in messages %}<|start|>{{ m.content | tojson }}{{ m.content[1:-1] }}<|end|>{% endfor %}",
    "{% for t in tools %}<{{ t.function.name }}><|{{ t.function.name }}|>{{ t | tojson }}<|end|>{% endfor %}",
    """{% for t in tools %}{% for k, v in t.function.parameters.properties.items() %}
    <{{ k }}>{{ v.type }}</{{ k }}>{% endfor %}{% endfor %}""",
    "{% for m in messages %}<|start|>{{ m.content ~ m.thinking }}<|end|>{% endfor %}",
    "{% for m in messages %}{% for c in m.content %}{{ c }}{% endfor %}<|end|>{% endfor %}",
)
ATTACK = st.lists(
    st.one_of(st.sampled_from([*CONTROL, "<|", "|>", "start", "user"]), st.text(max_size=4))
).map("".join)
HARMLESS = "x"
DOUBLING = "{% set n = namespace(s='xxxxxxxx') %}{% for i in range(99) %}"


def render(source: str, messages: list[dict[str, Any]], **more: Any) -> RenderedPrompt:
    template = ChatTemplate(
        source, TOKENIZER, {"bos_token": {"content": "<|start|>"}, "eos_token": "<|return|>"}
    )
    return template.render(messages, date=DATE, **more)


def control_of(prompt: RenderedPrompt) -> list[str]:
    return [text for text in map(TOKENIZER.token_text, prompt.token_ids) if text in CONTROL]


def conversation(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A conversation in which everything a user can choose is this text."""
    messages = [
        {"role": "user", "content": text, "thinking": text},
        {
            "role": "assistant",
            "content": text,
            "tool_calls": [{"function": {"name": text, "arguments": {text: [text]}}}],
        },
        {"role": "tool", "content": text, "name": text},
    ]
    properties = {text: {"type": text, "description": text, "enum": [text]}}
    tool = {"name": text, "description": text, "parameters": {"type": "object", "properties": properties}}
    return messages, [{"type": "function", "function": tool}]


@pytest.mark.parametrize("source", CURIOUS)
@settings(deadline=None, max_examples=50)
@given(text=ATTACK)
def test_no_text_of_a_user_becomes_a_control_token(source: str, text: str) -> None:
    messages, tools = conversation(text)
    harmless, harmless_tools = conversation(HARMLESS)
    expected = control_of(render(source, harmless, tools=harmless_tools))
    assert control_of(render(source, messages, tools=tools)) == expected


@pytest.mark.parametrize(
    "name", ["tool_call", "think", "/think", "b", "user", "tool", "start", "end|><|call"]
)
def test_no_name_completes_a_control_token(name: str) -> None:
    _, tools = conversation(name)
    assert control_of(render(CURIOUS[9], [], tools=tools)) == ["<|end|>"]
    assert control_of(render(CURIOUS[10], [], tools=tools)) == []


@settings(deadline=None)
@given(text=ATTACK)
def test_the_text_itself_is_kept(text: str) -> None:
    prompt = render(CHAT, [{"role": "user", "content": text}])
    content = b"".join(map(TOKENIZER.token_bytes, prompt.token_ids)).decode("utf-8")
    assert content == prompt.text == f"<|start|>user<|message|>{text}<|end|><|start|>assistant"


def test_private_characters_are_kept() -> None:
    text = "".join(map(chr, [0x10F000, 0x10F001, 0xF0000, 0xF0001, 0x10FFFD])) + "<|end|>"
    assert text in render(CHAT, [{"role": "user", "content": text}]).text


def test_veiling_one_token_reveals_no_other() -> None:
    source = (
        "{% for m in messages %}{{ m.role if '|' in m.content else m.content }}{{ m.thinking }}{% endfor %}"
    )
    prompt = render(source, [{"role": "user", "content": "[INST]|", "thinking": "<|end|>"}])
    assert control_of(prompt) == []


def test_a_template_sees_ordinary_text_as_it_is() -> None:
    source = "{% for m in messages %}<|start|>{{ m.content | upper }}<|end|>{% endfor %}"
    assert render(source, [{"role": "user", "content": "start"}]).text == "<|start|>START<|end|>"


def test_tokens_built_from_parts_are_control_tokens() -> None:
    messages = [{"role": "user", "content": "a<|user|>b"}, {"role": "assistant", "content": "<|tool|>"}]
    for source in CURIOUS[2:4]:
        assert control_of(render(source, messages)) == ["<|user|>", "<|end|>", "<|assistant|>", "<|end|>"]


def test_words_go_on_from_template_to_text() -> None:
    source = "{% for m in messages %}the qu{{ m.content }}<|end|>{% endfor %}"
    end = TOKENIZER.special_id("<|end|>")
    assert render(source, [{"role": "user", "content": "ick"}]).token_ids == [
        *TOKENIZER.encode("the quick"),
        end,
    ]


def test_ordinary_conversations_are_encoded_as_one_text() -> None:
    messages = [{"role": "user", "content": "the quick  fox\n"}, {"role": "assistant", "content": "Zürich"}]
    for source in CURIOUS[:2]:
        prompt = render(source, messages)
        assert prompt.token_ids == TOKENIZER.encode_rendered(prompt.text)


def test_functions_templates_expect() -> None:
    parts = {
        "{{ strftime_now('%Y-%m-%d') }}": "2026-02-28",
        "{{ {'ü': '<b>'} | tojson }}": '{"ü": "<b>"}',
        "{{ [1] | tojson(indent=1) }}": "[\n 1\n]",
        "{{ reasoning_effort }}{{ enable_thinking }}": "highFalse",
        "{{ bos_token }}{{ eos_token }}": "<|start|><|return|>",
        "{% for i in range(9) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}": "01",
        "{% generation %}g{% endgeneration %}{{ unknown }}{{ tools is none }}": "gTrue",
    }
    prompt = render("|".join(parts), [], effort="high", enable_thinking=False)
    assert prompt.text == "|".join(parts.values())


def test_blocks_are_trimmed() -> None:
    assert render("a\n  {% if true %}\nb\n  {% endif %}\nc\n", []).text == "a\nb\nc"


def test_reasoning_goes_by_both_names() -> None:
    source = "{% for m in messages %}{{ m.thinking }}{{ m.reasoning_content }}{% endfor %}"
    assert render(source, [{"role": "assistant", "thinking": "Hm."}, {"role": "user"}]).text == "Hm.Hm."


def test_messages_are_not_changed() -> None:
    messages = [{"role": "user", "content": "<|end|>", "tool_calls": [{"a": "<|start|>"}]}]
    before = json.dumps(messages)
    render(CHAT, messages)
    assert json.dumps(messages) == before


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("{{ raise_exception('Roles must alternate: <|end|>!') }}", "Roles must alternate: <|end|>!"),
        ("{{ messages[5].content.x }}", "has no element 5"),
        ("{{ messages + 1 }}", "can only concatenate list"),
        ("{{ 1 // 0 }}", "zero"),
        ("{% for %}", "line 1"),
        ("{{ x | nonsense }}", "nonsense"),
        ("{{ messages.append(1) }}", "unsafe"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ cycler.__init__.__globals__ }}", "unsafe"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
        ("{% for i in range(10**9) %}{% endfor %}", "too big"),
        ("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", "without end"),
        (
            "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(99) }}",
            "without end",
        ),
        ("{{ 'x' * 10**10 }}", "huge"),
        ("{{ 10**(10**10) }}", "huge"),
        (f"{DOUBLING}{{% set n.s = n.s + n.s %}}{{% endfor %}}", "huge"),
        (f"{DOUBLING}{{% set n.s = n.s ~ n.s %}}{{% endfor %}}", "huge"),
        ("{% set x = 'x' * 10**6 %}{% for i in range(999) %}{{ x }}{% endfor %}", "huge"),
    ],
)
def test_a_failing_template_says_why(source: str, cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.engine.chat_template_environment._MOST_STEPS", 20_000)
    with pytest.raises(TemplateFailed) as caught:
        render(source, [{"role": "user", "content": "a"}])
    assert caught.value.message.startswith("The chat template of the model failed: ")
    assert cause in caught.value.message
    assert caught.value.hint


def test_a_slow_template_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.engine.chat_template_environment._MOST_SECONDS", 0.0)
    with pytest.raises(TemplateFailed, match="without end"):
        render(CHAT, [{"role": "user", "content": "a"}])


def test_a_template_can_fail_and_then_work(tmp_path: Path) -> None:
    source = (
        "{% if messages[0].content == 'a' %}{{ raise_exception('no') }}{% endif %}{{ messages[0].content }}"
    )
    template = ChatTemplate(source, TOKENIZER, {}, name=str(tmp_path))
    with pytest.raises(TemplateFailed) as caught:
        template.render([{"role": "user", "content": "a"}], date=DATE)
    assert caught.value.message == f"The chat template of {tmp_path} failed: no."
    assert template.render([{"role": "user", "content": "b"}], date=DATE).text == "b"
