"""Answers that go on though nobody waits, and events that are told again."""

from __future__ import annotations

import threading

import pytest

from app.errors import ContextExceeded, InferenceFailed
from app.server.stored import ResponseStore, StoredResponse
from tests.support.response_events import RESPONSE_FIELDS, check
from tests.support.server import read_stream, serving, spoken
from tests.support.worker import wait_until

BACKGROUND = {"input": "x", "background": True}


@pytest.fixture
def held(served):
    """The server, whose answers wait after their first word; and what lets them go on."""
    go_on = threading.Event()

    def script(job):
        first, *rest = spoken("One two three", "hm")
        yield first
        go_on.wait(10)
        yield from rest

    served.worker.script = script
    yield served, go_on
    go_on.set()


def get(served, response_id, **query):
    return served.http.get(f"/v1/responses/{response_id}", params=query).json()


def replayed(served, response_id, **query):
    path = f"/v1/responses/{response_id}"
    with served.http.stream("GET", path, params={"stream": "true", **query}) as answer:
        assert answer.status_code == 200
        return list(read_stream(answer.iter_lines()))


def test_an_answer_in_the_background_is_queued_then_worked_on_then_whole(held):
    served, go_on = held
    first, second = (served.http.post("/v1/responses", json=BACKGROUND).json() for _ in range(2))
    assert set(first) == RESPONSE_FIELDS
    assert (first["status"], first["background"], first["output"]) == ("queued", True, [])
    assert wait_until(lambda: get(served, first["id"])["status"] == "in_progress")
    assert get(served, second["id"])["status"] == "queued", "one after the other"
    go_on.set()
    assert wait_until(lambda: get(served, second["id"])["status"] == "completed")
    response = get(served, first["id"])
    assert response["output"][-1]["content"][0]["text"] == "One two three "
    kept = ("id", "created_at", "background", "model")
    assert [response[name] for name in kept] == [first[name] for name in kept]


def test_its_events_can_be_followed_from_anywhere_and_again(held):
    served, go_on = held
    response = served.http.post("/v1/responses", json=BACKGROUND).json()
    threading.Timer(0.2, go_on.set).start()
    events = replayed(served, response["id"])
    assert events.pop() == ("", "[DONE]")
    assert [name for name, _ in events[:3]] == ["response.created", "response.queued", "response.in_progress"]
    assert [body["response"]["status"] for _, body in events[:3]] == ["queued", "queued", "in_progress"]
    check(events, queued=True)
    for after in (0, 4, len(events) - 1, 999):
        again = replayed(served, response["id"], starting_after=after)
        assert again == [*events[after + 1 :], ("", "[DONE]")]


def test_who_leaves_its_stream_leaves_it_going_on(held):
    served, go_on = held
    with served.http.stream("POST", "/v1/responses", json={**BACKGROUND, "stream": True}) as answer:
        _, created = next(read_stream(answer.iter_lines()))
    go_on.set()
    response_id = created["response"]["id"]
    assert wait_until(lambda: get(served, response_id)["status"] == "completed")
    assert served.ask("on", previous_response_id=response_id)["status"] == "completed"


def test_it_can_be_cancelled_waiting_or_running_and_deleted(held):
    served, go_on = held
    ids = [served.http.post("/v1/responses", json=BACKGROUND).json()["id"] for _ in range(3)]
    assert wait_until(lambda: get(served, ids[0])["status"] == "in_progress")
    threading.Timer(0.1, go_on.set).start()
    waiting = served.http.post(f"/v1/responses/{ids[2]}/cancel").json()
    running = served.http.post(f"/v1/responses/{ids[0]}/cancel").json()
    assert [one["status"] for one in (waiting, running)] == ["cancelled", "cancelled"]
    for response_id, told in ((ids[2], waiting), (ids[0], running)):
        assert get(served, response_id) == told
        assert served.http.post(f"/v1/responses/{response_id}/cancel").json() == told
        assert replayed(served, response_id)[-2][1]["response"] == told
    assert served.http.delete(f"/v1/responses/{ids[1]}").json()["deleted"] is True
    assert served.refused("GET", f"/v1/responses/{ids[1]}")[0] == 404


@pytest.mark.parametrize("error", [ContextExceeded("Too long."), InferenceFailed("A kernel failed.")])
def test_a_failure_is_told_by_the_response(served, error):
    def script(job):
        raise error
        yield

    served.worker.script = script
    response = served.http.post("/v1/responses", json=BACKGROUND).json()
    assert wait_until(lambda: get(served, response["id"])["status"] == "failed")
    assert get(served, response["id"])["error"]["code"] == error.code
    assert replayed(served, response["id"])[-2][0] == "response.failed"


def test_what_is_refused(held):
    served, _ = held
    for body in ({**BACKGROUND, "store": False}, {**BACKGROUND, "background": 1}):
        status, error = served.refused("POST", "/v1/responses", json=body)
        assert (status, error["param"]) == (400, "background")
    running = served.http.post("/v1/responses", json=BACKGROUND).json()["id"]
    body = {"input": "x", "previous_response_id": running}
    assert served.refused("POST", "/v1/responses", json=body)[1]["param"] == "previous_response_id"
    for name, value in (("starting_after", "-1"), ("starting_after", "x"), ("stream", "maybe")):
        query = {"stream": "true", name: value}
        status, error = served.refused("GET", f"/v1/responses/{running}", params=query)
        assert (status, error["param"]) == (400, name)
    over = {"starting_after": 1 << 40}
    assert served.refused("GET", f"/v1/responses/{running}", params=over)[1]["param"] == "starting_after"
    assert served.refused("GET", "/v1/responses/resp_none", params={"stream": "true"})[0] == 404


def test_every_stored_answer_can_be_told_again_even_after_a_restart(tmp_path):
    path = tmp_path / "responses.sqlite"
    with serving(path) as served:
        events = served.stream(input="Good day")
        response_id = events[0][1]["response"]["id"]
        assert replayed(served, response_id) == events
    with serving(path) as served:
        assert replayed(served, response_id, starting_after=3) == events[4:]


def test_an_answer_that_was_cut_with_its_server_is_told_as_failed(tmp_path):
    path = tmp_path / "responses.sqlite"
    store = ResponseStore(path)
    store.put(StoredResponse({"id": "resp_1", "status": "queued", "output": [], "error": None}, []))
    store.close()
    with serving(path) as served:
        found = get(served, "resp_1")
        assert (found["status"], found["error"]["code"]) == ("failed", "worker_died")
        assert (
            served.refused("GET", "/v1/responses/resp_1", params={"stream": "true"})[1]["param"] == "stream"
        )
        assert served.refused("POST", "/v1/responses/resp_1/cancel")[0] == 409


def test_a_request_must_name_its_model_unless_the_server_has_one():
    with serving(model="") as served:
        for path in ("/v1/responses", "/v1/responses/compact", "/v1/responses/input_tokens"):
            for model in ({}, {"model": None}, {"model": ""}):
                status, error = served.refused("POST", path, json={"input": "x", **model})
                assert (status, error["param"]) == (400, "model")
                assert error["code"] == "missing_required_parameter"
        messages = [{"role": "user", "content": "x"}]
        assert served.refused("POST", "/v1/chat/completions", json={"messages": messages})[0] == 400
        assert served.ask("", model="tiny/one", max_output_tokens=1)["status"] == "completed"
    with serving(model="tiny/one") as served:
        assert served.ask("x")["model"] == "tiny/one"
