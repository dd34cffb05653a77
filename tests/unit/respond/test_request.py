"""Requests are read loosely, and what does not fit is named."""

from __future__ import annotations

import pytest

from app.errors import RequestError
from app.respond.form import Form
from app.respond.request import read_request


def test_text_is_one_user_message():
    request = read_request({"input": "Hello"})
    assert [dict(item.values) for item in request.items] == [{"role": "user", "content": "Hello"}]


def test_empty_text_is_fine():
    assert len(read_request({"input": "", "max_output_tokens": 1}).items) == 1


def test_unknown_fields_are_ignored_and_null_means_absent():
    body = {"input": "x", "include": ["a"], "client_metadata": {}, "temperature": None, "reasoning": None}
    request = read_request(body | {"tools": None, "indoors": None, "text": None, "max_output_tokens": None})
    assert request.sampling.temperature == 1.0
    assert request.effort is None
    assert request.toolbox.functions == ()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("none", "low"),
        ("minimal", "low"),
        ("low", "low"),
        ("medium", "medium"),
        ("high", "high"),
        ("xhigh", "high"),
    ],
)
def test_every_effort_of_the_api_is_understood(given, used):
    assert read_request({"input": "x", "reasoning": {"effort": given}}).effort == used


def test_sampling_is_read_from_both_places():
    request = read_request(
        {
            "input": "x",
            "temperature": 0,
            "top_p": 0.5,
            "presence_penalty": 1,
            "frequency_penalty": 0.25,
            "indoors": {
                "top_k": 3,
                "min_p": 0.1,
                "repetition_penalty": 1.1,
                "presence_penalty": -1,
                "logit_bias": {"5": -100, "6": 2.5},
                "seed": 7,
            },
        }
    )
    sampling = request.sampling
    assert (sampling.temperature, sampling.top_p, sampling.top_k, sampling.min_p) == (0.0, 0.5, 3, 0.1)
    assert (sampling.presence_penalty, sampling.frequency_penalty) == (-1.0, 0.25)
    assert (sampling.repetition_penalty, sampling.seed) == (1.1, 7)
    assert sampling.logit_bias == {5: -100.0, 6: 2.5}


def test_a_raw_prompt_needs_no_input():
    request = read_request({"indoors": {"prompt": "Once", "token_ids": True, "stop": "."}})
    assert (request.prompt, request.token_ids, request.stop) == ("Once", True, (".",))
    assert request.items == ()


FUNCTION = {"type": "function", "name": "weather", "description": "d", "parameters": {"type": "object"}}
CHAT_FUNCTION = {"type": "function", "function": {"name": "clock"}}
TOOLS = [FUNCTION, CHAT_FUNCTION, {"type": "web_search"}, {"type": "namespace", "tools": [{"name": "inner"}]}]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (None, ["weather", "clock", "inner"]),
        ("auto", ["weather", "clock", "inner"]),
        ("required", ["weather", "clock", "inner"]),
        ("none", []),
        ({"type": "function", "name": "clock"}, ["clock"]),
        (
            {"type": "allowed_tools", "mode": "auto", "tools": [FUNCTION, {"name": "inner"}]},
            ["weather", "inner"],
        ),
    ],
)
def test_tools_of_every_kind_and_the_choice_among_them(choice, names):
    request = read_request({"input": "x", "tools": TOOLS, "tool_choice": choice})
    functions = request.toolbox.functions
    assert [function.name for function in functions] == names
    assert request.toolbox.required is (
        choice == "required" or (isinstance(choice, dict) and len(names) == 1)
    )
    if "weather" in names:
        function = {"name": "weather", "description": "d", "parameters": {"type": "object"}}
        assert functions[0].for_template() == {"type": "function", "function": function}


def test_a_response_format_is_understood():
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    format_ = {"type": "json_schema", "name": "thing", "schema": schema}
    assert read_request({"input": "x", "text": {"format": format_}}).form == Form("thing", schema)
    assert read_request({"input": "x", "text": {"format": {"type": "text"}}}).form is None
    assert read_request({"input": "x", "text": {"format": {"type": "json_object"}}}).form


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({}, "input"),
        ({"input": []}, "input"),
        ({"input": 5}, "input"),
        ({"input": ["x"]}, "input[0]"),
        ({"input": "x", "temperature": "hot"}, "temperature"),
        ({"input": "x", "temperature": 2.5}, "temperature"),
        ({"input": "x", "temperature": True}, "temperature"),
        ({"input": "x", "temperature": float("nan")}, "temperature"),
        ({"input": "x", "max_output_tokens": 0}, "max_output_tokens"),
        ({"input": "x", "max_output_tokens": 1.5}, "max_output_tokens"),
        ({"input": "x", "instructions": []}, "instructions"),
        ({"input": "x", "reasoning": {"effort": "enormous"}}, "reasoning.effort"),
        ({"input": "x", "reasoning": "high"}, "reasoning"),
        ({"input": "x", "truncation": "some"}, "truncation"),
        ({"input": "x", "tools": {}}, "tools"),
        ({"input": "x", "tools": [{"type": "function"}]}, "tools[0].name"),
        ({"input": "x", "tools": [{"type": "function", "function": {}}]}, "tools[0].function.name"),
        ({"input": "x", "tool_choice": "maybe"}, "tool_choice"),
        ({"input": "x", "tool_choice": {"type": "function", "name": "f"}}, "tool_choice"),
        ({"input": "x", "text": {"format": {"type": "json_schema"}}}, "text.format.schema"),
        ({"input": "x", "indoors": {"stop": [1]}}, "indoors.stop"),
        ({"input": "x", "indoors": {"stop": ""}}, "indoors.stop"),
        ({"input": "x", "indoors": {"seed": -1}}, "indoors.seed"),
        ({"input": "x", "indoors": {"logit_bias": {"a": 1}}}, "indoors.logit_bias.a"),
        ({"input": "x", "indoors": {"logit_bias": {"1": "b"}}}, "indoors.logit_bias.1"),
        ({"input": "x", "indoors": {"token_ids": "yes"}}, "indoors.token_ids"),
    ],
)
def test_what_does_not_fit_is_named(body, name):
    with pytest.raises(RequestError) as caught:
        read_request(body)
    assert caught.value.message.startswith(f"`{name}`")
    assert caught.value.hint
