"""Reads the answers of models without channels: plain text that may hold `<think>…</think>`."""

from __future__ import annotations

from app.engine.channels import Channel, MessageEnded, MessageStarted, ParserEvent, TextDelta
from app.engine.detokenizer import Detokenizer
from app.engine.stop_strings import possible_start
from app.engine.tokenizer import Tokenizer

_OPEN = "<think>"
_CLOSE = "</think>"


def opens_thinking(prompt: str) -> bool:
    """Whether the template already opened the reasoning, so that the answer begins inside it."""
    return prompt.rstrip().endswith(_OPEN)


class ThinkParser:
    """A ChannelParser: reasoning becomes an analysis message, all else a final one.

    Tags that are tokens of their own count anywhere. Tags written as text, perhaps over several tokens, count
    where a message begins, so an answer may quote one. White space beside the tags is dropped.

    Args:
        tokenizer: the model's.
        thinking: whether the answer begins inside the reasoning.
    """

    def __init__(self, tokenizer: Tokenizer, *, thinking: bool = False) -> None:
        self._tokenizer = tokenizer
        self._detokenizer = Detokenizer(tokenizer)
        self._open_id = tokenizer.special_id(_OPEN)
        self._close_id = tokenizer.special_id(_CLOSE)
        self._message: Channel | None = None
        self._thinking = thinking
        self._trims = thinking  # whether white space before the next message is dropped
        self._held = ""

    def feed(self, token_id: int) -> list[ParserEvent]:
        """Take one token, the one that ends the turn included."""
        if token_id == self._open_id:
            return self._switch(thinking=True)
        if token_id == self._close_id:
            return self._switch(thinking=False) if self._thinking else []
        if self._tokenizer.is_special(token_id):
            return self._end(complete=True)
        return self._take(self._detokenizer.add(token_id))

    def finish(self) -> list[ParserEvent]:
        """No more tokens come: give what was held back and end the message that is open."""
        return self._end(complete=False)

    def _take(self, text: str) -> list[ParserEvent]:
        if not text:
            return []
        if self._thinking:
            return self._take_reasoning(text)
        if self._message is Channel.FINAL:
            return [TextDelta(text)]
        return self._take_beginning(text)

    def _take_beginning(self, text: str) -> list[ParserEvent]:
        """Take text before it is clear whether a tag or an answer begins."""
        self._held += text
        start = self._held.lstrip()
        if start.startswith(_OPEN):
            self._held = ""
            return self._switch(thinking=True) + self._take(start.removeprefix(_OPEN))
        if _OPEN.startswith(start):
            return []
        return self._give_held()

    def _take_reasoning(self, text: str) -> list[ParserEvent]:
        reasoning, closing, rest = (self._held + text).partition(_CLOSE)
        if closing:
            self._held = reasoning
            return self._switch(thinking=False) + self._take(rest)
        shown = reasoning[: len(reasoning) - possible_start(reasoning, [_CLOSE])].rstrip()
        self._held = reasoning[len(shown) :]
        return self._give(shown)

    def _switch(self, *, thinking: bool) -> list[ParserEvent]:
        self._held = self._held.rstrip()
        events = self._end(complete=True)
        self._thinking = thinking
        self._trims = True
        return events

    def _end(self, *, complete: bool) -> list[ParserEvent]:
        events = self._take(self._detokenizer.flush()) + self._give_held()
        if self._message is not None:
            events.append(MessageEnded(complete))
            self._message = None
        self._thinking = False
        return events

    def _give_held(self) -> list[ParserEvent]:
        text, self._held = self._held, ""
        return self._give(text)

    def _give(self, text: str) -> list[ParserEvent]:
        if self._message is not None:
            return [TextDelta(text)] if text else []
        text = text.lstrip() if self._trims else text
        if not text:
            return []
        self._message = Channel.ANALYSIS if self._thinking else Channel.FINAL
        self._trims = False
        return [MessageStarted(self._message), TextDelta(text)]
