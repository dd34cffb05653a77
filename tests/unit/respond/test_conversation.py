"""Input items become messages for a chat template; harmony's rules for history hold."""

from __future__ import annotations

import pytest

from app.errors import RequestError
from app.respond.conversation import messages_of, without_oldest_turn
from app.respond.request import read_request


def messages(*items, **fields):
    return messages_of(read_request({"input": list(items), **fields}))


def user(text):
    return {"role": "user", "content": text}


def assistant(text, phase="final_answer"):
    content = [{"type": "output_text", "text": text, "annotations": []}]
    return {"type": "message", "role": "assistant", "phase": phase, "content": content, "id": "msg_1"}


def thought(text):
    content = [{"type": "reasoning_text", "text": text}]
    return {"type": "reasoning", "summary": [], "content": content, "encrypted_content": None}


def call(name="f", call_id="c1", arguments='{"a": 1}'):
    return {"type": "function_call", "name": name, "call_id": call_id, "arguments": arguments, "id": "fc_1"}


def output(text, call_id="c1"):
    return {"type": "function_call_output", "call_id": call_id, "output": text}


def kinds(found):
    return [
        (message["role"], message.get("thinking") or message["content"] or message["tool_calls"][0]["id"])
        for message in found
    ]


def test_instructions_and_developer_messages_become_the_system_message():
    items = [{"role": "developer", "content": "B"}, user("Hi"), {"role": "system", "content": "C"}]
    found = messages(*items, instructions="A")
    assert found == [{"role": "system", "content": "A\n\nB\n\nC"}, user("Hi")]


def test_parts_are_joined():
    parts = [{"type": "input_text", "text": "a"}, {"type": "input_text", "text": "b"}]
    assert messages({"role": "user", "content": parts}) == [user("ab")]


def test_the_thinking_of_a_finished_turn_is_dropped():
    found = messages(user("1"), thought("Hm."), assistant("A"), user("2"))
    assert kinds(found) == [("user", "1"), ("assistant", "A"), ("user", "2")]


def test_the_thinking_that_led_to_a_pending_call_stays():
    found = messages(user("1"), thought("Hm."), call(), output("42"))
    assert kinds(found) == [("user", "1"), ("assistant", "Hm."), ("tool", "42")]
    assert found[1]["tool_calls"][0]["function"] == {"name": "f", "arguments": {"a": 1}}
    assert found[1]["content"] == ""


def test_the_thinking_that_led_to_a_call_of_a_finished_turn_is_dropped():
    found = messages(user("1"), thought("Hm."), call(), output("42"), assistant("A"), user("2"))
    assert kinds(found) == [
        ("user", "1"),
        ("assistant", "c1"),
        ("tool", "42"),
        ("assistant", "A"),
        ("user", "2"),
    ]
    assert "thinking" not in found[1]


def test_thinking_before_an_answer_that_never_came_is_dropped():
    assert kinds(messages(user("1"), thought("Hm."), user("2"))) == [("user", "1"), ("user", "2")]


def test_a_preamble_joins_the_thinking_while_the_call_is_pending():
    found = messages(user("1"), thought("Hm."), assistant("I look.", "commentary"), call(), output("42"))
    assert kinds(found) == [("user", "1"), ("assistant", "Hm.\n\nI look."), ("tool", "42")]


def test_a_preamble_of_a_finished_turn_stays_as_a_message():
    turn = [thought("Hm."), assistant("I look.", "commentary"), call(), output("42"), assistant("A")]
    found = messages(user("1"), *turn)
    assert [message["content"] for message in found] == ["1", "I look.", "", "42", "A"]


def test_a_preamble_without_a_call_is_not_lost():
    found = messages(user("1"), assistant("I look.", "commentary"), user("2"))
    assert [message["content"] for message in found] == ["1", "I look.", "2"]


def test_each_result_follows_its_own_call():
    found = messages(user("1"), call("f", "c1"), call("g", "c2"), output("two", "c2"), output("one", "c1"))
    assert kinds(found) == [
        ("user", "1"),
        ("assistant", "c1"),
        ("tool", "one"),
        ("assistant", "c2"),
        ("tool", "two"),
    ]


def test_arguments_that_are_no_json_object_stay_text():
    found = messages(user("1"), call(arguments="print(1)"), output([{"type": "output_text", "text": "1"}]))
    assert found[1]["tool_calls"][0]["function"]["arguments"] == "print(1)"
    assert found[2]["content"] == "1"


def test_a_response_format_is_told():
    body = {"format": {"type": "json_schema", "name": "thing", "schema": {"type": "object"}}}
    (system, _) = messages(user("1"), text=body)
    assert system["content"] == '# Response Formats\n\n## thing\n\n{"type": "object"}'


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ({"type": "item_reference", "id": "x"}, "input[0].type"),
        ({"content": "x"}, "input[0].role"),
        ({"role": "robot", "content": "x"}, "input[0].role"),
        ({"role": "user", "content": [{"type": "input_image"}]}, "input[0].content[0].type"),
        ({"role": "user", "content": [3]}, "input[0].content[0]"),
        ({"role": "user", "content": 3}, "input[0].content"),
        ({"type": "function_call", "call_id": "c"}, "input[0].name"),
        ({"type": "function_call", "name": "f"}, "input[0].call_id"),
        ({"type": "function_call_output", "call_id": "nobody", "output": "x"}, "input[0].call_id"),
    ],
)
def test_what_cannot_be_understood_is_named(item, name):
    with pytest.raises(RequestError) as caught:
        messages(item)
    assert caught.value.message.startswith(f"`{name}`")


def test_the_oldest_turn_goes_first_and_the_newest_stays():
    found = messages(user("1"), assistant("A"), user("2"), assistant("B"), user("3"), instructions="I")
    shorter = without_oldest_turn(found)
    assert [message["content"] for message in shorter] == ["I", "2", "B", "3"]
    assert [message["content"] for message in without_oldest_turn(shorter)] == ["I", "3"]
    assert without_oldest_turn(without_oldest_turn(shorter)) is None
