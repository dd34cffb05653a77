"""How the server is to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from app.errors import UsageError
from app.respond.fields import Fields, invalid

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_LARGEST_PORT = 65_535
_HASH_LENGTH = 64
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class ServerOptions:
    """How the server is to run.

    Attributes:
        host: the address it listens at.
        port: 0 for any that is free.
        keys: SHA-256 of each key that opens it, in hexadecimal; none: nobody is asked for one.
        origins: web pages that may use it, as browsers name them.
        model: the model of requests that name none.
        keep_alive: seconds without a request after which a model that a request brought is let go; 0: never.
    """

    host: str = "127.0.0.1"
    port: int = 0
    keys: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    model: str = ""
    keep_alive: int = 0

    @property
    def loopback(self) -> bool:
        """Whether only programs on this computer can reach it."""
        return is_loopback(self.host)


def read_options(params: Mapping[str, Any]) -> ServerOptions:
    """Read the params of `serve`.

    Raises:
        RequestError: a field does not fit; the message names it.
        UsageError: it would be open to the network without a key.
    """
    fields = Fields(params)
    options = ServerOptions(
        host=fields.text("host") or "127.0.0.1",
        port=fields.whole("port", 0, _LARGEST_PORT) or 0,
        keys=_texts(fields, "keys"),
        origins=_texts(fields, "origins"),
        model=fields.text("model") or "",
        keep_alive=fields.whole("keep_alive", 0, _DAY_SECONDS) or 0,
    )
    if any(len(key) != _HASH_LENGTH for key in options.keys):
        raise invalid("keys", "must hold SHA-256 sums in hexadecimal")
    require_key(options.host, bool(options.keys))
    return options


def require_key(host: str, has_key: bool) -> None:
    """Raise UsageError where others than this computer could reach a server without a key."""
    if not has_key and not is_loopback(host):
        raise UsageError(
            "At {host} other computers reach the server, and it has no key.",
            "Give it one with --api-key, or leave it at 127.0.0.1.",
            host=host,
        )


def is_loopback(host: str) -> bool:
    """Whether an address or name is this computer's own loopback."""
    if host.lower() in LOOPBACK_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    values = fields.list_of(key)
    if not all(isinstance(value, str) for value in values):
        raise invalid(fields.name(key), "must be a list of texts")
    return tuple(values)
