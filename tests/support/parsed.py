"""What a channel parser made of an answer, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.engine.channels import ChannelParser, MessageEnded, MessageStarted, ParserEvent, TextDelta


@dataclass
class ParsedMessage:
    """One message put together from its events; `ending` is "cut" when the model did not end it."""

    channel: str
    text: str = ""
    recipient: str | None = None
    content_type: str | None = None
    ending: str = "open"


def events_of(parser: ChannelParser, token_ids: Iterable[int]) -> list[ParserEvent]:
    """Every event of an answer."""
    return [*(event for token_id in token_ids for event in parser.feed(token_id)), *parser.finish()]


def messages_of(events: Iterable[ParserEvent]) -> list[ParsedMessage]:
    """Put the messages together; fails when the events are not well nested."""
    messages: list[ParsedMessage] = []
    for event in events:
        is_open = bool(messages) and messages[-1].ending == "open"
        assert is_open is not isinstance(event, MessageStarted), f"{event} is out of place"
        if isinstance(event, MessageStarted):
            messages.append(ParsedMessage(event.channel.value, "", event.recipient, event.content_type))
        elif isinstance(event, TextDelta):
            assert event.text
            messages[-1].text += event.text
        elif isinstance(event, MessageEnded):
            messages[-1].ending = event.ending or ("ended" if event.complete else "cut")
            assert event.complete or event.ending is None
    assert not messages or messages[-1].ending != "open"
    return messages
