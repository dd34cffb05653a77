"""`indoors ask`: one question, one answer."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from typing import Any

from app.cli.answer import Answer, AnswerReader
from app.cli.terminal import Terminal
from app.cli.work import Session, open_session, request_body
from app.errors import UsageError
from app.paths import Paths


def run(options: argparse.Namespace, places: Paths, terminal: Terminal) -> int:
    """Answer the question; the text goes to standard output, the thinking to standard error."""
    prompt = _prompt(options.prompt)
    return asyncio.run(_ask(options, places, terminal, prompt))


def _prompt(argument: str | None) -> str:
    if argument is not None and argument != "-":
        return argument
    if sys.stdin.isatty():
        raise UsageError("There is no question.", 'Type it after the command: indoors ask "…".')
    text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    if not text.strip():
        raise UsageError("Standard input holds no question.", 'Type it after the command: indoors ask "…".')
    return text


async def _ask(options: argparse.Namespace, places: Paths, terminal: Terminal, prompt: str) -> int:
    body = request_body(options, prompt if options.raw else [{"role": "user", "content": prompt}])
    if options.raw:
        body["indoors"] |= {"prompt": prompt, "token_ids": options.json}
    async with open_session(options, places, terminal) as session:
        if options.json:
            reader = AnswerReader()
            outcome = await session.respond(body, reader)
            terminal.data(_document(session, reader.answer, outcome))
        else:
            reader = AnswerReader(terminal.answer, terminal.thinking)
            await session.respond(body, reader)
            terminal.end_answer()
            _explain_ending(reader.answer, terminal)
    return 0


def _document(session: Session, answer: Answer, outcome: Mapping[str, Any]) -> dict[str, Any]:
    document = {
        "text": answer.text,
        "reasoning": answer.reasoning,
        "finish_reason": answer.finish_reason,
        "model": session.model,
        "device": outcome["device"],
        "placement": session.loaded["placement"],
        "usage": answer.usage,
        "timings": {"load_s": session.loaded["load_s"], **outcome["timings"]},
        "peak_memory_bytes": outcome["peak_memory_bytes"],
    }
    ids = ("prompt_token_ids", "output_token_ids")
    return document | {key: outcome[key] for key in ids if key in outcome}


def _explain_ending(answer: Answer, terminal: Terminal) -> None:
    if answer.finish_reason == "length":
        terminal.note("The answer was cut at its length limit; raise --max-tokens or --context.")
    elif answer.finish_reason == "tool_calls":
        terminal.note("The model asked for a tool; no tool is connected here.")
