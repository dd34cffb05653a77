"""Where a link leads, and whether it may be followed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QUrl

from app.ui.markdown.safe_text import neutralise

_FOLLOWED = frozenset({"http", "https", "mailto"})
_LONGEST = 4096


@dataclass(frozen=True)
class Destination:
    """A link that may be followed.

    Attributes:
        address: the address as the browser gets it: ASCII, so that no letter passes for another.
        host: the server it names, ASCII; for `mailto:` the recipient.
    """

    address: str
    host: str


def destination(href: str) -> Destination | None:
    r"""Read a link's target; None unless it is an absolute http, https or mailto address.

    Files, network shares (`\\server\share`, `//server/share`), scripts and everything else lead nowhere.
    """
    if len(href) > _LONGEST or neutralise(href) != href or "\\" in href:
        return None
    url = QUrl(href, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme().lower() not in _FOLLOWED:
        return None
    address = bytes(url.toEncoded().data()).decode("ascii")
    if url.scheme().lower() == "mailto":
        return Destination(address, url.path()) if "@" in url.path() else None
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return Destination(address, host) if host else None
