"""Which addresses lead no further than this very computer.

Without `urllib`, which the processes that make no connections do not import.
"""

from __future__ import annotations

from ipaddress import ip_address

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def is_loopback(host: str) -> bool:
    """Whether an address or a name is this computer's own loopback."""
    if host.lower() in LOOPBACK_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def place_of(url: str) -> str:
    """Host and port of a URL, without a user's name: "127.0.0.1:8040"."""
    rest = url.partition("://")[2]
    end = min((rest.find(mark) for mark in "/?#" if mark in rest), default=len(rest))
    return rest[:end].rpartition("@")[2]


def host_of(url: str) -> str:
    """The host of a URL, without brackets: "::1"."""
    place = place_of(url)
    if place.startswith("["):
        return place[1:].partition("]")[0]
    return place.partition(":")[0]


def stays_here(url: str) -> bool:
    """Whether a URL leads to this very computer."""
    return is_loopback(host_of(url))
