"""The bytes of one HTTP answer."""

from __future__ import annotations

import re
import time

import urllib3
from urllib3.exceptions import HTTPError

from app.download.source import Hindrance
from app.download.sources.answers import unreachable
from app.download.sources.hang_up import hang_up

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_LEAST_BYTES = 16 << 10
"""What a connection must bring in the time after which silence counts as a stall."""


class HttpBody:
    """A part of a file as it arrives.

    Args:
        response: a 200 or 206 whose body was not read.
        url: for messages.
        stall_s: seconds without news after which the connection counts as dead.
    """

    def __init__(self, response: urllib3.BaseHTTPResponse, url: str, stall_s: float) -> None:
        self._response = response
        self._url = url
        self._stall_s = stall_s
        self._waited = 0.0
        self._arrived = 0
        self.start, self.total = _place(response)
        self.ranged = response.status == 206
        self.validator = validator_of(response)

    def read(self, limit: int) -> bytes:
        """The next bytes; see `Body.read`."""
        begun = time.monotonic()
        try:
            data = self._response.read1(limit)
        except (HTTPError, OSError, ValueError) as error:  # ValueError: closed by `abort`
            raise Hindrance(unreachable(self._url, error)) from error
        self._watch(time.monotonic() - begun, len(data))
        return data

    def abort(self) -> None:
        """Wake a waiting `read`; see `Body.abort`."""
        hang_up(self._response)

    def close(self) -> None:
        """Give the connection back if all was read, else drop it."""
        if self._response.closed:
            self._response.release_conn()
        else:
            self._response.close()

    def _watch(self, waited: float, arrived: int) -> None:
        """A trickle that would take days is a stall too; only time spent waiting counts."""
        self._waited += waited
        self._arrived += arrived
        if self._waited > self._stall_s:
            if 0 < self._arrived < _LEAST_BYTES and arrived:
                raise Hindrance(unreachable(self._url, "it hardly sends anything"))
            self._waited, self._arrived = 0.0, 0


def validator_of(response: urllib3.BaseHTTPResponse) -> str:
    """What identifies the content: RFC 9110, section 8.8."""
    return response.headers.get("ETag") or response.headers.get("Last-Modified") or ""


def _place(response: urllib3.BaseHTTPResponse) -> tuple[int, int | None]:
    match = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
    if response.status == 206 and match:
        return int(match[1]), None if match[3] == "*" else int(match[3])
    length = response.headers.get("Content-Length", "")
    return 0, int(length) if length.isdigit() else None
