"""What an HTTP answer other than the file means: wait, or give up, and what the user can do."""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit, urlunsplit

from app.download.source import Hindrance
from app.errors import NetworkError, RefusedByHost, Unreachable

_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524})
_LONGEST_WAIT_S = 3600.0
_TOO_MANY = 429


def bare(url: str) -> str:
    """A URL without password and without the signature of a temporary link, as messages show it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def refusal(status: int, headers: Mapping[str, str], url: str) -> NetworkError | Hindrance:
    """Explain a status.

    Args:
        status: neither a success nor a redirection.
        headers: of the answer.
        url: what was asked.
    """
    shown = bare(url)
    if status in _TRANSIENT:
        busy = "{url} refuses further requests for now (HTTP status {status})."
        broken = "{url} answers with an error (HTTP status {status})."
        message = busy if status == _TOO_MANY else broken
        error = Unreachable(message, "Try again later.", url=shown, status=status)
        return Hindrance(error, retry_after(headers))
    code = headers.get("X-Error-Code", "")
    if code == "GatedRepo":
        return gated(shown)
    if status in {401, 403}:
        return not_allowed(shown)
    if status in {404, 410}:
        return gone(shown)
    if status == 451 or code == "DisabledRepo":
        return RefusedByHost("{url} was blocked by its host.", "Choose another model.", url=shown)
    return RefusedByHost(
        "{url} was refused with HTTP status {status}.", "Try again later.", url=shown, status=status
    )


def gated(url: str) -> RefusedByHost:
    """The publisher wants an agreement first."""
    return RefusedByHost(
        "{url} is only given to people who accepted the publisher's terms.",
        "Accept them at {page}, make an access token there, sign in with it, and try again.",
        url=url,
        page=_page(url),
    )


def _page(url: str) -> str:
    """The page of the model that an address of one of its files, or of a revision, belongs to."""
    return url.partition("/resolve/")[0].partition("/tree/")[0]


def not_allowed(url: str) -> RefusedByHost:
    """The host wants to know who asks, or knows and refuses."""
    return RefusedByHost(
        "{url} may not be read without a sign-in, or not by your account.",
        "Sign in with an access token of an account that may read it.",
        url=url,
    )


def gone(url: str) -> RefusedByHost:
    """It does not exist, or no longer."""
    return RefusedByHost(
        "{url} does not exist there, or no longer, or is private.",
        "Check the name and the revision; a private model needs a sign-in.",
        url=url,
    )


def unreachable(url: str, reason: object) -> Unreachable:
    """No answer, or half of one."""
    return Unreachable(
        "{url} cannot be reached: {reason}.",
        "Check the connection, the proxy and the mirror in the settings; then try again.",
        url=bare(url),
        reason=" ".join(str(reason).split())[:200].rstrip("."),
    )


def no_connection(url: str, error: Exception) -> NetworkError | Hindrance:
    """Explain why nobody answered; waiting helps, unless it is the certificate.

    Args:
        url: what was asked.
        error: of the HTTP client, whichever it is.
    """
    if "CERTIFICATE_VERIFY_FAILED" in str(error).upper():
        return Unreachable(
            "{url} shows a certificate that is not trusted: {reason}.",
            "If your organisation inspects connections, name its certificates in the setting ca-bundle.",
            url=bare(url),
            reason=_reason(error),
        )
    return Hindrance(unreachable(url, str(error) or type(error).__name__))


def _reason(error: Exception) -> str:
    """What OpenSSL says, without its codes."""
    said = str(error).partition("certificate verify failed:")[2].partition("(_ssl")[0]
    return said.strip().rstrip(".") or "it cannot be verified"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the host asks us to wait: RFC 9110, section 10.2.3."""
    value = headers.get("Retry-After", "").strip()
    if not value:
        return None
    if value.isdigit():
        seconds = float(value)
    else:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except ValueError:
            return None
    return min(max(seconds, 0.0), _LONGEST_WAIT_S)
