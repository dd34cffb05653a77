"""What a model's answer consists of, message by message, while its tokens arrive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Channel(StrEnum):
    """Whom a message is for: the model itself, tools (or a user who waits for one), the user."""

    ANALYSIS = "analysis"
    COMMENTARY = "commentary"
    FINAL = "final"


class Ending(StrEnum):
    """The token that ended a message."""

    END = "end"
    CALL = "call"
    RETURN = "return"


@dataclass(frozen=True)
class MessageStarted:
    """A message begins; every text until its end belongs to it.

    Attributes:
        channel: whom it is for.
        recipient: the tool it calls ("functions.get_weather"), None when it calls none.
        content_type: what the text is ("json", "code"), None when the model did not say.
    """

    channel: Channel
    recipient: str | None = None
    content_type: str | None = None


@dataclass(frozen=True)
class TextDelta:
    """More text of the message; never empty."""

    text: str


@dataclass(frozen=True)
class MessageEnded:
    """The message is over.

    Attributes:
        complete: whether the model ended it; False when it was cut.
        ending: the token that ended it; None when it was cut or the model knows only one such token.
    """

    complete: bool
    ending: Ending | None = None


ParserEvent = MessageStarted | TextDelta | MessageEnded


class ChannelParser(Protocol):
    """Turns an answer's tokens into messages. It never raises, and never loses text meant to be read.

    Events are well nested: a start, its texts, its end, then perhaps another start.
    """

    def feed(self, token_id: int) -> list[ParserEvent]:
        """Take one token, the one that ends the turn included."""

    def finish(self) -> list[ParserEvent]:
        """No more tokens come: give what was held back and end the message that is open."""


class ParserFactory(Protocol):
    """Makes a parser for one answer."""

    def __call__(self, prompt: str = "") -> ChannelParser:
        """Make it.

        Args:
            prompt: the rendered text the answer continues; its end can already open a message.
        """
