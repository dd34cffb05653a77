"""`indoors chat`: a conversation in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from app import settings
from app.cli.answer import Answer, AnswerReader
from app.cli.terminal import Terminal
from app.cli.work import Session, open_session, request_body
from app.errors import IndoorsError, from_os_error
from app.paths import Paths

HELP = """\
/effort low|medium|high   how long the model thinks
/clear                    forget the conversation
/save FILE                write it as Markdown, or as JSON when FILE ends in .json
/model ID                 switch to another model, keeping the conversation
/quit                     leave (also Ctrl+D); Ctrl+C stops an answer"""


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Talk until the person leaves."""
    with asyncio.Runner() as runner:
        session_scope = open_session(options, places, terminal)
        session = runner.run(session_scope.__aenter__())
        try:
            terminal.note(f"{session.model} on {session.loaded['device']}. /help lists the commands.")
            _converse(Chat(session, options, terminal), runner, terminal)
        finally:
            runner.run(session_scope.__aexit__(None, None, None))
    return 0


def _converse(chat: Chat, runner: asyncio.Runner, terminal: Terminal) -> None:
    while True:
        try:
            text = input("> " if terminal.watched else "").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if text in {"/quit", "/exit"}:
            return
        if not text:
            continue
        try:
            runner.run(chat.take(text))
        except KeyboardInterrupt:
            terminal.note("\nStopped.")
        except IndoorsError as error:
            terminal.note(f"indoors: {error}")


class Chat:
    """One conversation: its items, its session with the worker, and the commands."""

    def __init__(self, session: Session, options: argparse.Namespace, terminal: Terminal) -> None:
        self._session = session
        self._options = options
        self._terminal = terminal
        self._items: list[dict[str, Any]] = []

    async def take(self, text: str) -> None:
        """A line the person typed: a command, or the next turn."""
        if not text.startswith("/"):
            await self._answer(text)
            return
        name, _, argument = text[1:].partition(" ")
        argument = argument.strip()
        if name == "clear":
            self._items.clear()
            self._terminal.note("The conversation is empty.")
        elif name == "effort":
            self._options.effort = settings.named("effort").parse(argument)
        elif name == "save":
            self._save(argument)
        elif name == "model":
            await self._switch(argument)
        else:
            self._terminal.note(HELP)

    async def _answer(self, text: str) -> None:
        question = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}
        reader = AnswerReader(self._terminal.answer, self._terminal.thinking)
        body = request_body(self._options, [*self._items, question])
        self._items.append(question)
        try:
            await self._session.respond(body, reader)
        finally:
            self._items += reader.answer.output or partial_output(reader.answer)
            self._terminal.end_answer()

    def _save(self, name: str) -> None:
        if not name:
            self._terminal.note("Name a file: /save talk.md")
            return
        path = Path(name).expanduser()
        as_json = path.suffix == ".json"
        text = json.dumps(self._items, indent=2, ensure_ascii=False) if as_json else markdown(self._items)
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise from_os_error(error, "saving the conversation") from error
        self._terminal.note(f"Saved {path}.")

    async def _switch(self, model: str) -> None:
        if not model:
            self._terminal.note(f"{self._session.model} answers. Switch: /model ID")
            return
        await self._session.load(model)
        self._options.model = model
        self._terminal.note(f"{self._session.model} answers from here on.")


def partial_output(answer: Answer) -> list[dict[str, Any]]:
    """What an interrupted answer leaves in the conversation."""
    if not answer.text:
        return []
    part = {"type": "output_text", "text": answer.text, "annotations": []}
    return [{"type": "message", "role": "assistant", "content": [part]}]


def markdown(items: list[dict[str, Any]]) -> str:
    """The conversation as Markdown, without the thinking."""
    speakers = {"user": "You", "assistant": "Answer"}
    turns = []
    for item in items:
        if item.get("type") == "message":
            text = "".join(part.get("text", "") for part in item["content"])
            turns.append(f"**{speakers.get(item['role'], item['role'])}**\n\n{text}")
    return "\n\n".join(turns)
