"""An endpoint that answers each request with bytes that a test chose."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


@dataclass
class BadEndpoint:
    """What it was asked, and whether its clients hung up.

    Attributes:
        url: its base address.
        asked: each request, its body included.
        left: set when a client hung up before the end.
    """

    url: str
    asked: list[bytes] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)


@contextmanager
def bad_endpoint(answer: bytes, *, hang: bool = False) -> Iterator[BadEndpoint]:
    """Answer every request so while the block runs.

    Args:
        answer: the bytes; then the connection is closed.
        hang: do not close it, but wait until the client does.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        endpoint = BadEndpoint(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        thread = threading.Thread(target=_serve, args=(listening, answer, endpoint, hang))
        thread.start()
        yield endpoint
        with suppress(OSError), socket.create_connection(listening.getsockname(), timeout=1) as last:
            last.sendall(b"END")
        thread.join(10)


def _serve(listening: socket.socket, answer: bytes, endpoint: BadEndpoint, hang: bool) -> None:
    while True:
        connection, _ = listening.accept()
        with connection, suppress(OSError):
            connection.settimeout(5)
            request = _read(connection)
            if request == b"END":
                return
            endpoint.asked.append(request)
            connection.sendall(answer)
            if hang:
                while connection.recv(4096):
                    pass
                endpoint.left.set()


def _read(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request and request != b"END":
        if not (block := connection.recv(65536)):
            return request
        request += block
    if request == b"END":
        return request
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
