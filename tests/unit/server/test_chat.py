"""/v1/chat/completions on a real socket, with a scripted worker."""

from __future__ import annotations

import json

import pytest

from app.errors import InferenceFailed
from app.server.chat.request import responses_body
from tests.support.server import called, spoken

HELLO = [{"role": "user", "content": "Hello"}]
TOOL = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}


def ask(served, **fields):
    answer = served.http.post("/v1/chat/completions", json={"messages": HELLO, **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()


def chunks(served, **fields):
    body = {"messages": HELLO, "stream": True, **fields}
    with served.http.stream("POST", "/v1/chat/completions", json=body) as answer:
        lines = [line.removeprefix("data: ") for line in answer.iter_lines() if line]
    assert lines.pop() == "[DONE]"
    return [json.loads(line) for line in lines]


def test_a_whole_completion(served):
    found = ask(served)
    choice = found["choices"][0]
    assert choice["message"]["content"].strip() == "You said Hello"
    assert choice["message"]["reasoning"] == choice["message"]["reasoning_content"] == "hm"
    assert choice["finish_reason"] == "stop"
    assert found["object"] == "chat.completion"
    assert found["usage"]["completion_tokens_details"] == {"reasoning_tokens": 2}
    assert found["usage"]["prompt_tokens_details"] == {"cached_tokens": 3}


def test_a_streamed_completion_is_the_same(served):
    found = chunks(served, stream_options={"include_usage": True})
    deltas = [chunk["choices"][0]["delta"] for chunk in found[:-1]]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas).strip() == "You said Hello"
    assert "".join(delta.get("reasoning", "") for delta in deltas) == "hm"
    assert {chunk["id"] for chunk in found} == {found[0]["id"]}
    assert found[-2]["choices"][0]["finish_reason"] == "stop"
    assert found[-1]["choices"] == []
    assert found[-1]["usage"] == ask(served)["usage"]
    assert all("usage" not in chunk for chunk in chunks(served))


def test_calls_are_numbered_and_their_arguments_streamed(served):
    served.worker.script = lambda job: [
        *spoken("First"),
        *called("look", {"at": 1}),
        *called("look", {"at": 2}),
    ]
    message = ask(served, tools=[TOOL])["choices"][0]
    assert message["finish_reason"] == "tool_calls"
    calls = message["message"]["tool_calls"]
    assert [json.loads(call["function"]["arguments"]) for call in calls] == [{"at": 1}, {"at": 2}]
    found = chunks(served, tools=[TOOL])
    pieces = [call for chunk in found for call in chunk["choices"][0]["delta"].get("tool_calls", ())]
    heads = [piece for piece in pieces if "id" in piece]
    assert [(piece["index"], piece["function"]["name"]) for piece in heads] == [(0, "look"), (1, "look")]
    for index in (0, 1):
        mine = [piece["function"]["arguments"] for piece in pieces if piece["index"] == index]
        assert len(mine) > 2
        assert json.loads("".join(mine)) == {"at": index + 1}


def test_a_whole_conversation_with_tools_reaches_the_worker(served):
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "Look"}]},
        {
            "role": "assistant",
            "content": "I look.",
            "reasoning_content": "hm",
            "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "a cat"},
    ]
    ask(served, messages=messages, tools=[TOOL], max_tokens=9, seed=4, stop=["x"], reasoning_effort="low")
    params = served.worker.params[-1]
    kinds = [item["type"] for item in params["input"]]
    assert kinds == ["message", "message", "reasoning", "message", "function_call", "function_call_output"]
    assert params["max_output_tokens"] == 9
    assert params["indoors"]["seed"] == 4
    assert params["indoors"]["stop"] == ["x"]
    assert params["reasoning"] == {"effort": "low"}
    assert params["tools"][0]["name"] == "look"


def test_choices_and_formats_are_translated():
    function = {"type": "function", "function": {"name": "look"}}
    body = {"messages": HELLO, "tools": [TOOL], "tool_choice": function}
    assert responses_body(body)["tool_choice"] == {"type": "function", "name": "look"}
    allowed = {"type": "allowed_tools", "allowed_tools": {"mode": "required", "tools": [function]}}
    choice = responses_body({**body, "tool_choice": allowed})["tool_choice"]
    assert choice == {
        "type": "allowed_tools",
        "mode": "required",
        "tools": [{"type": "function", "name": "look"}],
    }
    wanted = {
        "type": "json_schema",
        "json_schema": {"name": "a", "schema": {"type": "object"}, "strict": True},
    }
    found = responses_body({"messages": HELLO, "response_format": wanted})["text"]["format"]
    assert found == {"type": "json_schema", "name": "a", "schema": {"type": "object"}, "strict": True}


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": []}, "messages"),
        ({"messages": [{"content": "x"}]}, "messages[0].role"),
        ({"messages": [{"role": "king", "content": "x"}]}, "messages[0].role"),
        ({"n": 2}, "n"),
        ({"temperature": 9}, "temperature"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "input[0].content[0].type"),
    ],
)
def test_a_wrong_field_is_named(served, fields, param):
    status, error = served.refused("POST", "/v1/chat/completions", json={"messages": HELLO, **fields})
    assert (status, error["param"]) == (400, param)


def test_a_failure_is_told(served):
    def fail(job):
        yield from spoken("Well")[:2]
        raise InferenceFailed("A kernel failed.")

    served.worker.script = fail
    assert chunks(served)[-1]["error"]["message"] == "A kernel failed."
    assert served.refused("POST", "/v1/chat/completions", json={"messages": HELLO})[0] == 500
