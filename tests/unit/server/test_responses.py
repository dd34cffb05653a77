"""/v1/responses on a real socket, with a scripted worker."""

from __future__ import annotations

import threading

import pytest

from app.errors import ContextExceeded, InferenceFailed
from app.respond.conversation import messages_of
from app.respond.request import read_request
from app.server.schema.response import Compaction
from tests.support.response_events import RESPONSE_FIELDS, check
from tests.support.server import LOAD, serving, spoken


def text_of(response):
    return response["output"][-1]["content"][0]["text"].strip()


def test_a_whole_answer_has_every_field(served):
    response = served.ask("Good day")
    assert set(response) == RESPONSE_FIELDS
    assert text_of(response) == "You said Good day"
    assert response["status"] == "completed"
    assert response["model"] == "tiny/one"
    assert response["usage"]["output_tokens_details"] == {"reasoning_tokens": 2}
    assert response["usage"]["input_tokens_details"] == {"cached_tokens": 3}


def test_a_stream_tells_the_same_in_order(served):
    events = served.stream(input="Good day")
    assert events.pop() == ("", "[DONE]")
    assert text_of(check(events)) == "You said Good day"


def test_the_worker_gets_the_model_of_the_owner_and_no_other(served):
    served.ask(indoors={"load": {"model": "/etc"}, "prompt": "<|start|>", "seed": 3, "tokens": True})
    assert served.worker.params[-1]["indoors"] == {"seed": 3, "load": LOAD}


def test_an_unknown_model_is_not_found(served):
    for model in ("other", "../../etc/passwd", "..\\..\\x", "/", "tiny/one/../one", "\0"):
        status, error = served.refused("POST", "/v1/responses", json={"input": "x", "model": model})
        assert (status, error["code"], error["param"]) == (404, "model_not_found", "model")
    assert not served.worker.params


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "input"),
        ({"input": []}, "input"),
        ({"input": 5}, "input"),
        ({"input": [5]}, "input[0]"),
        ({"input": "x", "temperature": 9}, "temperature"),
        ({"input": "x", "stream": "yes"}, "stream"),
        ({"input": "x", "store": 1}, "store"),
        ({"input": "x", "model": 4}, "model"),
        ({"input": "x", "previous_response_id": 4}, "previous_response_id"),
        ({"input": "x", "tools": [{"type": "function"}]}, "tools[0].name"),
        ({"input": "x", "metadata": [1]}, "metadata"),
        ({"input": "x", "parallel_tool_calls": "yes"}, "parallel_tool_calls"),
        ({"input": "x", "reasoning": "high"}, "reasoning"),
        ({"input": "x", "safety_identifier": {}}, "safety_identifier"),
    ],
)
def test_a_wrong_field_is_named(served, body, param):
    status, error = served.refused("POST", "/v1/responses", json=body)
    assert (status, error["type"], error["param"]) == (400, "invalid_request_error", param)
    assert not served.worker.params


def test_a_chain_goes_on_where_it_was_even_after_a_restart(tmp_path):
    path = tmp_path / "responses.sqlite"
    with serving(path) as served:
        first = served.ask("One")
        second = served.ask("Two", previous_response_id=first["id"])
    with serving(path) as served:
        third = served.ask("Three", previous_response_id=second["id"])
        items = served.worker.params[-1]["input"]
        kinds = [item["type"] for item in items]
        assert kinds == ["message", "reasoning", "message", "message", "reasoning", "message", "message"]
        assert items[1]["content"][0]["text"] == "hm", "thinking goes back to the model as it was"
        read_request(served.worker.params[-1])
        assert third["previous_response_id"] == second["id"]
        assert served.http.get(f"/v1/responses/{first['id']}").json() == first


def test_what_is_not_stored_cannot_be_gone_on_with(served):
    response = served.ask("One", store=False)
    assert response["store"] is False
    assert served.refused("GET", f"/v1/responses/{response['id']}")[1]["code"] == "response_not_found"
    for previous in (response["id"], "resp_unknown"):
        status, error = served.refused(
            "POST", "/v1/responses", json={"input": "x", "previous_response_id": previous}
        )
        assert (status, error["code"]) == (404, "previous_response_not_found")


def test_a_deleted_response_is_gone(served):
    response = served.ask("One")
    path = f"/v1/responses/{response['id']}"
    deleted = served.http.delete(path)
    assert deleted.json() == {"id": response["id"], "object": "response.deleted", "deleted": True}
    assert served.refused("GET", path)[0] == 404
    assert served.refused("DELETE", path)[0] == 404


def test_the_items_of_an_answer_come_in_pages(served):
    first = served.ask([{"role": "user", "content": "a"}, {"role": "user", "content": "b", "id": "msg_mine"}])
    second = served.ask("c", previous_response_id=first["id"])
    path = f"/v1/responses/{second['id']}/input_items"
    whole = served.http.get(path, params={"order": "asc"}).json()
    texts = [item["content"][0]["text"].strip() for item in whole["data"]]
    assert texts == ["a", "b", "hm", "You said b", "c"]
    assert whole["data"][1]["id"] == "msg_mine"
    assert (whole["object"], whole["has_more"]) == ("list", False)
    page = served.http.get(path, params={"limit": 2}).json()
    assert [item["id"] for item in page["data"]] == [item["id"] for item in reversed(whole["data"][-2:])]
    assert page["has_more"]
    after = served.http.get(path, params={"limit": 9, "after": page["last_id"]}).json()
    assert after["first_id"] == whole["data"][2]["id"]
    for wrong in ({"limit": 0}, {"limit": "x"}, {"order": "up"}, {"after": "nothing"}):
        assert served.refused("GET", path, params=wrong)[0] == 400


def test_a_response_can_be_cancelled_and_seen_while_it_is_given(served):
    begun, go_on = threading.Event(), threading.Event()

    def script(job):
        yield from spoken("One")[:2]
        begun.set()
        go_on.wait(10)
        yield from spoken("Two")[1:]

    served.worker.script = script
    with served.http.stream("POST", "/v1/responses", json={"input": "x", "stream": True}) as stream:
        begun.wait(10)
        lines = stream.iter_lines()
        response_id = next(line for line in lines if "resp_" in line).partition('"id":"')[2].partition('"')[0]
        assert served.http.get(f"/v1/responses/{response_id}").json()["status"] == "in_progress"
        threading.Timer(0.1, go_on.set).start()
        cancelled = served.http.post(f"/v1/responses/{response_id}/cancel").json()
        assert cancelled["status"] == "cancelled"
        rest = "".join(lines)
        assert "response.incomplete" in rest
        assert rest.endswith("[DONE]")
    assert served.http.get(f"/v1/responses/{response_id}").json() == cancelled
    status, error = served.refused("POST", f"/v1/responses/{served.ask()['id']}/cancel")
    assert (status, error["code"]) == (409, "response_not_cancellable")


def fail_with(error, after=()):
    def script(job):
        yield from after
        raise error

    return script


def test_a_failure_amid_a_stream_is_told_and_ends_it(served):
    served.worker.script = fail_with(InferenceFailed("A kernel failed."), spoken("Well")[:2])
    events = served.stream()
    assert events.pop() == ("", "[DONE]")
    response = check(events)
    assert response["error"] == {"code": "inference_failed", "message": "A kernel failed."}
    status, error = served.refused("POST", "/v1/responses", json={"input": "x"})
    assert (status, error["type"]) == (500, "server_error")
    assert "A kernel failed." in error["message"]


def test_a_refusal_by_the_worker_is_an_error_of_http_streamed_or_not(served, monkeypatch):
    def refuse(self, job):
        raise ContextExceeded("The prompt has 9 tokens.")

    monkeypatch.setattr("tests.support.server.ScriptedWorker._do", refuse)
    for stream in (True, False):
        status, error = served.refused("POST", "/v1/responses", json={"input": "x", "stream": stream})
        assert (status, error["code"], error["type"]) == (
            400,
            "context_length_exceeded",
            "invalid_request_error",
        )


def test_empty_text_is_answered(served):
    assert served.ask("", max_output_tokens=1)["status"] == "completed"


def test_models_are_listed_with_what_they_can(served):
    listed = served.http.get("/v1/models").json()
    assert listed["object"] == "list"
    model = listed["data"][0]
    assert (model["id"], model["object"], model["context_length"]) == ("tiny/one", "model", 64)
    assert model["capabilities"]["function_calling"] is True
    assert served.http.get("/v1/models/tiny/one").json() == model
    for name in ("tiny", "..%2f..%2fetc", "tiny/one/../../one", "%00"):
        assert served.refused("GET", f"/v1/models/{name}")[0] == 404


def test_what_is_not_there_is_told_in_the_same_form(served):
    assert served.refused("GET", "/v2")[0] == 404
    status, error = served.refused("GET", "/v1/responses")
    assert (status, error["code"]) == (405, "method_not_allowed")
    assert served.http.get("/health").json()["status"] == "ok"


def test_a_conversation_becomes_one_item_and_goes_on(served):
    served.worker.script = lambda job: spoken("They spoke of cats.")
    body = {"model": "tiny/one", "input": "Do you like cats?"}
    compacted = served.http.post("/v1/responses/compact", json=body).json()
    Compaction.model_validate(compacted)
    served.ask([*compacted["output"], {"role": "user", "content": "Go on"}])
    system, user = messages_of(read_request(served.worker.params[-1]))
    assert "They spoke of cats." in system["content"]
    assert user["content"] == "Go on"
    foreign = [{"type": "compaction", "encrypted_content": "gAAAA-not-ours"}]
    assert served.refused("POST", "/v1/responses", json={"input": foreign})[0] == 400


def test_tokens_are_counted(served, monkeypatch):
    monkeypatch.setattr("tests.support.server.ScriptedWorker._do", lambda self, job: {"token_ids": [1, 2, 3]})
    found = served.http.post("/v1/responses/input_tokens", json={"input": "x"}).json()
    assert found == {"object": "response.input_tokens", "input_tokens": 3}
