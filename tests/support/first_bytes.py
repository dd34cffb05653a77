"""How long a server takes to the first byte of a route, asked by a process that does nothing else.

`python -m tests.support.first_bytes URL SECONDS` prints the milliseconds of each request as a JSON list.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_PAUSE = 0.05


async def first_bytes(url: str, seconds: float) -> list[float]:
    """Milliseconds to the first byte, one request after the other for so long.

    Args:
        url: of the route.
        seconds: how long to go on.
    """
    command = [sys.executable, "-m", __name__, url, str(seconds)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        out, _ = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    found: list[float] = json.loads(out)
    return found


@contextmanager
def bare_server() -> Iterator[str]:
    """A server in a process of its own that only answers; gives a URL."""
    script = "from tests.support.first_bytes import serve; serve()"
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/"
    finally:
        process.kill()
        process.communicate()


def serve() -> None:
    """Answer for ever; prints the port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


def _measure(url: str, seconds: float) -> list[float]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    until = time.monotonic() + seconds
    found = []
    while time.monotonic() < until:
        started = time.perf_counter()
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        found.append(round(1e3 * (time.perf_counter() - started), 3))
        answer.read()
        time.sleep(_PAUSE)
    return found


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], float(sys.argv[2]))))
