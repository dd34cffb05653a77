"""Answers from elsewhere: from the app's own server, and from endpoints that are broken in many ways."""

from __future__ import annotations

import json
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.errors import KeyringError

from app.errors import (
    AccessDenied,
    Cancelled,
    ContextExceeded,
    Offline,
    RefusedByHost,
    Unreachable,
    UsageError,
)
from app.remote.host.azure import credentials
from app.remote.host.body import body_for
from app.remote.host.sound import Sound
from app.remote.host.stream import events
from app.remote.protocol import Method
from app.server.guard import hash_of
from app.settings import Settings
from tests.support.bad_endpoint import STREAM, bad_endpoint
from tests.support.server import serving
from tests.unit.remote.conftest import Asked

KEY = "sk-elsewhere"
ITEM = {"type": "message", "id": "m", "role": "assistant", "content": []}


def sse(*told) -> bytes:
    return STREAM + b"".join(b"data: " + json.dumps(one).encode() + b"\n\n" for one in told)


def ended(status: str = "completed", **fields) -> dict:
    response = {"id": "r", "status": status, "output": [], "usage": {"total_tokens": 3}, **fields}
    return {"type": f"response.{status}", "response": response}


def test_an_answer_is_the_one_that_the_server_gives(respond):
    with serving() as served:
        asked = respond(f"{served.url}/v1")
        local = served.stream(input="Hello")
    text = "".join(e.data["delta"] for e in asked.events if e.name == "response.output_text.delta")
    assert text == "You said Hello "
    kinds = {name for name, _ in local if name.endswith((".delta", "item.added", "item.done", "completed"))}
    assert {name for name in asked.names if name not in {"response.created", "response.in_progress"}} == kinds
    assert asked.done["usage"]["total_tokens"] > 0
    assert asked.done["device"] == served.url.removeprefix("http://")
    assert served.worker.params[0]["store"] is False


def test_the_models_are_asked_for_with_the_key(methods, passwords):
    with serving(keys=(hash_of(KEY),)) as served:
        url = f"{served.url}/v1"
        refused = Asked(methods, Method.MODELS, {"url": url}).run()
        assert isinstance(refused.error, RefusedByHost)
        assert "does not accept the key" in refused.error.message
        assert Asked(methods, Method.MODELS, {"url": url, "key": KEY}).run().done == {"models": ["tiny/one"]}
        Asked(methods, Method.KEEP_KEY, {"url": url, "key": KEY}).run()
        assert list(passwords.kept.values()) == [KEY]
        assert Asked(methods, Method.MODELS, {"url": url}).run().done == {"models": ["tiny/one"]}
        Asked(methods, Method.FORGET_KEY, {"url": url}).run()
        assert not passwords.kept


def test_without_a_keyring_the_key_is_kept_nowhere(methods, passwords, places):
    def refuse(*_):
        raise KeyringError("locked")

    passwords.set_password = refuse
    asked = Asked(methods, Method.KEEP_KEY, {"url": "https://a.example/v1", "key": KEY}).run()
    assert isinstance(asked.error, AccessDenied)
    assert "HF_TOKEN" not in str(asked.error)
    assert not places.home.exists()


def test_nobody_is_asked_while_the_switch_is_on(respond, places):
    Settings(places.settings).set("offline", True)
    with bad_endpoint(STREAM) as endpoint:
        assert isinstance(respond(endpoint.url).error, Offline)
        assert endpoint.asked == []


@pytest.mark.parametrize(
    "url", ["http://api.example/v1", "ftp://x/v1", "https://", "https://me:pw@x/v1", "x"]
)
def test_an_address_that_could_be_read_by_others_is_refused(respond, url):
    assert isinstance(respond(url).error, UsageError)


def test_a_refused_connection_is_a_sentence(respond):
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    error = respond(f"http://127.0.0.1:{port}/v1").error
    assert isinstance(error, Unreachable)
    assert "cannot be reached" in error.message


REFUSALS = [
    (401, {"error": {"message": "wrong key"}}, RefusedByHost, "does not accept the key: “wrong key”."),
    (403, {}, RefusedByHost, "does not accept the key"),
    (404, {"error": {"message": "no model"}}, RefusedByHost, "knows no such model"),
    (400, {"error": {"code": "context_length_exceeded"}}, ContextExceeded, "longer than the model"),
    (422, {"error": "as text"}, RefusedByHost, "HTTP status 422): “as text”"),
    (400, {"object": "error", "message": "from vLLM", "code": 400}, RefusedByHost, "400): “from vLLM”"),
    (404, {"error": {"code": "DeploymentNotFound", "message": "at Azure"}}, RefusedByHost, "“at Azure”"),
    (429, {}, RefusedByHost, "no more requests"),
    (503, {"error": None}, Unreachable, "HTTP status 503"),
    (302, [], RefusedByHost, "HTTP status 302"),
    (204, {}, RefusedByHost, "HTTP status 204"),
]


@pytest.mark.parametrize(("status", "body", "kind", "words"), REFUSALS)
def test_a_refusal_is_a_sentence(respond, status, body, kind, words):
    head = f"HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:1/\r\nConnection: close\r\n\r\n"
    with bad_endpoint(head.encode() + json.dumps(body).encode()) as endpoint:
        error = respond(endpoint.url).error
    assert isinstance(error, kind)
    assert words in error.message
    assert error.hint


BROKEN = [
    (b"", Unreachable),
    (b"nonsense\r\n\r\n", Unreachable),
    (STREAM, Unreachable),
    (STREAM + b"data: {\n\n", RefusedByHost),
    (STREAM + b"data: 7\n\n", RefusedByHost),
    (STREAM + b"data: " + b"[" * 100_000 + b"\n\n", RefusedByHost),
    (STREAM + b"\xff\xfe\n\n\n", Unreachable),
    (sse({"type": "response.created"}), Unreachable),
    (sse(ended("failed", error={"message": "out of memory", "code": "server_error"})), RefusedByHost),
    (sse({"type": "error", "message": "no", "code": "x"}), RefusedByHost),
    (sse({"type": "error", "error": {"code": "context_length_exceeded"}}), ContextExceeded),
    (sse({"type": "response.completed", "response": None}), Unreachable),
    (sse({"type": "response.completed", "response": {"status": "completed", "output": [1]}}), Unreachable),
    (b"HTTP/1.1 200 OK\r\n\r\n<html>a page</html>", Unreachable),
]


@pytest.mark.parametrize(("answer", "kind"), BROKEN)
def test_a_broken_answer_is_a_sentence(respond, answer, kind):
    with bad_endpoint(answer) as endpoint:
        error = respond(endpoint.url).error
    assert isinstance(error, kind), error
    assert error.hint


def test_what_came_before_a_stream_was_cut_is_told(respond):
    added = {"type": "response.output_item.added", "item": ITEM}
    delta = {"type": "response.output_text.delta", "delta": "half"}
    with bad_endpoint(sse(added, delta)) as endpoint:
        asked = respond(endpoint.url)
    assert asked.names == [added["type"], delta["type"]]
    assert "broke off" in asked.error.message


def test_silence_has_an_end(respond):
    with bad_endpoint(STREAM, hang=True) as endpoint:
        error = respond(endpoint.url).error
        assert "silent for too long" in error.message


def test_who_cancels_hangs_up(methods, places):
    added = {"type": "response.output_item.added", "item": ITEM}
    with bad_endpoint(sse(added), hang=True) as endpoint:
        params = {"url": endpoint.url, "model": "m", "input": []}
        methods._silence_s = 30.0
        asked = Asked(methods, Method.RESPOND, params)
        thread = asked.start()
        while not asked.events:
            time.sleep(0.01)
        asked.job.cancel()
        thread.join(5)
        assert not thread.is_alive()
        assert endpoint.left.wait(5)
    assert isinstance(asked.error, Cancelled)


def test_a_redirection_does_not_get_the_key(respond, methods):
    with bad_endpoint(STREAM) as other:
        head = f"HTTP/1.1 307 X\r\nLocation: {other.url}/responses\r\nConnection: close\r\n\r\n".encode()
        with bad_endpoint(head) as endpoint:
            assert isinstance(respond(endpoint.url, key=KEY).error, RefusedByHost)
            assert KEY.encode() in endpoint.asked[0]
        assert other.asked == []


def test_nothing_of_the_program_s_own_is_sent(respond):
    attachment = {"type": "input_text", "text": "file", "indoors": {"attachment": {"name": "secret.txt"}}}
    thought = {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "hidden"}]}
    items = [{"role": "user", "content": [attachment]}, thought, {**ITEM, "phase": "final", "content": "yes"}]
    with bad_endpoint(sse(ended())) as endpoint:
        asked = respond(endpoint.url, input=items, seed=7, reasoning={"effort": "low"})
    assert asked.done["usage"] == {"total_tokens": 3}
    body = json.loads(endpoint.asked[0].partition(b"\r\n\r\n")[2])
    assert set(body) == {"model", "input", "store", "stream", "reasoning"}
    assert body["input"][0]["content"] == [{"type": "input_text", "text": "file"}]
    assert body["input"][1]["content"] == [{"type": "output_text", "text": "yes"}]
    assert len(body["input"]) == 2
    assert b"secret.txt" not in endpoint.asked[0]


def test_the_query_of_an_address_stays_at_its_end(respond):
    with bad_endpoint(sse(ended())) as endpoint:
        assert respond(f"{endpoint.url}/?api-version=preview").done
    assert endpoint.asked[0].startswith(b"POST /v1/responses?api-version=preview HTTP/1.1")


TYPES = ["response.output_item.added", "response.output_item.done", "response.output_text.delta"]
ANY = st.fixed_dictionaries(
    {"type": st.sampled_from([*TYPES, "response.completed", "response.queued", "x"])},
    optional={
        "item": st.one_of(st.none(), st.just(ITEM)),
        "delta": st.one_of(st.none(), st.text(), st.integers()),
        "response": st.one_of(st.none(), st.just(ended()["response"])),
    },
)


@given(st.lists(ANY, max_size=30))
def test_what_passes_can_be_followed(told):
    """Text only in an open item, one item at a time, nothing after the end."""
    sound, is_open, over = Sound(), False, False
    for event in (passed for one in told for passed in sound.told(one)):
        assert not over
        kind = event["type"]
        if kind == TYPES[0]:
            assert not is_open
            is_open = True
        elif kind == TYPES[1]:
            assert is_open
            is_open = False
        elif kind == TYPES[2]:
            assert is_open
            assert isinstance(event["delta"], str)
        over = kind == "response.completed"


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(), min_size=1, max_size=3)), st.data())
def test_a_stream_may_be_cut_anywhere(told, data):
    ends = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = "".join(f"event: x{ends}data: {json.dumps(one, ensure_ascii=False)}{ends}{ends}" for one in told)
    raw, blocks = text.encode(), []
    while raw:
        size = data.draw(st.integers(1, len(raw)))
        blocks.append(raw[:size])
        raw = raw[size:]
    assert list(events(blocks, "x")) == told


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["type", "role", "content"]), st.sampled_from(["message", "user", "x", ""])
        )
    )
)
def test_any_items_make_a_body(items):
    body = body_for({"model": "m", "input": items})
    json.dumps(body)
    assert body["store"] is False


def vllm(kind: str, index: int, **fields) -> dict:
    return {"type": f"response.{kind}", "output_index": index, "item_id": f"i{index}", **fields}


def test_what_vllm_does_differently_is_followed(respond):
    """Parts of its own, an index for each token, and a message of which nobody says that it begins."""
    thinking = {"id": "i0", "type": "reasoning", "summary": [], "content": None, "encrypted_content": None}
    output = [{**ITEM, "content": [{"type": "output_text", "text": "An answer", "annotations": []}]}]
    told = sse(
        {"type": "response.created", "response": {}},
        vllm("output_item.added", 0, item=thinking),
        vllm("reasoning_part.added", 0, content_index=0, part={"type": "reasoning_text", "text": ""}),
        *[vllm("reasoning_text.delta", 0, content_index=n, delta=word) for n, word in enumerate("ab")],
        vllm("reasoning_text.done", 0, content_index=2, text="ab"),
        vllm("output_item.done", 0, item=thinking),
        *[vllm("output_text.delta", 1, content_index=n + 2, delta=word) for n, word in enumerate("cd")],
        vllm("output_item.done", 1, item=output[0]),
        {"type": "response.completed", "response": ended()["response"] | {"output": output}},
    )
    with bad_endpoint(told) as endpoint:
        asked = respond(endpoint.url)
    assert asked.done["usage"] == {"total_tokens": 3}
    added, delta, done = (
        f"response.{kind}" for kind in ("output_item.added", "output_text.delta", "output_item.done")
    )
    thought = [added, *["response.reasoning_text.delta"] * 2, done]
    assert asked.names == ["response.created", *thought, added, delta, delta, done, "response.completed"]
    (begun,) = [event.data["item"] for event in asked.events if event.name == added][1:]
    assert begun == {"id": "i1", "type": "message"}


def test_azure_gets_its_key_in_its_own_header_and_is_asked_by_deployment(methods):
    azure = "https://office.openai.azure.com/openai/v1/"
    assert credentials(azure, KEY) == {"api-key": KEY}
    assert credentials("https://example.org/v1?host=x.openai.azure.com", KEY) == {
        "Authorization": f"Bearer {KEY}"
    }
    assert credentials(azure, "") == {}
    error = Asked(methods, Method.MODELS, {"url": azure}).run().error
    assert isinstance(error, UsageError)
    assert "does not list its deployments" in error.message


def test_an_answer_that_azure_filters_is_kept_as_far_as_it_came(respond):
    reason = {"reason": "content_filter"}
    last = ended("incomplete", incomplete_details=reason, content_filters=[{"blocked": True}])
    added = {"type": "response.output_item.added", "item": ITEM}
    with bad_endpoint(sse(added, {"type": "response.output_text.delta", "delta": "Well"}, last)) as endpoint:
        asked = respond(endpoint.url)
    assert asked.names[-1] == "response.incomplete"
    assert asked.done["usage"] == {"total_tokens": 3}
