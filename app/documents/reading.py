"""Asks a child process for a file's text, and bounds what it may take."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app import paths
from app.errors import IndoorsError, UsageError, WorkerDied, from_json
from app.process.once import output_of

PATIENCE_S = 60.0


async def read_document(
    path: Path, patience_s: float = PATIENCE_S, command: Sequence[str] | None = None
) -> str:
    """The text of a file.

    Args:
        path: the file.
        patience_s: how long the child may take.
        command: how to start the child; None for this same program.

    Raises:
        UsageError: it is no text, too long, protected, damaged, or takes too long.
        StorageError: it cannot be read.
        WorkerDied: the child could not be started, or ended without an answer.
    """
    started = [*(command or paths.command("read-document")), str(path)]
    try:
        output = await output_of(started, patience_s)
    except TimeoutError as error:
        raise UsageError(
            "{name} took longer than {seconds} s to read.",
            "Attach its text.",
            name=path.name,
            seconds=round(patience_s),
        ) from error
    except OSError as error:
        raise WorkerDied(
            "{name} could not be read: {error}.", "Try again.", name=path.name, error=error
        ) from error
    return _answer(output, path)


def _answer(output: bytes, path: Path) -> str:
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError as error:
        raise WorkerDied(
            "{name} could not be read: its reader ended.", "Attach its text.", name=path.name
        ) from error
    if "text" in answer:
        return str(answer["text"])
    raise from_json(answer)


def answer_for(path: Path) -> bytes:
    """What the child prints: the text, or the error, as JSON."""
    from app.documents.text import text_of

    try:
        answer: dict[str, Any] = {"text": text_of(path)}
    except IndoorsError as error:
        answer = error.to_json()
    return json.dumps(answer).encode()
