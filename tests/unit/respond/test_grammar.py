"""Answers that must have a form, sampled from random logits: whatever ends, fits."""

from __future__ import annotations

import json
import re

import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.constraint import Grammars
from app.engine.parsers import parser_for
from app.engine.sampler import Sampling, build_sampler
from app.errors import RequestError
from app.progress import silent
from app.respond.answer import answer
from app.respond.bounds import bounded
from app.respond.events import ResponseWriter
from app.respond.grammar import answer_grammar
from app.respond.reading import AnswerReader
from app.respond.request import read_request
from app.respond.response import Usage
from tests.support.response_events import check
from tests.support.worker import endless

MOST_TOKENS = 400
ROOM = 1 << 17
WEATHER = {
    "type": "function",
    "name": "weather",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string", "maxLength": 9}, "unit": {"enum": ["c", "f"]}},
        "required": ["city", "unit"],
        "additionalProperties": False,
    },
}
CLOCK = {"type": "function", "name": "clock", "parameters": {"type": "object", "additionalProperties": False}}


@pytest.fixture(scope="module")
def grammars(tokenizer):
    return Grammars(tokenizer, tokenizer.size + 7, [tokenizer.special_id("<|return|>")])


def sampled(tokenizer, grammars, body, seed):
    """A response whose tokens are drawn at random from what the grammar allows."""
    request = read_request({"input": "x", **body})
    grammar = answer_grammar(request, tokenizer, "", grammars.compiles, ROOM)
    size = tokenizer.size + 7
    constraint = grammars.compile(grammar, 2)
    sample = build_sampler(Sampling(seed=seed), size, tokenizer.masked_ids(size), constraint)
    random = np.random.default_rng(seed)
    ends = {tokenizer.special_id(name) for name in ("<|return|>", "<|call|>")}
    quote = tokenizer.encode('"')[0]
    events = []
    writer = ResponseWriter(request, "tiny", lambda *event: events.append(event))
    reader = AnswerReader(parser_for(tokenizer)(""), ())
    writer.start()
    history = [1, 2]
    while len(history) < MOST_TOKENS:
        logits = random.normal(size=size).astype(np.float32)
        logits[[*ends, quote, tokenizer.special_id("<|end|>")]] += 6  # or nothing would ever end
        history.append(sample(logits, history))
        writer.take(reader.feed(history[-1]))
        if history[-1] in ends:
            writer.take(reader.finish(complete=True))
            writer.complete(Usage())
            break
    else:
        writer.cut("max_output_tokens", Usage())
    return check(events)


SMALL = {
    "type": "object",
    "properties": {
        "a": {"type": "string"},
        "n": {"type": "integer"},
        "b": {"type": "string", "enum": ["x" * 99]},
    },
    "required": ["a"],
}


def test_where_there_is_little_room_everything_ends():
    found = bounded(SMALL, 400)["properties"]
    assert found["a"] == {"type": "string", "maxLength": 200}
    assert found["n"]["maximum"] == -found["n"]["minimum"] == (1 << 53) - 1
    assert found["b"] == SMALL["properties"]["b"]
    assert "maxLength" not in bounded(SMALL, 1 << 17)["properties"]["a"]
    assert bounded({"type": "string", "minLength": 900}, 100)["maxLength"] == 900


def text_of(response):
    return next(item["content"][0]["text"] for item in response["output"] if item["type"] == "message")


_NAMES = st.text('abcxyzé "\\_1', min_size=1, max_size=5)
_LEAVES = st.one_of(
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.just({"type": "string", "maxLength": 6}),
    st.builds(
        lambda low, more: {"type": "integer", "minimum": low, "maximum": low + more},
        st.integers(-50, 50),
        st.integers(0, 2000),
    ),
    st.just({"type": "number", "minimum": 0, "maximum": 10}),
    st.builds(
        lambda values: {"enum": values},
        st.lists(st.one_of(_NAMES, st.integers(-9, 9), st.booleans(), st.none()), min_size=1, max_size=4),
    ),
    st.builds(lambda value: {"const": value}, _NAMES),
    st.just({"type": "string", "pattern": "^[a-c]{2,4}$"}),
    st.just({"type": "string", "format": "date"}),
)


def _objects(inner):
    return st.dictionaries(_NAMES, inner, min_size=1, max_size=3).flatmap(
        lambda properties: st.builds(
            lambda needed: {
                "type": "object",
                "properties": properties,
                "required": sorted(needed),
                "additionalProperties": False,
            },
            st.sets(st.sampled_from(sorted(properties))),
        )
    )


def _lists(inner):
    return st.builds(
        lambda items, most: {"type": "array", "items": items, "maxItems": most}, inner, st.integers(0, 3)
    )


SCHEMAS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        _objects(inner), _lists(inner), st.builds(lambda one, two: {"anyOf": [one, two]}, inner, inner)
    ),
    max_leaves=6,
)
COMPLETED: list[bool] = []


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(schema=SCHEMAS, seed=st.integers(0, 1 << 30))
def test_every_completed_answer_follows_its_schema(tokenizer, grammars, schema, seed):
    format_ = {"type": "json_schema", "name": "a", "schema": schema, "strict": True}
    response = sampled(tokenizer, grammars, {"text": {"format": format_}}, seed)
    COMPLETED.append(response["status"] == "completed")
    if response["status"] == "completed":
        jsonschema.validate(json.loads(text_of(response)), schema)


def test_most_of_them_were_completed():
    assert len(COMPLETED) >= 200
    assert sum(COMPLETED) > 0.9 * len(COMPLETED)


@pytest.mark.parametrize("seed", range(12))
def test_a_call_that_is_required_is_made_and_its_arguments_fit(tokenizer, grammars, seed):
    body = {"tools": [WEATHER, CLOCK], "tool_choice": "required"}
    response = sampled(tokenizer, grammars, body, seed)
    (call,) = [item for item in response["output"] if item["type"] == "function_call"]
    assert response["status"] == "completed"
    tool = {"weather": WEATHER, "clock": CLOCK}[call["name"]]
    jsonschema.validate(json.loads(call["arguments"]), tool["parameters"])


@pytest.mark.parametrize("seed", range(4))
def test_the_call_that_is_named_is_made(tokenizer, grammars, seed):
    body = {"tools": [WEATHER, CLOCK], "tool_choice": {"type": "function", "name": "clock"}}
    calls = [
        item for item in sampled(tokenizer, grammars, body, seed)["output"] if item["type"] == "function_call"
    ]
    assert [call["name"] for call in calls] == ["clock"]


def test_strict_functions_may_be_called_or_not(tokenizer, grammars):
    body = {"tools": [{**WEATHER, "strict": True}]}
    kinds = set()
    for seed in range(12):
        output = sampled(tokenizer, grammars, body, seed)["output"]
        kinds |= {item["type"] for item in output}
        for item in output:
            if item["type"] == "function_call" and item["status"] == "completed":
                jsonschema.validate(json.loads(item["arguments"]), WEATHER["parameters"])
    assert {"function_call", "message"} <= kinds


def test_grammars_and_expressions_are_followed(tokenizer, grammars):
    regex = {"type": "grammar", "syntax": "regex", "definition": "(yes|no)/[0-9]{3}"}
    lark = {"type": "grammar", "syntax": "lark", "definition": 'start: "a" ("b" | "c")~2 "d"'}
    for seed in range(5):
        assert re.fullmatch(
            r"(yes|no)/\d{3}", text_of(sampled(tokenizer, grammars, {"text": {"format": regex}}, seed))
        )
        assert re.fullmatch(
            "a[bc]{2}d", text_of(sampled(tokenizer, grammars, {"text": {"format": lark}}, seed))
        )


@pytest.mark.parametrize(
    "body",
    [
        {"text": {"format": {"type": "json_schema", "schema": {"type": "nothing"}, "strict": True}}},
        {"tools": [{**CLOCK, "parameters": {"properties": {"a": {"type": "nothing"}}}, "strict": True}]},
        {"tools": [{**CLOCK, "name": "a <|end|> b"}], "tool_choice": "required"},
    ],
)
def test_what_cannot_be_enforced_is_refused(tokenizer, grammars, body):
    with pytest.raises(RequestError):
        answer_grammar(read_request({"input": "x", **body}), tokenizer, "", grammars.compiles, ROOM)


def test_a_broken_grammar_is_refused(tokenizer, grammars):
    body = {"text": {"format": {"type": "grammar", "definition": "start: ((("}}}
    grammar = answer_grammar(read_request({"input": "x", **body}), tokenizer, "", grammars.compiles, ROOM)
    with pytest.raises(RequestError, match="cannot be enforced"):
        grammars.compile(grammar, 0)


def test_what_is_not_strict_and_cannot_be_enforced_is_only_told(tokenizer, grammars):
    body = {"text": {"format": {"type": "json_schema", "schema": {"type": "nothing"}}}}
    assert (
        answer_grammar(read_request({"input": "x", **body}), tokenizer, "", grammars.compiles, ROOM) is None
    )
    body = {"tools": [WEATHER]}
    assert (
        answer_grammar(read_request({"input": "x", **body}), tokenizer, "", grammars.compiles, ROOM) is None
    )


def test_a_real_model_follows_the_form(engine):
    """The tiny model's weights are random, so nothing but the grammar makes JSON of it."""
    schema = {
        "type": "object",
        "properties": {"a": {"enum": [1, 2]}},
        "required": ["a"],
        "additionalProperties": False,
    }
    body = endless(600) | {"text": {"format": {"type": "json_schema", "schema": schema, "strict": True}}}
    body["indoors"] = {"seed": 3, "logit_bias": {str(engine.tokenizer.special_id("<|end|>")): 100}}
    events = []
    answer(engine, read_request(body), lambda *event: events.append(event), silent, lambda: False)
    response = check(events)
    assert response["status"] == "completed"
    jsonschema.validate(json.loads(text_of(response)), schema)
