from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import StorageError, UsageError
from app.history.items import Attachment
from app.history.records import Answer, Draft, Options, Role, Status
from app.history.store import History
from app.history.transfer import files, json_format, shelf
from app.history.transfer.document import Document, Node, with_one_selected
from app.history.transfer.files import Format
from tests.support.conversations import in_memory, reply, say, talk, texts

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
name = text.map(lambda value: " ".join(value.split()))
moment = st.floats(0, 1_700_000_000.0)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
objects = st.dictionaries(text, values, max_size=3)
answers = st.builds(
    Answer, text, text, text, text, st.none() | objects, st.none() | objects, st.none() | moment, text
)
finished = st.sampled_from([status for status in Status if status is not Status.STREAMING])


@st.composite
def trees(draw: st.DrawFn) -> tuple[Node, ...]:
    nodes = []
    for place in range(draw(st.integers(0, 6))):
        parent = draw(st.none() | st.integers(0, place - 1)) if place else None
        items = draw(st.lists(objects, max_size=2))
        role, status = draw(st.sampled_from(Role)), draw(finished)
        nodes.append(Node(parent, role, items, draw(moment), status, draw(answers), draw(st.booleans())))
    return with_one_selected(nodes)


documents = st.builds(
    Document,
    name,
    st.booleans(),
    st.booleans(),
    name,
    moment,
    moment,
    st.builds(Options, text, objects, text, text),
    st.builds(
        Draft, text, st.lists(st.builds(Attachment, text, text, st.integers(0, 9)), max_size=2).map(tuple)
    ),
    trees(),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(documents, max_size=2))
def test_documents_come_back_out_of_the_text(given_documents: list[Document]) -> None:
    assert json_format.read(json.loads(json_format.write(given_documents))) == given_documents


@settings(max_examples=30, deadline=None)
@given(document=documents)
def test_documents_come_back_out_of_the_database(shared_history: History, document: Document) -> None:
    (conversation_id,) = shelf.put(shared_history, [document])
    assert shelf.take(shared_history, conversation_id) == document
    shared_history.conversations.purge([conversation_id])


@pytest.fixture(scope="module")
def shared_history():
    history = in_memory()
    yield history
    history.close()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(documents, min_size=1, max_size=1), st.data())
def test_a_spoilt_export_is_read_or_refused_in_words(
    given_documents: list[Document], data: st.DataObject
) -> None:
    content = json.loads(json_format.write(given_documents))
    target = data.draw(st.sampled_from(list(walk(content))))
    container, key = target
    container[key] = data.draw(values)
    with contextlib.suppress(UsageError):
        json_format.read(content)


def walk(value):
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from walk(inner)


def test_a_whole_conversation_moves_to_another_history(history: History, tmp_path: Path) -> None:
    conversation_id = talk(history, "question", "answer", "more", "and more")
    first, second = history.messages.branch(conversation_id)[:2]
    reply(history, first, "another answer")
    say(history, conversation_id, "edited", None)
    history.messages.select(second.id)
    history.conversations.move(conversation_id, history.folders.create("Work"))
    history.drafts.save(conversation_id, Draft("typed"))
    path = tmp_path / "all.json"
    files.export(history, [conversation_id, talk(history, "other")], Format.JSON, path)

    other = History.open(tmp_path / "other", history.clock)
    ids = files.import_file(other, path)
    assert len(ids) == 2
    assert texts(other.messages.branch(ids[0])) == ["question", "answer", "more", "and more"]
    assert shelf.take(other, ids[0]) == shelf.take(history, conversation_id)
    assert [hit.active for hit in other.search.find("another")] == [False]
    assert [folder.name for folder in other.folders.all()] == ["Work"]
    other.close()


def test_an_answer_being_written_is_exported_as_cut(history: History) -> None:
    conversation_id = talk(history, "Q")
    question = history.messages.branch(conversation_id)[0]
    history.messages.begin_answer(conversation_id, question.id, Answer("guide"))
    assert shelf.take(history, conversation_id).nodes[-1].status is Status.INCOMPLETE


def test_an_import_is_whole_or_not_at_all(history: History, tmp_path: Path) -> None:
    good = shelf.take(history, talk(history, "kept"))
    content = json.loads(json_format.write([good, good]))
    content["conversations"][1]["nodes"][0]["role"] = "wizard"
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UsageError, match="message 1 of conversation 2 has the unknown role 'wizard'"):
        files.import_file(history, path)
    assert len(history.conversations.summaries()) == 1


def test_imports_take_their_place_by_time(history: History, clock) -> None:
    talk(history, "now")
    old = Document(title="old", updated_at=clock.now - 9e6)
    future = Document(title="future", updated_at=clock.now + 9e6)
    clock.now += 1
    shelf.put(history, [old, future])
    assert [line.title for line in history.conversations.summaries()] == ["future", "now", "old"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"{}", "neither an export"),
        (b"[1]", "neither an export"),
        (b'{"format": "indoors.conversations", "version": 2}', "version 2"),
        (b'{"format": "indoors.conversations", "version": 1}', "no list"),
        (b"PK\x05\x06" + b"\0" * 18, "holds no conversations.json"),
    ],
)
def test_other_files_are_refused_by_name(history: History, tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "strange.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=told) as caught:
        files.import_file(history, path)
    assert caught.value.hint
    assert history.conversations.summaries() == []


def test_a_missing_file_and_an_unwritable_place_are_named(history: History, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"reading the export|Reading the export"):
        files.import_file(history, tmp_path / "nowhere.json")
    conversation_id = talk(history, "x")
    with pytest.raises(StorageError, match=r"riting the export"):
        files.export(history, [conversation_id], Format.JSON, tmp_path / "no" / "folder.json")
    (tmp_path / "taken").mkdir()
    with pytest.raises(StorageError, match=r"riting the export"):
        files.export(history, [conversation_id], Format.HTML, tmp_path / "taken")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history", "taken"]


def test_markdown_holds_one_conversation(history: History, tmp_path: Path) -> None:
    ids = [talk(history, "a"), talk(history, "b")]
    with pytest.raises(UsageError, match="one conversation"):
        files.export(history, ids, Format.MARKDOWN, tmp_path / "x.md")


def test_selected_siblings_are_mended() -> None:
    node = Node(None, Role.USER, [], 0.0)
    marks = [replace(node, selected=selected) for selected in (True, True, False)]
    assert [n.selected for n in with_one_selected(marks)] == [True, False, False]
    assert [n.selected for n in with_one_selected([node, node])] == [False, True]
