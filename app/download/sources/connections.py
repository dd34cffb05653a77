"""HTTP connections: where the bytes of downloads come in, and the one gate that the offline switch closes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError

from app.download.protocol import NetworkSettings
from app.download.source import ContentChanged, Hindrance
from app.download.sources.answers import bare, no_connection, refusal
from app.download.sources.environment import certificates, proxy_for
from app.download.sources.http_body import HttpBody, validator_of
from app.errors import ChecksumMismatch, Offline, RefusedByHost, UsageError

CONNECT_SECONDS = 20.0
STALL_SECONDS = 30.0
_REDIRECTS = 6
_REDIRECT = frozenset({301, 302, 303, 307, 308})
_EXPIRED = frozenset({400, 401, 403, 404, 410})
_RANGE_NOT_SATISFIABLE = 416


@dataclass(frozen=True)
class Address:
    """A URL, and headers for its own host alone: a redirection elsewhere does not get them."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Connections:
    """Opens connections as the settings say.

    Args:
        settings: proxy, certificates, offline.
        stall_s: seconds without a byte after which a connection counts as dead.
    """

    def __init__(self, settings: NetworkSettings, stall_s: float) -> None:
        self.settings = settings
        self.stall_s = stall_s
        self.certificates = certificates(settings)
        self._managers: dict[str, urllib3.PoolManager] = {}
        self._targets: dict[str, str] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close what is idle; what is under way ends by itself."""
        with self._lock:
            for manager in self._managers.values():
                manager.clear()

    def require_online(self) -> None:
        """Raise Offline when the switch is on."""
        if self.settings.offline:
            raise Offline(
                "The offline switch is on, so no connection was attempted.", "Turn it off in the settings."
            )

    def open(self, address: Address, start: int = 0, end: int | None = None, validator: str = "") -> HttpBody:
        """Ask for a part of a file; where a link leads is remembered until it expires.

        Raises:
            Hindrance: no answer, or one that says "later".
            ContentChanged: the content is not the one that `validator` stands for.
            NetworkError: the host refuses, or the offline switch is on.
        """
        headers = _range_headers(start, end, validator)
        response, url = self._reach(address, headers)
        if response.status not in {200, 206}:
            response.close()
            raise _failure(response, url)
        if validator and validator_of(response) not in {"", validator}:
            response.close()
            raise ContentChanged
        return HttpBody(response, url, self.stall_s)

    def _reach(self, address: Address, headers: Mapping[str, str]) -> tuple[urllib3.BaseHTTPResponse, str]:
        with self._lock:
            target = self._targets.get(address.url)
        if target is not None:
            response = self._ask(target, headers)
            if response.status not in _EXPIRED:
                return response, target
            response.close()
        response, url = self._follow(address, headers)
        with self._lock:
            if url == address.url:
                self._targets.pop(url, None)
            else:
                self._targets[address.url] = url
        return response, url

    def _follow(self, address: Address, headers: Mapping[str, str]) -> tuple[urllib3.BaseHTTPResponse, str]:
        url = address.url
        for _ in range(_REDIRECTS):
            own = address.headers if _origin(url) == _origin(address.url) else {}
            response = self._ask(url, {**headers, **own})
            if response.status not in _REDIRECT:
                return response, url
            response.close()
            url = _target(url, response.headers.get("Location", ""))
        raise RefusedByHost("{url} leads in circles.", "Try again later.", url=bare(address.url))

    def _ask(self, url: str, headers: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        self.require_online()
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=self.stall_s)
        try:
            return self._manager(url).request(
                "GET",
                url,
                headers=headers,
                preload_content=False,
                redirect=False,
                retries=False,
                timeout=timeout,
            )
        except LocationParseError as error:
            raise UsageError("{url} is no address.", "Correct it.", url=url) from error
        except (HTTPError, OSError) as error:
            cause = (error.reason if isinstance(error, MaxRetryError) else None) or error
            raise no_connection(url, cause) from error

    def _manager(self, url: str) -> urllib3.PoolManager:
        proxy = proxy_for(url, self.settings)
        with self._lock:
            if proxy not in self._managers:
                self._managers[proxy] = self._new_manager(proxy)
            return self._managers[proxy]

    def _new_manager(self, proxy: str) -> urllib3.PoolManager:
        if not proxy:
            return urllib3.PoolManager(maxsize=16, ssl_context=self.certificates)
        login = urllib3.util.parse_url(proxy).auth
        headers = urllib3.make_headers(proxy_basic_auth=login) if login else None
        return urllib3.ProxyManager(proxy, maxsize=16, ssl_context=self.certificates, proxy_headers=headers)


def _range_headers(start: int, end: int | None, validator: str) -> dict[str, str]:
    headers = {"Accept-Encoding": "identity"}
    if start or end is not None:
        headers["Range"] = f"bytes={start}-{'' if end is None else end - 1}"
        if validator and not validator.startswith("W/"):
            headers["If-Range"] = validator
    return headers


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _target(url: str, location: str) -> str:
    target = urljoin(url, location)
    old, new = urlsplit(url).scheme, urlsplit(target).scheme
    if not location or new not in {"http", "https"} or (old == "https" and new == "http"):
        raise RefusedByHost(
            "{url} leads to an address that is not secure.", "Try another mirror.", url=bare(url)
        )
    return target


def _failure(response: urllib3.BaseHTTPResponse, url: str) -> Exception:
    if response.status == _RANGE_NOT_SATISFIABLE:
        return Hindrance(
            ChecksumMismatch(
                "{url} is shorter than was announced.", "Try again later, or another mirror.", url=bare(url)
            )
        )
    return refusal(response.status, response.headers, url)
