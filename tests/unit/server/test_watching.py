"""The account of requests, and other keys while the server runs."""

from __future__ import annotations

import queue
import threading

import httpx2
import pytest

from app.server.guard import hash_of
from app.server.options import ServerOptions
from app.server.run import Server
from app.worker.host.guests import Guests
from app.worker.protocol import ASK, REQUEST, SERVING
from tests.support.server import LOAD, MODEL, ScriptedWorker
from tests.support.worker import wait_until


@pytest.fixture
def watched():
    """A server that tells of its requests: the client, what it told, and the server."""
    worker, told, addresses = ScriptedWorker(), [], queue.Queue()

    def emit(name, data):
        if name == SERVING:
            addresses.put(data["url"])
        elif name == ASK:
            found = {"models": [MODEL]} if data["question"] == "models" else {"id": MODEL["id"], "load": LOAD}
            server.answer({"ticket": data["ticket"], "data": found})
        elif name == REQUEST:
            told.append(data)

    server = Server(
        ServerOptions(watch=True, model=MODEL["id"]), Guests(worker.queue, lambda: LOAD, None), emit, None
    )
    threads = [threading.Thread(target=server.run), threading.Thread(target=worker.work)]
    for thread in threads:
        thread.start()
    with httpx2.Client(base_url=addresses.get(timeout=10), timeout=20, trust_env=False) as http:
        yield http, told, server
    server.stop()
    worker.queue.close()
    for thread in threads:
        thread.join(10)


def test_an_answer_is_told_when_it_begins_and_when_it_is_over(watched):
    http, told, _ = watched
    http.post("/v1/responses", json={"input": "Hello", "model": "tiny/one"})
    wait_until(lambda: len(told) == 2)
    assert [one["state"] for one in told] == ["running", "completed"]
    assert {one["number"] for one in told} == {1}
    last = told[-1]
    assert (last["method"], last["path"], last["model"]) == ("POST", "/v1/responses", "tiny/one")
    assert (last["status"], last["input_tokens"], last["output_tokens"]) == (200, 7, 5)
    assert last["seconds"] >= 0


def test_a_request_without_a_model_is_told_once(watched):
    http, told, _ = watched
    http.get("/v1/models")
    http.get("/v1/nothing")
    http.post("/v1/responses", content="no json", headers={"Content-Type": "application/json"})
    wait_until(lambda: len(told) == 3)
    assert [(one["state"], one["status"]) for one in told] == [
        ("completed", 200),
        ("refused", 404),
        ("refused", 400),
    ]


def test_a_client_that_leaves_is_told(watched):
    http, told, _ = watched
    with http.stream("POST", "/v1/responses", json={"input": "word " * 3000, "stream": True}) as answer:
        next(answer.iter_lines())
    wait_until(lambda: told and told[-1]["state"] != "running")
    assert told[-1]["state"] in {"cancelled", "completed"}


def test_nothing_of_what_is_said_is_told(watched):
    http, told, _ = watched
    http.post(
        "/v1/responses?secret=1", json={"input": "a secret"}, headers={"Authorization": "Bearer secret"}
    )
    wait_until(lambda: len(told) == 2)
    assert "secret" not in repr(told)


def test_other_keys_hold_from_the_next_request_on(watched):
    http, _, server = watched
    server.replace_keys({"keys": [hash_of("one")]})
    assert http.get("/v1/models").status_code == 401
    assert http.get("/v1/models", headers={"Authorization": "Bearer one"}).status_code == 200
    server.replace_keys({"keys": [hash_of("two")]})
    assert http.get("/v1/models", headers={"Authorization": "Bearer one"}).status_code == 401
    server.replace_keys({"keys": []})
    assert http.get("/v1/models").status_code == 200


def test_an_answer_in_the_background_is_over_when_it_is_whole(watched):
    http, told, _ = watched
    http.post("/v1/responses", json={"input": "Hello", "background": True})
    assert wait_until(lambda: len(told) == 2)
    assert [one["state"] for one in told] == ["running", "completed"]
    assert told[-1]["output_tokens"] == 5
