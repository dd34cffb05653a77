"""Ends an HTTP answer that somebody waits for."""

from __future__ import annotations

import socket
from contextlib import suppress

import urllib3


def hang_up(response: urllib3.BaseHTTPResponse) -> None:
    """Wake a read of an answer in another thread; nothing happens where the answer has ended already.

    The connection is ended in both directions, below any encryption. What `response.shutdown` ends, our side
    of reading alone, does not wake a read that waits on every Windows; the host's end does.
    """
    with suppress(AttributeError, ValueError, OSError):  # as http.client says that there is none any more
        line = socket.socket(fileno=response.fileno())
        try:
            line.shutdown(socket.SHUT_RDWR)
        finally:
            line.detach()
