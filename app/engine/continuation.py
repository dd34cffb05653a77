"""Writes the beginning of an answer as tokens, so that a model goes on where it was cut.

The reverse of the parsers: harmony's messages (openai/harmony, docs/format.md), or text with `<think>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.engine.channels import Channel
from app.engine.harmony import speaks_harmony
from app.engine.think import opens_thinking
from app.engine.tokenizer import Tokenizer

_Piece = str | int


@dataclass(frozen=True)
class Spoken:
    """A message that the model wrote.

    Attributes:
        channel: whom it is for.
        text: what it says.
        complete: whether the model ended it itself.
    """

    channel: Channel
    text: str
    complete: bool


def begun_answer(tokenizer: Tokenizer, prompt: str, messages: Sequence[Spoken]) -> list[int]:
    """The tokens of an answer that was begun; they follow the prompt.

    Args:
        tokenizer: the model's.
        prompt: the rendered prompt; its end can already open a message.
        messages: what was written so far; the last is left open unless it is complete.
    """
    if speaks_harmony(tokenizer):
        return tokenizer.encode_pieces(_harmony(tokenizer, messages))
    return tokenizer.encode_pieces(_plain(tokenizer, messages, thinking=opens_thinking(prompt)))


def _harmony(tokenizer: Tokenizer, messages: Sequence[Spoken]) -> Iterator[_Piece]:
    for place, message in enumerate(messages):
        if place:
            yield from (_token(tokenizer, "<|start|>"), "assistant")
        yield from (_token(tokenizer, "<|channel|>"), str(message.channel), _token(tokenizer, "<|message|>"))
        yield message.text
        if message.complete or place + 1 < len(messages):
            yield _token(tokenizer, "<|end|>")
    if messages and messages[-1].complete:
        yield from (_token(tokenizer, "<|start|>"), "assistant")


def _plain(tokenizer: Tokenizer, messages: Sequence[Spoken], *, thinking: bool) -> Iterator[_Piece]:
    for place, message in enumerate(messages):
        if message.channel is Channel.ANALYSIS:
            if not thinking:
                yield from (_token(tokenizer, "<think>"), "\n")
            yield message.text
            thinking = not message.complete and place + 1 == len(messages)
            if not thinking:
                yield from ("\n", _token(tokenizer, "</think>"), "\n\n")
        else:
            yield message.text


def _token(tokenizer: Tokenizer, text: str) -> _Piece:
    token_id = tokenizer.special_id(text)
    return text if token_id is None else token_id
