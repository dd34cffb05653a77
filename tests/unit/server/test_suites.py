"""What the public suites ask for: Open Responses' compliance tests, gpt-oss's compatibility test.

Their requests have their shapes here; what they check is checked, with answers that are written here.
"""

from __future__ import annotations

import json

import jsonschema
import pytest

from app.server.schema.chat import ChatCompletion
from app.server.schema.events import EVENT
from app.server.schema.response import Response
from tests.support.server import called, read_stream, spoken

WEATHER = {
    "type": "object",
    "properties": {"location": {"type": "string", "description": "The city, e.g. Paris"}},
    "required": ["location"],
}
TOOL = {"type": "function", "name": "get_weather", "description": "The weather now.", "parameters": WEATHER}
ASK = {"type": "message", "role": "user", "content": "How is the weather in Paris?"}
CONVERSATIONS = {
    "basic": [ASK],
    "system prompt": [{"type": "message", "role": "system", "content": "Talk like a pirate."}, ASK],
    "several turns": [
        {"type": "message", "role": "user", "content": "My name is Ada."},
        {"type": "message", "role": "assistant", "content": "Hello Ada!"},
        {"type": "message", "role": "user", "content": "What is my name?"},
    ],
}


@pytest.fixture
def caller(served):
    """The server; its model thinks, says what it is about to do, and calls the tool."""
    thought = spoken("", "They want the weather.")[:3]
    served.worker.script = lambda job: [*thought, *called("get_weather", {"location": "Paris"})]
    return served


@pytest.mark.parametrize("items", CONVERSATIONS.values(), ids=CONVERSATIONS)
def test_a_conversation_is_answered_in_full_form_streamed_or_not(served, items):
    served.worker.script = lambda job: spoken("Ahoy", "hm")
    whole = served.ask(items)
    Response.model_validate(whole)
    told = [body for _, body in served.stream(input=items)[:-1]]
    for event in told:
        EVENT.validate_python(event)
    for response in (whole, told[-1]["response"]):
        assert response["status"] == "completed"
        assert response["output"]


def test_a_call_is_streamed_piece_by_piece(caller):
    told = [body for _, body in caller.stream(input=[ASK], tools=[TOOL])[:-1]]
    for event in told:
        EVENT.validate_python(event)
    kinds = [
        body["type"] for body in told if body.get("item", {}).get("type", "function_call") != "reasoning"
    ]
    call = ["response.output_item.added", *["response.function_call_arguments.delta"] * 2]
    call += ["response.function_call_arguments.done", "response.output_item.done"]
    assert [kind for kind in kinds if "item" in kind or "arguments" in kind] == call
    arguments = json.loads(told[-1]["response"]["output"][-1]["arguments"])
    jsonschema.validate(arguments, WEATHER)


def test_thinking_is_told_by_the_names_that_gpt_oss_has(caller):
    response = caller.ask([ASK], tools=[TOOL])
    (reasoning,) = (item for item in response["output"] if item["type"] == "reasoning")
    assert [part["type"] for part in reasoning["content"]] == ["reasoning_text"]
    assert all(part["text"] for part in reasoning["content"])
    names = {name for name, _ in caller.stream(input=[ASK], tools=[TOOL])}
    assert {"response.reasoning_text.delta", "response.reasoning_text.done"} <= names


def test_chat_completions_tell_thinking_and_calls_too(caller):
    tool = {"type": "function", "function": {name: TOOL[name] for name in ("name", "parameters")}}
    body = {"model": "tiny/one", "messages": [{"role": "user", "content": "?"}], "tools": [tool]}
    whole = caller.http.post("/v1/chat/completions", json=body).json()
    ChatCompletion.model_validate(whole)
    message = whole["choices"][0]["message"]
    assert message["reasoning"] == message["reasoning_content"] == "They want the weather."
    (call,) = message["tool_calls"]
    jsonschema.validate(json.loads(call["function"]["arguments"]), WEATHER)
    with caller.http.stream("POST", "/v1/chat/completions", json={**body, "stream": True}) as answer:
        *chunks, _ = [data for _, data in read_stream(answer.iter_lines())]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert "".join(delta.get("reasoning", "") for delta in deltas) == message["reasoning"]


def test_a_schema_is_told_back_with_all_its_fields(served):
    form = {"type": "json_schema", "name": "a", "schema": {"type": "object"}}
    told = served.ask("x", model="tiny/one")
    assert told["text"]["format"] == {"type": "text"}
    body = {"model": "tiny/one", "input": "x", "text": {"format": form}}
    told = served.http.post("/v1/responses", json=body).json()
    assert told["text"]["format"] == {**form, "description": None, "strict": False}
