"""Functions in groups: unique names for the model, the client's own names outside."""

from __future__ import annotations

import json

import pytest

from app.engine.channels import Channel, MessageEnded, MessageStarted, TextDelta
from app.errors import RequestError
from app.respond.conversation import messages_of
from app.respond.events import ResponseWriter
from app.respond.request import read_request
from app.respond.response import Usage
from tests.support.response_events import check

GROUPS = [
    {"type": "namespace", "name": "mail", "tools": [{"type": "function", "name": "search"}]},
    {"type": "namespace", "name": "web", "tools": [{"name": "search"}, {"name": "open"}, {"type": "odd"}]},
    {"type": "function", "name": "clock", "strict": True},
    {"type": "web_search"},
    {"type": "something new", "x": [1]},
]


def test_functions_of_the_same_name_are_told_apart():
    functions = read_request({"input": "x", "tools": GROUPS}).toolbox.functions
    assert [one.seen_as for one in functions] == ["mail__search", "web__search", "open", "clock"]
    assert [one.strict for one in functions] == [None, None, None, True]


def test_a_call_is_told_by_the_clients_names_and_comes_back_by_them():
    request = read_request({"input": "x", "tools": GROUPS})
    events = []
    writer = ResponseWriter(request, "tiny", lambda *event: events.append(event))
    writer.start()
    for name in ("web__search", "open", "made_up"):
        started = MessageStarted(Channel.COMMENTARY, f"functions.{name}")
        writer.take([started, TextDelta("{}"), MessageEnded(True)])
    writer.complete(Usage())
    output = check(events)["output"]
    assert [(item["name"], item.get("namespace")) for item in output] == [
        ("search", "web"),
        ("open", "web"),
        ("made_up", None),
    ]
    results = [{"type": "function_call_output", "call_id": item["call_id"], "output": "1"} for item in output]
    again = read_request({"input": [{"role": "user", "content": "x"}, *output, *results], "tools": GROUPS})
    calls = [message["tool_calls"][0] for message in messages_of(again) if "tool_calls" in message]
    assert [call["function"]["name"] for call in calls] == ["web__search", "open", "made_up"]
    assert json.dumps(calls)


@pytest.mark.parametrize(
    ("choice", "names", "required"),
    [
        (
            {"type": "allowed_tools", "mode": "required", "tools": [{"name": "clock"}, {"name": "open"}]},
            2,
            True,
        ),
        ({"type": "allowed_tools", "mode": "auto", "tools": [{"name": "clock"}]}, 1, False),
        ({"type": "function", "name": "search"}, 2, True),
    ],
)
def test_what_may_and_what_must_be_called(choice, names, required):
    toolbox = read_request({"input": "x", "tools": GROUPS, "tool_choice": choice}).toolbox
    assert len(toolbox.functions) == names
    assert toolbox.required is required


@pytest.mark.parametrize("choice", ["required", {"type": "function", "name": "nobody"}])
def test_what_cannot_be_called_is_refused(choice):
    with pytest.raises(RequestError, match="tool_choice"):
        read_request({"input": "x", "tools": [{"type": "web_search"}], "tool_choice": choice})
