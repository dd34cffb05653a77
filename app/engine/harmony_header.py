"""Reads the header of a harmony message, well formed or not.

A header is `{role}[ to={recipient}]<|channel|>{channel}[ to={recipient}][ <|constrain|>{type}]<|message|>`
(openai/harmony, docs/format.md). Models also write it with parts missing, doubled or run together; whatever
cannot be part of a header is handed back as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.engine.channels import Channel

_LONGEST = 512  # characters; the longest function names have 64
_ROLE = re.compile(r"\s*(?:assistant|(?:user|system|developer|tool)(?![\w.-]))\s*")
_OTHER_ROLE = re.compile(r"\s*[^\s=<]+\s*")
_RECIPIENT = re.compile(r"\s*to=\s*([\w.:/@-]+)\s*")
_CHANNEL = re.compile(rf"\s*({'|'.join(Channel)})\s*", re.IGNORECASE)
_OTHER_CHANNEL = re.compile(r"\s*\S+\s*")
_TYPE = re.compile(r"\s*(?!to=)([\w./+-]+)\s*")
_NOT_TOOLS = frozenset({"all", "user", "assistant"})


@dataclass(frozen=True)
class Header:
    """What a header says.

    Attributes:
        channel: None when it names none that is known.
        recipient: the tool that is called.
        content_type: as written.
        text: what is no part of a header; it belongs to the message.
        certain: whether `text` stays text whatever follows.
    """

    channel: Channel | None = None
    recipient: str | None = None
    content_type: str | None = None
    text: str = ""
    certain: bool = False

    @property
    def effective_channel(self) -> Channel:
        """The channel; without one, commentary for a tool call and final for all else."""
        return self.channel or (Channel.COMMENTARY if self.recipient else Channel.FINAL)


@dataclass
class HeaderText:
    """A header's text as it arrives, split at its markers.

    Attributes:
        names_role: whether a role is expected first, as it is after `<|start|>`.
        role: text before the first marker.
        channel: text after `<|channel|>`, None before there was one.
        constrain: text after `<|constrain|>`, None before there was one.
        earlier: what was read before a second `<|channel|>`.
    """

    names_role: bool = False
    role: str = ""
    channel: str | None = None
    constrain: str | None = None
    earlier: Header = field(default_factory=Header)

    def add(self, text: str) -> None:
        """Take more text of the part that is open."""
        if self.constrain is not None:
            self.constrain += text
        elif self.channel is not None:
            self.channel += text
        else:
            self.role += text

    def begin_channel(self) -> None:
        """Take `<|channel|>`; a second one overrides what the first one said."""
        if self.channel is not None:
            self.earlier = self.read()
            self.role = ""
        self.channel, self.constrain = "", None

    def read(self, *, cut: bool = False) -> Header:
        """Read what has arrived.

        Args:
            cut: whether no `<|message|>` can follow any more, so that a bare word counts as text.
        """
        parts = [self.role, self.channel or "", self.constrain or ""]
        if sum(map(len, parts)) > _LONGEST:
            return replace(self.earlier, text="".join(parts), certain=True)
        header = _read_role(self.role, self.earlier, self.names_role)
        if self.channel is not None:
            header = _read_channel(self.channel, header, cut and self.constrain is None)
        if self.constrain is not None:
            header = _read_constrain(self.constrain, header)
        return header


def _read_role(text: str, header: Header, names_role: bool) -> Header:
    known = _ROLE.match(text)
    role = known or (_OTHER_ROLE.match(text) if names_role else None)
    recipient, rest = _take_recipient(text[role.end() :] if role else text)
    is_header = recipient or (known and names_role) or _may_go_on(rest)
    if not is_header:
        rest = text
    return _with_text(replace(header, recipient=recipient or header.recipient), rest)


def _read_channel(text: str, header: Header, cut: bool) -> Header:
    known = _CHANNEL.match(text)
    named = known or _OTHER_CHANNEL.match(text)
    before, rest = _take_recipient(text[named.end() :] if named else text)
    content_type, after = _take_type(rest)
    behind, after = _take_recipient(after)
    recipient = behind or before or header.recipient
    if content_type and not recipient and (cut or not _may_go_on(after)):
        content_type, after = None, rest
    if not known and not recipient and not _may_go_on(after):
        after = text
    channel = Channel(known[1].lower()) if known else header.channel
    return _with_text(
        replace(header, channel=channel, recipient=recipient, content_type=content_type), header.text + after
    )


def _read_constrain(text: str, header: Header) -> Header:
    content_type, rest = _take_type(text)
    recipient, rest = _take_recipient(rest)
    recipient = recipient or header.recipient
    content_type = content_type or header.content_type
    return _with_text(replace(header, recipient=recipient, content_type=content_type), header.text + rest)


def _take_recipient(text: str) -> tuple[str | None, str]:
    if not (match := _RECIPIENT.match(text)):
        return None, text
    return (None if match[1] in _NOT_TOOLS else match[1]), text[match.end() :]


def _take_type(text: str) -> tuple[str | None, str]:
    if not (match := _TYPE.match(text)):
        return None, text
    return match[1], text[match.end() :]


def _with_text(header: Header, text: str) -> Header:
    return replace(header, text=text, certain=not _may_go_on(text))


def _may_go_on(text: str) -> bool:
    """Whether text can be the beginning of a role or a recipient of which the rest has not arrived."""
    start = text.strip()
    return "to=".startswith(start) or "assistant".startswith(start)
