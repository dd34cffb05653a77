from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UsageError
from app.history.items import reasoning_text, visible_text
from app.history.records import Role, Status
from app.history.store import History
from app.history.transfer import chatgpt, files
from app.history.transfer.document import Document
from tests.support.conversations import texts


def node(parent: str | None, role: str, content: object, **rest: object) -> dict[str, object]:
    if isinstance(content, str):
        content = {"content_type": "text", "parts": [content]}
    author = {"role": role, "name": rest.pop("name", None)}
    return {"parent": parent, "children": [], "message": {"author": author, "content": content, **rest}}


def conversation(mapping: dict[str, object], **rest: object) -> dict[str, object]:
    return {"title": "Title", "create_time": 100.5, "update_time": 200.25, "mapping": mapping, **rest}


def branching() -> dict[str, object]:
    return conversation(
        {
            "root": {"parent": None, "message": None, "children": ["sys"]},
            "sys": node("root", "system", "", metadata={"is_visually_hidden_from_conversation": True}),
            "q1": node("sys", "user", "first question", create_time=101),
            "a1": node("q1", "assistant", "first answer", metadata={"model_slug": "gpt-4o"}),
            "a2": node("q1", "assistant", "second answer", metadata={"model_slug": "o3"}),
            "q2": node("sys", "user", "edited question"),
            "a3": node("q2", "assistant", "to the edited"),
        },
        current_node="a2",
    )


def read_one(entry: dict[str, object]) -> Document:
    (document,) = chatgpt.read([entry])
    return document


def test_branches_times_and_models() -> None:
    document = read_one(branching())
    assert (document.title, document.created_at, document.updated_at) == ("Title", 100.5, 200.25)
    assert [visible_text(n.items) for n in document.branch()] == ["first question", "second answer"]
    assert [(n.parent, visible_text(n.items)) for n in document.nodes] == [
        (None, "first question"),
        (0, "first answer"),
        (0, "second answer"),
        (None, "edited question"),
        (3, "to the edited"),
    ]
    assert [n.answer.model for n in document.nodes] == ["", "gpt-4o", "o3", "", ""]
    assert document.nodes[0].created_at == 101


def test_the_steps_of_an_answer_become_its_items() -> None:
    thoughts = {"content_type": "thoughts", "thoughts": [{"summary": "Plan", "content": "look it up"}]}
    recap = {"content_type": "reasoning_recap", "content": "Thought for 7 seconds"}
    code = {"content_type": "code", "language": "python", "text": "print(2)"}
    document = read_one(
        conversation(
            {
                "q": node(None, "user", "compute"),
                "t": node("q", "assistant", thoughts, metadata={"model_slug": "o3"}),
                "r": node("t", "assistant", recap, metadata={"finished_duration_sec": 7}),
                "c": node("r", "assistant", code, recipient="python"),
                "o": node("c", "tool", {"content_type": "execution_output", "text": "2"}, name="python"),
                "x": node("o", "tool", {"content_type": "tether_quote", "text": "a page"}, name="browser"),
                "a": node(
                    "x",
                    "assistant",
                    "It is 2",
                    metadata={"finish_details": {"type": "interrupted"}},
                    recipient="all",
                ),
            },
            current_node="a",
        )
    )
    question, answer = document.branch()
    assert question.role is Role.USER
    kinds = [item["type"] for item in answer.items]
    call = ["function_call", "function_call_output"]
    assert kinds == ["reasoning", *call, *call, "message"]
    assert reasoning_text(answer.items) == "Plan\nlook it up"
    assert answer.items[1]["call_id"] == answer.items[2]["call_id"] == "c"
    assert answer.items[3]["call_id"] == answer.items[4]["call_id"]
    assert visible_text(answer.items) == "It is 2"
    assert (answer.answer.model, answer.answer.thinking_s, answer.status) == ("o3", 7.0, Status.CANCELLED)


def test_pictures_and_speech_leave_their_place_or_their_words() -> None:
    parts = [
        {"content_type": "image_asset_pointer", "asset_pointer": "file://x"},
        {"content_type": "audio_transcription", "text": "spoken"},
        "typed",
    ]
    document = read_one(
        conversation({"q": node(None, "user", {"content_type": "multimodal_text", "parts": parts})})
    )
    assert visible_text(document.nodes[0].items) == "[image]\n\nspoken\n\ntyped"


def test_loops_and_lost_parents_end() -> None:
    mapping = {
        "a": node("b", "user", "a"),
        "b": node("a", "user", "b"),
        "c": node("nowhere", "user", "c"),
        "d": node("c", "assistant", "d"),
    }
    document = read_one(conversation(mapping, current_node="a"))
    assert [visible_text(n.items) for n in document.nodes] == ["c", "d"]


def test_a_very_long_chain() -> None:
    mapping = {"0": node(None, "user", "0")}
    for number in range(1, 5000):
        mapping[str(number)] = node(str(number - 1), "user" if number % 2 == 0 else "assistant", str(number))
    assert len(read_one(conversation(mapping, current_node="4999")).branch()) == 5000


def test_a_zip_as_it_is_sent(history: History, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chat.html", "<p>not this</p>")
        archive.writestr("conversations.json", json.dumps([branching()]))
    (conversation_id,) = files.import_file(history, path)
    assert texts(history.messages.branch(conversation_id)) == ["first question", "second answer"]
    assert history.conversations.get(conversation_id).title == "Title"
    assert [hit.active for hit in history.search.find("edited question")] == [False]


@pytest.mark.parametrize("cut", [30, 100, -40])
def test_a_damaged_zip_is_refused(history: History, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps([branching()] * 20))
    content = bytearray(path.read_bytes())
    content[cut : cut + 10] = b"\xff" * 10
    path.write_bytes(content)
    with pytest.raises(UsageError):
        files.import_file(history, path)
    assert history.conversations.summaries() == []


def test_an_empty_export_and_empty_conversations_add_nothing() -> None:
    assert chatgpt.read([]) == []
    assert chatgpt.read([conversation({"root": {"parent": None, "message": None}})]) == []
    with pytest.raises(UsageError, match="no conversations"):
        chatgpt.read([{"mapping": 3}])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["a", "b", "c", "d", "e"])
fields = st.sampled_from(
    [
        "content_type",
        "parts",
        "text",
        "thoughts",
        "role",
        "name",
        "summary",
        "content",
        "model_slug",
        "result",
    ]
)
kinds = st.sampled_from(
    ["text", "thoughts", "code", "multimodal_text", "execution_output", "user", "assistant", "tool"]
)
spoilt = st.dictionaries(fields, kinds | json_values, max_size=5)
messages = st.fixed_dictionaries(
    {},
    optional={
        "author": spoilt | json_values,
        "content": spoilt | json_values,
        "metadata": spoilt | json_values,
        "recipient": kinds | json_values,
        "create_time": json_values,
    },
)
entries = st.fixed_dictionaries(
    {},
    optional={
        "mapping": st.dictionaries(
            keys,
            st.fixed_dictionaries(
                {}, optional={"parent": keys | json_values, "message": messages | json_values}
            )
            | json_values,
            max_size=5,
        ),
        "current_node": keys | json_values,
        "title": json_values,
        "create_time": json_values,
        "update_time": json_values,
    },
)


@settings(max_examples=300, deadline=None)
@given(st.lists(entries | json_values, max_size=3))
def test_no_export_however_spoilt_raises_anything_else(content: list[object]) -> None:
    if not chatgpt.is_one(content):
        return
    try:
        documents = chatgpt.read(content)
    except UsageError:
        return
    for document in documents:
        assert len(document.branch()) >= 1
        for place, found in enumerate(document.nodes):
            assert found.items
            assert found.parent is None or found.parent < place
            json.dumps(found.items)
