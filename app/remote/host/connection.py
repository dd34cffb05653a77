"""One request to an endpoint over HTTP, and the bytes of its answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError, ReadTimeoutError

from app.addresses import place_of
from app.download.protocol import NetworkSettings
from app.download.sources.environment import certificates, proxy_for
from app.download.sources.hang_up import hang_up
from app.errors import NetworkError, Offline, Unreachable, UsageError
from app.remote.host.azure import credentials
from app.remote.host.refusals import refusal

CONNECT_SECONDS = 20.0
SILENCE_SECONDS = 300.0
_BLOCK = 1 << 16
_LOOK_SECONDS = 0.1
_LARGEST_REFUSAL = 1 << 16


class Connection:
    """Asks one endpoint. It follows no redirection: the key is for this host alone.

    Args:
        url: the endpoint's base address.
        key: empty for none.
        settings: proxy, certificates, offline.
        silence_s: seconds without a byte after which the answer counts as broken off.
    """

    def __init__(
        self, url: str, key: str, settings: NetworkSettings, silence_s: float = SILENCE_SECONDS
    ) -> None:
        self._url = url
        self._key = key
        self._settings = settings
        self._silence_s = silence_s
        self.place = place_of(url)

    @contextmanager
    def opened(
        self, method: str, path: str, body: Mapping[str, Any] | None, cancelled: Callable[[], bool]
    ) -> Iterator[Iterator[bytes]]:
        """Send a request; gives the blocks of an answer that is a success. Whoever cancels ends it at once.

        Raises:
            Offline: the offline switch is on; nothing was attempted.
            NetworkError: no answer, or one that refuses.
            ContextExceeded: the conversation is too long for the model.
        """
        if self._settings.offline:
            raise Offline(
                "The offline switch is on, so {place} was not asked.",
                "Turn it off in the settings, or choose a model of this computer.",
                place=self.place,
            )
        with self._manager() as manager:
            response = self._send(manager, method, path, body)
            ended, closing = threading.Event(), threading.Lock()
            watching = (response, ended, closing, cancelled)
            threading.Thread(target=_watch, args=watching, daemon=True).start()
            try:
                if response.status != 200:
                    raise refusal(response.status, response.headers, self._beginning(response), self.place)
                yield self._blocks(response)
            finally:
                with closing:
                    ended.set()
                response.close()

    def _manager(self) -> urllib3.PoolManager:
        trusted = certificates(self._settings)
        if not (proxy := proxy_for(self._url, self._settings)):
            return urllib3.PoolManager(ssl_context=trusted)
        login = urllib3.util.parse_url(proxy).auth
        headers = urllib3.make_headers(proxy_basic_auth=login) if login else None
        return urllib3.ProxyManager(proxy, ssl_context=trusted, proxy_headers=headers)

    def _send(
        self, manager: urllib3.PoolManager, method: str, path: str, body: Mapping[str, Any] | None
    ) -> urllib3.BaseHTTPResponse:
        headers = {"Accept": "text/event-stream, application/json", "Accept-Encoding": "identity"}
        headers |= credentials(self._url, self._key)
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            return manager.request(
                method,
                _joined(self._url, path),
                body=None if body is None else json.dumps(body).encode(),
                headers=headers,
                preload_content=False,
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=self._silence_s),
            )
        except LocationParseError as error:
            raise UsageError("{url} is no address.", "Correct it.", url=self._url) from error
        except (HTTPError, OSError, ValueError) as error:
            raise self._failed(error) from error

    def _blocks(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        try:
            while block := response.read1(_BLOCK):
                yield block
        except (HTTPError, OSError, ValueError) as error:
            raise self._failed(error) from error

    def _beginning(self, response: urllib3.BaseHTTPResponse) -> bytes:
        try:
            return response.read(_LARGEST_REFUSAL)
        except (HTTPError, OSError, ValueError):
            return b""

    def _failed(self, error: Exception) -> NetworkError:
        cause = error.reason if isinstance(error, MaxRetryError) else error
        if isinstance(cause, ReadTimeoutError | TimeoutError):
            return Unreachable(
                "{place} was silent for too long.", "Try again, or choose another model.", place=self.place
            )
        return Unreachable(
            "{place} cannot be reached, or broke off: {reason}.",
            "Check that it runs and that its address is right; then ask again.",
            place=self.place,
            reason=" ".join(str(cause).split())[:200].rstrip("."),
        )


def _watch(
    response: urllib3.BaseHTTPResponse,
    ended: threading.Event,
    closing: threading.Lock,
    cancelled: Callable[[], bool],
) -> None:
    """Wake a read that waits when nobody wants the answer any more; the endpoint sees that we hang up."""
    while not ended.wait(_LOOK_SECONDS):
        if cancelled():
            with closing:
                if not ended.is_set():
                    hang_up(response)
            return


def _joined(url: str, path: str) -> str:
    """A path below a base address, whose query stays at the end."""
    base, mark, query = url.partition("?")
    return f"{base.rstrip('/')}{path}{mark}{query}"
