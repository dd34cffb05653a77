"""Exports to files and imports from files."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.errors import UsageError, from_os_error
from app.files import write_whole
from app.history.store import History
from app.history.transfer import chatgpt, html, json_format, markdown, shelf
from app.history.transfer.document import Document
from app.history.transfer.words import Words

LARGEST = 1 << 30  # bytes of JSON read at once: a year of heavy use is a tenth of it


class Format(StrEnum):
    """What a conversation can be written as; the value is the file's suffix."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


def export(
    history: History, conversation_ids: Sequence[int], form: Format, path: Path, words: Words | None = None
) -> None:
    """Write conversations into a file, whole or not at all.

    Args:
        history: where they are.
        conversation_ids: Markdown and HTML hold one each; JSON holds any number, with all branches.
        form: the format.
        path: the file; it is replaced.
        words: labels in the reader's language.

    Raises:
        UsageError: there is no such conversation, or too many for the format.
        StorageError: the file cannot be written; nothing is left behind.
    """
    documents = [shelf.take(history, conversation_id) for conversation_id in conversation_ids]
    if form is Format.JSON:
        text = json_format.write(documents)
    elif len(documents) == 1:
        text = (markdown if form is Format.MARKDOWN else html).write(documents[0], words)
    else:
        raise UsageError("A {form} file holds one conversation.", "Choose JSON for several.", form=form)
    _write_whole(path, text)


def import_file(history: History, path: Path) -> list[int]:
    """Add the conversations of a file: the app's JSON, or ChatGPT's as JSON or as the ZIP it comes in.

    Returns:
        The ids of the new conversations.

    Raises:
        UsageError: the file is not one of these, or is damaged; nothing was added.
        StorageError: the file cannot be read, or the history cannot be written.
    """
    return shelf.put(history, read_file(path))


def read_file(path: Path) -> list[Document]:
    """The conversations of a file; for what is raised see `import_file`."""
    try:
        contents = _zip_contents(path) if zipfile.is_zipfile(path) else [_plain_content(path)]
    except OSError as error:
        raise from_os_error(error, "reading the export") from error
    return [document for content in contents for document in _documents(content, path)]


def _documents(raw: bytes, path: Path) -> list[Document]:
    content = _parsed(raw, path)
    if json_format.is_one(content):
        return json_format.read(content)
    if chatgpt.is_one(content):
        return chatgpt.read(content)
    raise UsageError(
        "{path} is neither an export of Indoors nor one of ChatGPT.",
        "Choose a JSON or ZIP export.",
        path=path,
    )


def _parsed(raw: bytes, path: Path) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UsageError(
            "{path} is not valid JSON: {reason}.", "Export it again.", path=path, reason=reason
        ) from error


def _plain_content(path: Path) -> bytes:
    _refuse_giant(path, path.stat().st_size)
    return path.read_bytes()


def _zip_contents(path: Path) -> list[bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [info for info in archive.infolist() if _is_conversations(info.filename)]
            if not wanted:
                raise UsageError(
                    "{path} holds no conversations.json.", "Choose the ZIP as ChatGPT sent it.", path=path
                )
            _refuse_giant(path, sum(info.file_size for info in wanted))
            return [archive.read(info) for info in sorted(wanted, key=lambda info: info.filename)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise UsageError(
            "{path} is a damaged ZIP file: {error}.", "Download it again.", path=path, error=error
        ) from error


def _is_conversations(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last.startswith("conversations") and last.endswith(".json")


def _refuse_giant(path: Path, size: int) -> None:
    if size > LARGEST:
        raise UsageError(
            "{path} holds {size} MiB of JSON; the limit is 1024.",
            "Split the export.",
            path=path,
            size=size >> 20,
        )


def _write_whole(path: Path, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        raise from_os_error(error, "writing the export") from error
