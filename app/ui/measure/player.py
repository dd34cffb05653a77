"""A worker that plays a prepared answer token by token: `python -m app.ui.measure.player RATE COUNT`.

It speaks the worker's protocol and computes nothing, so that the window's share of the work stands alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from app.history.items import typed_text
from app.process.messages import DONE, Event, Garbage, Request, decode_request
from app.ui.measure import prepared
from app.worker.protocol import Method

_THINKING_SHARE = 6
_CONTEXT = 1_000_000
_METHODS = frozenset(Method)


class Player:
    """Answers the requests of one window.

    Args:
        out: where events go.
        rate: tokens a second.
        count: tokens of an answer, thinking included.
    """

    def __init__(self, out: BinaryIO, rate: float, count: int) -> None:
        self._out = out
        self._rate = rate
        self._count = count

    def answer(self, request: Request) -> None:
        """Do what is asked, as far as a measurement needs it."""
        if request.method == Method.RESPOND:
            self._respond(request)
        elif request.method == Method.TOKENIZE:
            counts = [len(text) // 4 for text in request.params["texts"]]
            self._tell(request, DONE, {"counts": counts})
        else:
            loaded = {"context_length": _CONTEXT, "efforts": ["low", "medium", "high"], "device": "cpu"}
            self._tell(request, DONE, loaded)

    def _respond(self, request: Request) -> None:
        thinking = list(prepared.pieces(prepared.THINKING, self._count // _THINKING_SHARE))
        text = prepared.ANSWERS[typed_text(request.params["input"][-1:])]
        answer = list(prepared.pieces(text, self._count - len(thinking)))
        items = [
            {"type": "reasoning", "summary": [], "content": _content("reasoning_text", thinking)},
            {"type": "message", "role": "assistant", "content": _content("output_text", answer)},
        ]
        due = time.perf_counter()
        for name, data in _events(items, (thinking, answer)):
            if name.endswith(".delta"):
                due += 1 / self._rate
                time.sleep(max(0.0, due - time.perf_counter()))
            self._tell(request, name, {"type": name, **data})
        usage = {"input_tokens": 1, "output_tokens": self._count, "total_tokens": self._count + 1}
        response = {"status": "completed", "output": items, "usage": usage}
        self._tell(request, "response.completed", {"response": response})
        self._tell(request, DONE, {"usage": usage, "timings": {}, "device": "cpu", "left_out_turns": 0})

    def _tell(self, request: Request, name: str, data: Mapping[str, Any]) -> None:
        self._out.write(Event(request.id, name, data).encode())
        self._out.flush()


def _content(kind: str, pieces: Sequence[str]) -> list[dict[str, str]]:
    return [{"type": kind, "text": "".join(pieces)}]


def _events(
    items: Sequence[Mapping[str, Any]], texts: Sequence[Sequence[str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for item, pieces in zip(items, texts, strict=True):
        yield "response.output_item.added", {"item": {**item, "content": []}}
        for piece in pieces:
            yield f"response.{item['content'][0]['type']}.delta", {"delta": piece}
        yield "response.output_item.done", {"item": item}


def main() -> None:
    """Answer until nobody asks any more."""
    player = Player(sys.stdout.buffer, float(sys.argv[1]), int(sys.argv[2]))
    for line in sys.stdin.buffer:
        request = decode_request(line, _METHODS)
        if not isinstance(request, Garbage):
            player.answer(request)


if __name__ == "__main__":
    main()
