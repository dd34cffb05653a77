"""What the server says, held against its own description; random streams of tokens, cut anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.parsers import parser_for
from app.engine.tokenizer import Tokenizer
from app.respond.events import ResponseWriter
from app.respond.reading import AnswerReader
from app.respond.request import read_request
from app.respond.response import Usage
from app.server.openapi import document
from app.server.problems import Problem
from app.server.schema.chat import ChatCompletion
from app.server.schema.errors import ErrorBody
from app.server.schema.events import EVENT
from app.server.schema.models import Health, Model, ModelList
from app.server.schema.response import InputItems, Response
from app.server.streams import failure, server_sent
from tests.support.response_events import check
from tests.support.server import called, spoken
from tests.support.worker import harmony_tokenizer

TOOL = {"type": "function", "name": "look"}
HARMONY = ("start", "end", "message", "channel", "constrain", "call", "return", "endoftext")
WORDS = ("assistant", "analysis", "commentary", "final", " to=functions.look", " json", "Hello é", "{", "\n")


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer(harmony_tokenizer())


@settings(max_examples=2000)
@given(pieces=st.lists(st.sampled_from([*HARMONY, *WORDS]), max_size=30), ended=st.sampled_from([0, 1, 2]))
def test_thousands_of_random_answers_cut_anywhere_are_told_by_the_rules(tokenizer, pieces, ended):
    ids = []
    for piece in pieces:
        special = tokenizer.special_id(f"<|{piece}|>") if piece in HARMONY else None
        ids += tokenizer.encode(piece) if special is None else [special]
    events = []
    request = read_request({"input": "x", "tools": [TOOL]})
    writer = ResponseWriter(request, "tiny", lambda *event: events.append(event))
    reader = AnswerReader(parser_for(tokenizer)(""), ())
    writer.start()
    for token_id in ids:
        writer.take(reader.feed(token_id))
    writer.take(reader.finish(complete=ended == 0))
    if ended == 0:
        writer.complete(Usage())
    else:
        writer.cut("max_output_tokens" if ended == 1 else "cancelled", Usage())
    check(events)
    for _, body in events:
        EVENT.validate_python(body)
        assert server_sent(body).endswith(b"\n\n")


def test_what_every_route_says_is_what_is_described(served):
    served.worker.script = lambda job: [*spoken("Well", "hm"), *called("look", {"at": 1})]
    first = served.ask(tools=[TOOL])
    Response.model_validate(first)
    Response.model_validate(served.http.get(f"/v1/responses/{first['id']}").json())
    InputItems.model_validate(served.http.get(f"/v1/responses/{first['id']}/input_items").json())
    ModelList.model_validate(served.http.get("/v1/models").json())
    Model.model_validate(served.http.get("/v1/models/tiny/one").json())
    Health.model_validate(served.http.get("/health").json())
    ErrorBody.model_validate(served.http.get("/nothing").json())
    chat = {"messages": [{"role": "user", "content": "x"}]}
    ChatCompletion.model_validate(served.http.post("/v1/chat/completions", json=chat).json())
    for name, body in served.stream(tools=[TOOL]):
        if name:
            EVENT.validate_python(body)


def test_the_description_names_every_route(served):
    described = served.http.get("/openapi.json").json()
    assert described == document(["tiny/one"])
    taken = described["components"]["schemas"]["CreateResponse"]
    assert taken["properties"]["model"]["enum"] == ["tiny/one"], "of those that can be asked"
    for path, operations in described["paths"].items():
        for method in operations:
            answer = served.http.request(method, path.replace("{id}", "x"), json={})
            assert answer.status_code != 405, f"{method} {path}"


def test_a_problem_amid_a_stream_is_flat():
    event = failure(Problem(500, "broken", "It broke."))
    assert event["message"] == "It broke."
    assert "error" not in event
