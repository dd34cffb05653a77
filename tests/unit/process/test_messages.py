"""Frames and what is in them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ContextExceeded, RequestError
from app.process import messages
from app.process.frames import HEAD_BYTES, FrameSplitter, Oversized
from app.process.messages import Event, Garbage, Request
from app.worker.protocol import METHODS, Method

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(st.text(max_size=5), json_values, max_size=3)
ids = st.integers(-(10**30), 10**30) | st.text(min_size=1, max_size=20)


@given(ids, st.sampled_from(list(Method)), objects)
def test_a_request_survives_the_pipe(request_id, method, params):
    request = Request(request_id, method, params)
    assert messages.decode_request(request.encode().strip(), METHODS) == request


@given(ids | st.none(), st.text(), objects)
def test_an_event_survives_the_pipe(request_id, name, data):
    event = Event(request_id, name, data)
    assert messages.decode_event(event.encode().strip()) == event


def test_a_lone_surrogate_survives_the_pipe():
    event = Event(1, "delta", {"text": "\ud83d"})
    assert messages.decode_event(event.encode().strip()) == event


@given(st.binary())
def test_garbage_never_raises(line):
    messages.decode_request(line, METHODS)
    messages.decode_event(line)


@pytest.mark.parametrize(
    ("line", "reason", "request_id"),
    [
        (b"hello", "not valid JSON", None),
        (b"\xff\xfe", "not valid JSON", None),
        (b'{"id": 3, "method": "ping"', "not valid JSON", 3),
        (b'{"id": "a\\"b", "method": "ping", "params": {"x": NaN}}', "not valid JSON", 'a"b'),
        (b"[1]", "no object", None),
        (b'{"method": "ping"}', "needs an id", None),
        (b'{"id": true, "method": "ping"}', "needs an id", None),
        (b'{"id": "", "method": "ping"}', "needs an id", None),
        (b'{"id": 1, "method": "fly"}', "no method 'fly'", 1),
        (b'{"id": 1, "method": ["ping"]}', "no method", 1),
        (b'{"id": 1, "method": "ping", "params": 3}', "params", 1),
        (b"[" * 100_000, "not valid JSON", None),
        (b'{"id": 1' + b"0" * 5000 + b', "method": "ping"}', "not valid JSON", None),
    ],
)
def test_garbage_is_explained(line, reason, request_id):
    garbage = messages.decode_request(line, METHODS)
    assert isinstance(garbage, Garbage)
    assert reason in garbage.reason
    assert garbage.id == request_id
    assert garbage.error().hint


def test_params_may_be_left_out():
    assert messages.decode_request(b'{"id": 1, "method": "ping"}', METHODS) == Request(1, Method.PING, {})


def test_what_is_too_large_is_refused_by_the_sender():
    huge = Request(1, Method.RENDER, {"input": "x" * messages.MAX_FRAME_BYTES})
    with pytest.raises(RequestError, match="fit in one frame"):
        huge.encode()


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"bytes"])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(RequestError, match="JSON"):
        Event(1, "done", {"value": value}).encode()


def test_errors_survive_the_pipe():
    error = ContextExceeded("Too long.", "Shorten it.")
    again = messages.error_from(json.loads(json.dumps(messages.error_data(error))))
    assert type(again) is ContextExceeded
    assert (again.message, again.hint) == (error.message, error.hint)


@given(st.lists(st.binary().filter(lambda line: b"\n" not in line)), st.integers(1, 20))
def test_lines_come_out_whatever_the_blocks(lines, size):
    stream = b"".join(line + b"\n" for line in lines)
    splitter = FrameSplitter()
    blocks = [stream[start : start + size] for start in range(0, len(stream), size)]
    found = [line for block in blocks for line in splitter.feed(block)]
    assert found == [line for line in lines if line.strip()]


@given(st.integers(1, 50))
def test_a_line_over_the_limit_is_skipped_without_being_kept(size):
    splitter = FrameSplitter(limit=16)
    stream = b'{"id": 7, "method": "render"}' * 40 + b"\nshort\n" + b"y" * 16 + b"\n"
    blocks = [stream[start : start + size] for start in range(0, len(stream), size)]
    found = [line for block in blocks for line in splitter.feed(block)]
    assert found == [Oversized(stream[:HEAD_BYTES]), b"short", b"y" * 16]


def test_the_id_of_an_oversized_frame_is_read_from_its_head():
    head = b'{"id":12,"method":"render","params":{"input":"' + b"x" * 400
    garbage = messages.decode_request(Oversized(head), METHODS)
    assert isinstance(garbage, Garbage)
    assert garbage.id == 12
    assert "67,108,864" in garbage.reason
