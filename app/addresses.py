"""Which addresses lead no further than this very computer."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Whether an address or a name is this computer's own loopback."""
    if host.lower() in LOOPBACK_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def stays_here(url: str) -> bool:
    """Whether a URL leads to this very computer."""
    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False
