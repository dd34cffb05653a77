"""The server under load: `python -m tests.performance.server_load --clients 200 --minutes 10`.

Clients stream answers of the guide, half of them leaving at random. Printed: answers that were wrong or lost,
memory of the worker over time, threads and connections left, the time to the first byte of a route that needs
no model, and from a token to its byte. A process of its own asks for the first bytes, and meanwhile a server
that does nothing else: what that takes is the computer's share.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from app.engine.channels import ParserEvent
from app.process.host.job import Job
from tests.support.first_bytes import bare_server, first_bytes
from tests.support.load import run_load
from tests.support.serve_program import serve_program
from tests.support.server import serving, spoken

_MINUTE = 60.0


def main() -> None:
    """Run it, and print what was measured as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    found = {"token_to_byte_ms": _percentiles([1e3 * seconds for seconds in _token_to_byte()])}
    with tempfile.TemporaryDirectory() as home, serve_program(Path(home), "--rate-limit", "0") as served:
        found |= asyncio.run(_load(served.url, served.worker, options.clients, options.minutes * _MINUTE))
    print(json.dumps(found, indent=2))


async def _load(url: str, worker: psutil.Process, clients: int, seconds: float) -> dict[str, Any]:
    memory: list[float] = []
    watching = asyncio.create_task(_watch(worker, memory, seconds / 10))
    with bare_server() as bare:
        tally, *asked = await asyncio.gather(
            run_load(url, clients, seconds), first_bytes(f"{url}/models", seconds), first_bytes(bare, seconds)
        )
    watching.cancel()
    await asyncio.sleep(2)
    connections = [one for one in worker.net_connections("inet") if one.status == psutil.CONN_ESTABLISHED]
    return {
        "answered": tally.answered,
        "left": tally.left,
        "told_to_come_again": tally.full,
        "wrong": tally.wrong,
        "failed": len(tally.failed),
        "kinds_of_failure": sorted(set(tally.failed)),
        "first_byte_ms": _percentiles(asked[0]),
        "first_byte_of_a_bare_server_ms": _percentiles(asked[1]),
        "resident_mb_over_time": memory,
        "connections_left": len(connections),
        "threads": worker.num_threads(),
    }


async def _watch(worker: psutil.Process, memory: list[float], every: float) -> None:
    while True:
        memory.append(round(worker.memory_info().rss / 1e6, 1))
        await asyncio.sleep(every)


def _token_to_byte() -> Iterator[float]:
    """Seconds from the moment a word is given to the moment a client has it."""
    said: list[float] = []

    def script(_: Job) -> Iterator[ParserEvent]:
        for event in spoken(" ".join(map(str, range(300)))):
            time.sleep(0.01)
            said.append(time.perf_counter())
            yield event

    heard = []
    body = {"input": "x", "stream": True}
    with serving(script=script) as served, served.http.stream("POST", "/v1/responses", json=body) as answer:
        for line in answer.iter_lines():
            if line.startswith("event: response.output_text.delta"):
                heard.append(time.perf_counter())
    words = said[1:-1]  # the message's beginning and end are no words
    yield from (one - other for one, other in zip(heard, words, strict=True))


def _percentiles(values: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(values, n=100)
    return {name: round(cuts[index], 2) for name, index in (("p50", 49), ("p95", 94), ("p99", 98))}


if __name__ == "__main__":
    main()
