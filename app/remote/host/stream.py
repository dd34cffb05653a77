"""The events in a stream of server-sent events: WHATWG, HTML, section 9.2.6."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.errors import RefusedByHost

_LARGEST_EVENT = 32 << 20
_END = "[DONE]"

Event = Mapping[str, Any]


def events(blocks: Iterable[bytes], place: str) -> Iterator[Event]:
    """The JSON objects of a stream, until its end or `[DONE]`.

    Args:
        blocks: the bytes as they come, cut anywhere.
        place: who sends them, for messages.

    Raises:
        RefusedByHost: what comes is no stream of JSON objects.
    """
    data: list[str] = []
    for line in _lines(blocks, place):
        if line.startswith("data:"):
            data.append(line.removeprefix("data:").removeprefix(" "))
        elif not line and data:
            text, data = "\n".join(data), []
            if text == _END:
                return
            yield _object(text, place)


def _lines(blocks: Iterable[bytes], place: str) -> Iterator[str]:
    """Lines without their ends; an unfinished last one is no line."""
    rest = b""
    for block in blocks:
        *lines, rest = (rest + block).split(b"\n")
        if len(rest) > _LARGEST_EVENT:
            raise unknown(place)
        for line in lines:
            yield line.removesuffix(b"\r").decode("utf-8", "replace")


def _object(text: str, place: str) -> Event:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise unknown(place) from error
    if not isinstance(content, dict):
        raise unknown(place)
    return content


def unknown(place: str) -> RefusedByHost:
    """It speaks something else."""
    return RefusedByHost(
        "{place} answers with something that is not the Responses API.",
        "Check the address in the settings; it usually ends with /v1.",
        place=place,
    )
