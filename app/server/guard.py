"""Who may speak with the server: checked before anything of a request's body is read.

Against pages that reach for this computer: DNS rebinding (a foreign name that points to 127.0.0.1) shows in
Host, a cross-site request in Origin; a body that needs no preflight (text/plain, forms) is no JSON. See
OWASP, "Cross-Site Request Forgery Prevention", and the Fetch standard, section 3.2 (CORS).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.addresses import LOOPBACK_NAMES
from app.server.options import ServerOptions
from app.server.problems import Problem, too_many
from app.server.rates import Rates

CALLER = "caller"
"""Key of a request's scope: a name for whoever makes it, the hash of its key or its address."""

_OPEN_PATHS = frozenset({"/health"})
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_ALLOWED_METHODS = "GET, POST, DELETE"
_PREFLIGHT_SECONDS = "600"


class Guard:
    """Lets a request pass, or answers it itself.

    Args:
        app: what the request is for.
        options: of the server.
        rates: count the requests.
    """

    def __init__(self, app: ASGIApp, options: ServerOptions, rates: Rates) -> None:
        self._app = app
        self._options = options
        self._rates = rates
        self.replace_keys(options.keys)

    def replace_keys(self, keys: Iterable[str]) -> None:
        """From the next request on, only these keys open the server; any thread may call this.

        Args:
            keys: SHA-256 of each, in hexadecimal; none: nobody is asked for one.
        """
        self._keys = [bytes.fromhex(key) for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        problem = self._check(scope, headers)
        if problem is not None:
            await _refuse(problem, scope, receive, send)
            return
        origin = headers.get("origin", "")
        if scope["type"] == "http" and _is_preflight(scope, headers):
            await _preflight(origin, headers)(scope, receive, send)
            return
        problem = self._check_caller(scope, headers)
        if problem is not None:
            await _refuse(problem, scope, receive, _with_origin(send, origin))
            return
        await self._app(scope, receive, _with_origin(send, origin) if origin else send)

    def _check(self, scope: Scope, headers: Headers) -> Problem | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or ("transfer-encoding" in headers and "content-length" in headers):
            return Problem(400, "ambiguous_request", "The request can be read in two ways.")
        if not self._knows_host(hosts[0]):
            return Problem(403, "host_not_allowed", "The server does not answer under that name.")
        origin = headers.get("origin")
        if not self._knows_origin(origin, hosts[0]) or _is_cross_site(origin, headers):
            message = "Pages of that origin may not use the server; its owner can allow them."
            return Problem(403, "origin_not_allowed", message)
        if scope["type"] == "http" and scope["method"] not in _READING and not _is_json(headers):
            return Problem(415, "unsupported_media_type", "Send application/json.")
        return None

    def _check_caller(self, scope: Scope, headers: Headers) -> Problem | None:
        if scope["path"] in _OPEN_PATHS:
            return None
        if not self._has_key(headers):
            message = "The key is missing or wrong. Send it as Authorization: Bearer KEY."
            return Problem(401, "invalid_api_key", message, headers={"WWW-Authenticate": "Bearer"})
        address, _ = scope["client"] or ("", 0)
        scope[CALLER] = hash_of(_presented(headers)) if self._keys else address
        seconds = self._rates.take(scope[CALLER])
        return too_many(seconds) if seconds else None

    def _knows_host(self, host: str) -> bool:
        name = _host_name(host)
        if name in LOOPBACK_NAMES or name == self._options.host.lower():
            return True
        return not self._options.loopback and _is_address(name)

    def _knows_origin(self, origin: str | None, host: str) -> bool:
        if origin is None or origin in self._options.origins:
            return True
        return origin == f"http://{host}"

    def _has_key(self, headers: Headers) -> bool:
        return not self._keys or _matches(_presented(headers), self._keys)


def hash_of(key: str) -> str:
    """What the server keeps of a key: its SHA-256 in hexadecimal. Keys are random, so no salt is needed."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _matches(presented: str, keys: Sequence[bytes]) -> bool:
    """Compare with every key, in a time that tells nothing about any."""
    digest = bytes.fromhex(hash_of(presented))
    return sum(hmac.compare_digest(digest, key) for key in keys) > 0


def _presented(headers: Headers) -> str:
    kind, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else headers.get("api-key", "")


def _host_name(host: str) -> str:
    """The name without its port: of `[::1]:80` what stands in the brackets."""
    name = host.lower()
    bracketed = name.startswith("[")
    name, _, port = name[1:].partition("]") if bracketed else name.partition(":")
    port = port.removeprefix(":") if bracketed else port
    return name.rstrip(".") if not port or (port.isascii() and port.isdigit()) else ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_cross_site(origin: str | None, headers: Headers) -> bool:
    """A browser says that another site asks, but not which."""
    return origin is None and headers.get("sec-fetch-site") == "cross-site"


def _is_json(headers: Headers) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind and headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return True  # there is no body: DELETE, cancel
    return kind == "application/json"


def _is_preflight(scope: Scope, headers: Headers) -> bool:
    return scope["method"] == "OPTIONS" and "access-control-request-method" in headers


def _preflight(origin: str, headers: Headers) -> Response:
    """Allow a page what it is about to ask; that it may ask at all was checked before."""
    allowed = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": _ALLOWED_METHODS,
        "Access-Control-Allow-Headers": _header_names(headers.get("access-control-request-headers", "")),
        "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
        "Vary": "Origin",
    }
    return Response(status_code=204, headers=allowed)


def _header_names(wanted: str, known: Collection[str] = ("authorization", "content-type", "api-key")) -> str:
    """Of the headers a page wants to send, those that clients of the API send."""
    names = [name.strip().lower() for name in wanted.split(",")]
    return ", ".join(name for name in names if name in known or name.startswith(("x-stainless-", "openai-")))


def _with_origin(send: Send, origin: str) -> Send:
    async def sending(message: Message) -> None:
        if origin and message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers.add_vary_header("Origin")
        await send(message)

    return sending


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the problem; the connection ends with it, so that no unread body is taken for a request."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": problem.code})
        return
    response = problem.response()
    response.headers["Connection"] = "close"
    await response(scope, receive, send)
