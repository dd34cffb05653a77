"""Reads harmony, the message format of gpt-oss, token by token.

Source: openai/harmony, docs/format.md. Where that format's own parser refuses a malformed answer, this one
goes on with what can be understood: an answer is shown as far as it went, whatever the model wrote.
"""

from __future__ import annotations

from enum import StrEnum

from app.engine.channels import Ending, MessageEnded, MessageStarted, ParserEvent, TextDelta
from app.engine.detokenizer import Detokenizer
from app.engine.harmony_header import Header, HeaderText
from app.engine.tokenizer import Tokenizer


class _Marker(StrEnum):
    START = "<|start|>"
    CHANNEL = "<|channel|>"
    CONSTRAIN = "<|constrain|>"
    MESSAGE = "<|message|>"
    END = "<|end|>"
    CALL = "<|call|>"
    RETURN = "<|return|>"
    END_OF_TEXT = "<|endoftext|>"


_ENDINGS = {_Marker.END: Ending.END, _Marker.CALL: Ending.CALL, _Marker.RETURN: Ending.RETURN}


def speaks_harmony(tokenizer: Tokenizer) -> bool:
    """Whether a tokenizer has the tokens that channels are made of."""
    return all(tokenizer.special_id(marker) is not None for marker in (_Marker.CHANNEL, _Marker.MESSAGE))


class HarmonyParser:
    """A ChannelParser that starts right after the generation prompt, `<|start|>assistant`.

    Args:
        tokenizer: has harmony's tokens.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        ids = {marker: tokenizer.special_id(marker) for marker in _Marker}
        self._markers = {token_id: marker for marker, token_id in ids.items() if token_id is not None}
        self._tokenizer = tokenizer
        self._detokenizer = Detokenizer(tokenizer, continues=True)
        self._header: HeaderText | None = HeaderText()  # None while inside a message

    def feed(self, token_id: int) -> list[ParserEvent]:
        """Take one token, the one that ends the turn included."""
        marker = self._markers.get(token_id)
        if marker is None:
            return self._take_text(self._detokenizer.add(token_id))
        return self._take_text(self._detokenizer.flush()) + self._take_marker(marker)

    def finish(self) -> list[ParserEvent]:
        """No more tokens come: give what was held back and end the message that is open."""
        return self._take_text(self._detokenizer.flush()) + self._end(None)

    def _take_text(self, text: str) -> list[ParserEvent]:
        if not text:
            return []
        if self._header is None:
            return [TextDelta(text)]
        self._header.add(text)
        header = self._header.read()
        return self._begin(header) if header.certain else []

    def _take_marker(self, marker: _Marker) -> list[ParserEvent]:
        if marker in _ENDINGS:
            return self._end(_ENDINGS[marker])
        if marker is _Marker.START:
            return self._end(None, HeaderText(names_role=True))
        if marker is _Marker.END_OF_TEXT:
            return self._end(None)
        if marker is _Marker.CHANNEL:
            return self._take_channel()
        if self._header is None:
            return []  # a second <|message|>, or <|constrain|> amid a text
        if marker is _Marker.CONSTRAIN:
            self._header.constrain = ""
            return []
        self._detokenizer = Detokenizer(self._tokenizer)
        return self._begin(self._header.read())

    def _take_channel(self) -> list[ParserEvent]:
        if self._header is not None and not self._header.read(cut=True).text.strip():
            self._header.begin_channel()
            return []
        return self._end(None, HeaderText(channel=""))

    def _begin(self, header: Header) -> list[ParserEvent]:
        self._header = None
        started = MessageStarted(header.effective_channel, header.recipient, header.content_type)
        return [started, TextDelta(header.text)] if header.text.strip() else [started]

    def _end(self, ending: Ending | None, following: HeaderText | None = None) -> list[ParserEvent]:
        """End the open message, and one of which only the header arrived if it says or holds anything."""
        header = None if self._header is None else self._header.read(cut=True)
        self._header = following or HeaderText()
        events: list[ParserEvent] = [MessageEnded(ending is not None, ending)]
        if header is None:
            return events
        says_something = ending is not None and (header.channel is not None or header.recipient is not None)
        if not header.text.strip() and not says_something:
            return []
        in_between = self._header
        begun = self._begin(header)
        self._header = in_between
        return begun + events
