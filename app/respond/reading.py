"""Reads an answer's tokens: messages by channel, stop strings, and how many tokens were thinking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.engine.channels import Channel, ChannelParser, MessageEnded, MessageStarted, ParserEvent, TextDelta
from app.engine.stop_strings import StopStrings


def joined(events: Iterable[ParserEvent]) -> list[ParserEvent]:
    """The same events, neighbouring texts as one."""
    found: list[ParserEvent] = []
    for event in events:
        if found and isinstance(event, TextDelta) and isinstance(found[-1], TextDelta):
            found[-1] = TextDelta(found[-1].text + event.text)
        else:
            found.append(event)
    return found


class AnswerReader:
    """Turns token ids into parser events.

    Stop strings are looked for in what the user reads: neither in thinking nor in a tool's arguments.

    Args:
        parser: for this answer.
        stops: strings that end it.

    Attributes:
        stopped: a stop string was found; nothing after it is told.
        reasoning_tokens: tokens that belong to thinking, with its header and its end.
    """

    def __init__(self, parser: ChannelParser, stops: Iterable[str]) -> None:
        self.stopped = False
        self.reasoning_tokens = 0
        self._parser = parser
        self._stops = tuple(stops)
        self._watch: StopStrings | None = None
        self._since_message = 0
        self._thinking = False

    def feed(self, token_id: int) -> list[ParserEvent]:
        """Take one token."""
        self._since_message += 1
        return list(self._pass_on(self._parser.feed(token_id)))

    def count_from_here(self) -> None:
        """Tokens up to now were written earlier: they do not count."""
        self.reasoning_tokens = self._since_message = 0

    def finish(self, *, complete: bool) -> list[ParserEvent]:
        """No more tokens come.

        Args:
            complete: the model ended the turn itself, perhaps without ending the message.
        """
        return [
            MessageEnded(complete=True) if complete and isinstance(event, MessageEnded) else event
            for event in self._pass_on(self._parser.finish())
        ]

    def _pass_on(self, events: Iterable[ParserEvent]) -> Iterator[ParserEvent]:
        for event in events:
            if self.stopped:
                return
            if isinstance(event, MessageStarted):
                self._begin(event)
                yield event
            elif isinstance(event, TextDelta):
                yield from self._watched(event.text)
            else:
                yield from self._held_back()
                self._count()
                yield event

    def _begin(self, started: MessageStarted) -> None:
        self._thinking = started.channel is Channel.ANALYSIS and not started.recipient
        visible = started.channel is not Channel.ANALYSIS and not started.recipient
        self._watch = StopStrings(self._stops) if visible and self._stops else None

    def _watched(self, text: str) -> Iterator[ParserEvent]:
        if self._watch is None:
            yield TextDelta(text)
            return
        shown, self.stopped = self._watch.feed(text)
        if shown:
            yield TextDelta(shown)
        if self.stopped:
            yield MessageEnded(complete=True)

    def _held_back(self) -> Iterator[ParserEvent]:
        if self._watch is not None and (rest := self._watch.flush()):
            yield TextDelta(rest)

    def _count(self) -> None:
        if self._thinking:
            self.reasoning_tokens += self._since_message
        self._since_message = 0
        self._thinking = False
