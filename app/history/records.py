"""What the history hands out: plain frozen data, safe to pass between threads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.history.items import Attachment, Item, visible_text


class Role(StrEnum):
    """Who speaks."""

    USER = "user"
    ASSISTANT = "assistant"
    SYSTEM = "system"


class Status(StrEnum):
    """How far a message got.

    `streaming` is being written now; `incomplete` was cut (length limit, or the program ended meanwhile);
    `cancelled` was stopped by the user; `failed` ended with an error.
    """

    COMPLETE = "complete"
    STREAMING = "streaming"
    INCOMPLETE = "incomplete"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class Options:
    """What a conversation says about how it is to be answered.

    Attributes:
        instructions: the system instructions; empty for none.
        sampling: fields of a Responses request (`temperature`, `top_p`, `max_output_tokens`, `indoors`, …).
        model: a model's id; empty follows the app's setting.
        effort: low, medium or high; empty follows the app's setting.
    """

    instructions: str = ""
    sampling: dict[str, Any] = field(default_factory=dict)
    model: str = ""
    effort: str = ""


@dataclass(frozen=True)
class Preset:
    """Instructions and sampling kept under a name."""

    name: str
    instructions: str = ""
    sampling: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """What is typed but not sent."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.attachments)


@dataclass(frozen=True)
class Folder:
    """A named group of conversations."""

    id: int
    name: str


@dataclass(frozen=True)
class ConversationSummary:
    """A line of the sidebar.

    Attributes:
        day: the local day it is listed under; never rises from one line to the next, whatever the clock did.
        has_draft: something is typed and not sent.
    """

    id: int
    title: str
    pinned: bool
    folder_id: int | None
    created_at: float
    updated_at: float
    day: date
    has_draft: bool


@dataclass(frozen=True)
class Conversation:
    """A conversation without its messages.

    Attributes:
        title_is_own: the user named it; a proposed title is replaced freely.
        created_at, updated_at: seconds since 1970, UTC.
    """

    id: int
    title: str
    title_is_own: bool
    pinned: bool
    folder_id: int | None
    created_at: float
    updated_at: float
    options: Options


@dataclass(frozen=True)
class Answer:
    """What is known of an answer besides its items.

    Attributes:
        model: the model's id.
        device: what it ran on.
        effort: the reasoning effort asked for.
        finish_reason: stop, length, tool_calls or cancelled; empty while unknown.
        usage: the Responses `usage` object.
        timings: what the worker measured (`ttft_s`, `decode_tokens_per_s`, …).
        thinking_s: seconds from the first to the last token of the thinking; None when there was none.
        error: one sentence on why it failed.
    """

    model: str = ""
    device: str = ""
    effort: str = ""
    finish_reason: str = ""
    usage: dict[str, Any] | None = None
    timings: dict[str, Any] | None = None
    thinking_s: float | None = None
    error: str = ""


@dataclass(frozen=True)
class Message:
    """One turn, with its place among the alternatives to it.

    Attributes:
        parent_id: the message it follows; None for the first.
        items: Responses items, as the next request's `input` wants them.
        sibling_index: from 0, in the order of writing.
        sibling_count: how many alternatives there are, itself included.
    """

    id: int
    conversation_id: int
    parent_id: int | None
    role: Role
    status: Status
    items: list[Item]
    created_at: float
    answer: Answer
    sibling_index: int = 0
    sibling_count: int = 1

    @cached_property
    def text(self) -> str:
        """The visible text: no thinking, no calls."""
        return visible_text(self.items)


@dataclass(frozen=True)
class SearchHit:
    """A title or a message that holds the words looked for.

    Attributes:
        message_id: None when the title was hit.
        excerpt: the title, or text around the first match, without line breaks.
        ranges: (start, end) of each match in `excerpt`, in code points.
        active: the message is on the branch that is shown.
    """

    conversation_id: int
    title: str
    message_id: int | None
    role: Role | None
    excerpt: str
    ranges: tuple[tuple[int, int], ...]
    active: bool
    created_at: float
