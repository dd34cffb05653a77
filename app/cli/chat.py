"""`indoors chat`: a conversation in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from app import settings
from app.cli.answer import Answer
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
        chat = Chat(options, places, terminal)
        try:
            runner.run(chat.open())
            terminal.note(f"{chat.session.model} on {chat.session.loaded['device']}. /help lists the commands.")
            _converse(chat, runner, terminal)
        finally:
            runner.run(chat.close())
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

    def __init__(self, options: argparse.Namespace, places: Paths, terminal: Terminal) -> None:
        self._options = options
        self._places = places
        self._terminal = terminal
        self._items: list[dict[str, Any]] = []
        self.session: Session

    async def open(self) -> None:
        """Start the worker and load the model."""
        self.session = await open_session(self._options, self._places, self._terminal).__aenter__()

    async def close(self) -> None:
        """End the worker."""
        if hasattr(self, "session"):
            await self.session.close()

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
        reader = await self.session.start(request_body(self._options, [*self._items, question]))
        self._items.append(question)
        try:
            answer, _ = await reader.finish()
            self._items += answer.output
        except BaseException:
            self._keep_partial(reader.partial())
            raise
        finally:
            self._terminal.line()

    def _keep_partial(self, answer: Answer) -> None:
        if answer.text:
            part = {"type": "output_text", "text": answer.text, "annotations": []}
            self._items.append({"type": "message", "role": "assistant", "content": [part]})

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
            self._terminal.note(f"{self.session.model} answers. Switch: /model ID")
            return
        await self.session.load(model)
        self._options.model = model
        self._terminal.note(f"{self.session.model} answers from here on.")


def markdown(items: list[dict[str, Any]]) -> str:
    """The conversation as Markdown, without the thinking."""
    speakers = {"user": "You", "assistant": "Answer"}
    turns = []
    for item in items:
        if item.get("type") == "message":
            text = "".join(part.get("text", "") for part in item["content"])
            turns.append(f"**{speakers.get(item['role'], item['role'])}**\n\n{text}")
    return "\n\n".join(turns)
