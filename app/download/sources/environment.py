"""Whom connections trust and which way they go: as the settings say, else the environment or the system."""

from __future__ import annotations

import os
import ssl
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import truststore

from app.download.protocol import NetworkSettings
from app.download.sources.answers import bare
from app.errors import UsageError

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def certificates(settings: NetworkSettings) -> ssl.SSLContext:
    """What connections trust: the chosen file, the environment's, or the system's store.

    Raises:
        UsageError: the file cannot be read.
    """
    chosen = settings.ca_bundle or os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE")
    if not chosen:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        return ssl.create_default_context(cafile=chosen)
    except OSError as error:
        raise UsageError(
            "{path} holds no certificates that can be read.", "Correct the setting ca-bundle.", path=chosen
        ) from error


def proxy_for(url: str, settings: NetworkSettings) -> str:
    """The proxy for a URL: the chosen one, else the system's; empty for none.

    Raises:
        UsageError: it is of a kind we cannot use.
    """
    parts = urlsplit(url)
    proxy = settings.proxy
    if not proxy and not proxy_bypass(parts.netloc):
        proxies = getproxies()
        proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    if proxy and urlsplit(proxy).scheme not in {"http", "https"}:
        raise UsageError(
            "{proxy} is no HTTP proxy.", "Correct the setting proxy: http://HOST:PORT.", proxy=bare(proxy)
        )
    return proxy


def is_loopback(url: str) -> bool:
    """Whether a URL leads to this very computer."""
    return (urlsplit(url).hostname or "") in _LOOPBACK
