"""The app's own format: every branch, lossless both ways.

`{"format": "indoors.conversations", "version": 1, "conversations": [ … ]}`; a conversation's fields are those
of `Document`, its messages those of `Node`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TypeVar

from app.errors import UsageError
from app.history.items import Attachment
from app.history.records import Answer, Draft, Options, Role, Status
from app.history.stored_text import clean
from app.history.transfer.document import Document, Node, finite, with_one_selected

FORMAT = "indoors.conversations"
VERSION = 1

_Choice = TypeVar("_Choice", Role, Status)


def write(documents: Iterable[Document]) -> str:
    """The documents as JSON text."""
    conversations = [asdict(document) for document in documents]
    content = {"format": FORMAT, "version": VERSION, "conversations": conversations}
    return clean(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def is_one(content: object) -> bool:
    """Whether parsed JSON claims to be of this format."""
    return isinstance(content, dict) and content.get("format") == FORMAT


def read(content: dict[str, Any]) -> list[Document]:
    """Documents out of parsed JSON.

    Raises:
        UsageError: a later version wrote it, or something in it is not what it should be.
    """
    version = content.get("version")
    if version != VERSION:
        raise UsageError(
            "The export has version {version}; this version of Indoors reads {known}.",
            "Update Indoors.",
            version=repr(version),
            known=VERSION,
        )
    conversations = content.get("conversations")
    if not isinstance(conversations, list):
        raise UsageError("The export holds no list of conversations.", "Export it again.")
    return [_document(entry, f"conversation {place + 1}") for place, entry in enumerate(conversations)]


def _document(entry: object, where: str) -> Document:
    fields = _object(entry, where)
    created_at = finite(fields.get("created_at"), 0.0)
    return Document(
        _text(fields, "title", where),
        fields.get("title_is_own") is True,
        fields.get("pinned") is True,
        _text(fields, "folder", where),
        created_at,
        finite(fields.get("updated_at"), created_at),
        _options(_object(fields.get("options", {}), where), where),
        _draft(_object(fields.get("draft", {}), where), where),
        with_one_selected(_nodes(fields.get("nodes", []), where)),
    )


def _options(fields: dict[str, Any], where: str) -> Options:
    return Options(
        _text(fields, "instructions", where),
        _object(fields.get("sampling", {}), where),
        _text(fields, "model", where),
        _text(fields, "effort", where),
    )


def _draft(fields: dict[str, Any], where: str) -> Draft:
    files = _objects(fields.get("attachments", []), where)
    attachments = tuple(
        Attachment(_text(file, "name", where), _text(file, "text", where), _whole(file, "size", where))
        for file in files
    )
    return Draft(_text(fields, "text", where), attachments)


def _nodes(value: object, where: str) -> list[Node]:
    return [_node(fields, place, where) for place, fields in enumerate(_objects(value, where))]


def _node(fields: dict[str, Any], place: int, where: str) -> Node:
    where = f"message {place + 1} of {where}"
    parent = fields.get("parent")
    if parent is not None and not (isinstance(parent, int) and 0 <= parent < place):
        raise _wrong(where, "a parent that does not come before it")
    return Node(
        parent,
        _choice(Role, fields.get("role"), where),
        _objects(fields.get("items", []), where),
        finite(fields.get("created_at"), 0.0),
        _choice(Status, fields.get("status"), where),
        _answer(_object(fields.get("answer", {}), where), where),
        fields.get("selected") is True,
    )


def _answer(fields: dict[str, Any], where: str) -> Answer:
    usage, timings, thinking = fields.get("usage"), fields.get("timings"), fields.get("thinking_s")
    return Answer(
        _text(fields, "model", where),
        _text(fields, "device", where),
        _text(fields, "effort", where),
        _text(fields, "finish_reason", where),
        None if usage is None else _object(usage, where),
        None if timings is None else _object(timings, where),
        None if thinking is None else finite(thinking, 0.0),
        _text(fields, "error", where),
    )


def _text(fields: dict[str, Any], name: str, where: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise _wrong(where, f"a {name} that is no text")
    return value


def _whole(fields: dict[str, Any], name: str, where: str) -> int:
    value = fields.get(name, 0)
    if not isinstance(value, int):
        raise _wrong(where, f"a {name} that is no whole number")
    return value


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, "something else where an object should be")
    return value


def _objects(value: object, where: str) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise _wrong(where, "something else where a list should be")
    return [_object(entry, where) for entry in value]


def _choice(kind: type[_Choice], value: object, where: str) -> _Choice:
    try:
        return kind(str(value))
    except ValueError:
        raise _wrong(where, f"the unknown {kind.__name__.lower()} {str(value)[:40]!r}") from None


def _wrong(where: str, what: str) -> UsageError:
    return UsageError(
        "The export cannot be read: {where} has {what}.", "Export it again.", where=where, what=what
    )
