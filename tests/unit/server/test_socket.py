"""/v1/responses over a WebSocket."""

from __future__ import annotations

import json

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from app.server.guard import hash_of
from tests.support.response_events import check
from tests.support.server import serving
from tests.support.worker import wait_until


def opened(served, **headers):
    url = served.url.replace("http://", "ws://")
    return connect(f"{url}/v1/responses", additional_headers=headers, proxy=None)


def answered(socket, **body):
    socket.send(json.dumps({"type": "response.create", **body}))
    events = [json.loads(socket.recv(10))]
    while events[-1]["type"] not in {"error", "response.completed", "response.failed"}:
        events.append(json.loads(socket.recv(10)))
    return events


def test_one_connection_answers_several_requests_and_goes_on_with_them(served):
    with opened(served) as socket:
        first = check([(event["type"], event) for event in answered(socket, input="One")])
        second = answered(socket, input="Two", previous_response_id=first["id"])[-1]["response"]
    assert second["output"][-1]["content"][0]["text"].strip() == "You said Two"
    assert second["previous_response_id"] == first["id"]
    assert len(served.worker.params[-1]["input"]) == 4


def test_a_refusal_is_nested_and_the_connection_goes_on(served):
    with opened(served) as socket:
        for body in ({"input": 5}, {"type": "response.cancel"}, {"input": "x", "model": "none"}):
            (error,) = answered(socket, **body)
            assert error["status"] in {400, 404}
            assert error["error"]["message"]
        socket.send("no json")
        assert json.loads(socket.recv(10))["error"]["code"] == "invalid_json"
        assert answered(socket, input="x")[-1]["type"] == "response.completed"


def test_pages_of_another_site_and_foreign_names_are_refused(served):
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}):
        with pytest.raises(InvalidStatus) as caught:
            opened(served, **headers)
        assert caught.value.response.status_code == 403
    assert not served.worker.params


def test_the_key_is_asked_for():
    with serving(keys=(hash_of("sk-key"),)) as served:
        with pytest.raises(InvalidStatus):
            opened(served)
        with opened(served, Authorization="Bearer sk-key") as socket:
            assert answered(socket, input="x")[-1]["type"] == "response.completed"


def test_what_is_being_answered_ends_with_the_connection(served):
    ended = []

    def script(job):
        yield from ()
        ended.append(wait_until(job.cancelled, 5))

    served.worker.script = script
    with opened(served) as socket:
        socket.send(json.dumps({"type": "response.create", "input": "x"}))
        assert json.loads(socket.recv(10))["type"] == "response.created"
    assert wait_until(lambda: ended == [True], 6)
