"""Which links lead somewhere."""

from __future__ import annotations

import pytest

from app.ui.markdown.links import destination


@pytest.mark.parametrize(
    "href",
    [
        "file:///etc/passwd",
        "FILE:///c:/x",
        r"\\server\share",
        "//server/share",
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://host/x",
        "smb://host/x",
        "indoors:x",
        "/etc/passwd",
        "#top",
        "",
        "http:///nohost",
        "http://",
        "https:example.org",
        "mailto:",
        "mailto:nobody",
        "http://a\u202eb.org/",
        "http://x/\x00",
        "ht\ntp://x",
        "http://x\\@y",
        "http://" + "a" * 5000,
    ],
)
def test_other_schemes_lead_nowhere(href: str) -> None:
    assert destination(href) is None


def test_web_and_mail_lead_somewhere() -> None:
    web = destination("https://example.org/a?b=c#d")
    assert web is not None
    assert (web.address, web.host) == ("https://example.org/a?b=c#d", "example.org")
    mail = destination("mailto:a@b.org")
    assert mail is not None
    assert mail.host == "a@b.org"


def test_host_that_looks_like_another_is_shown_in_ascii() -> None:
    cyrillic = destination("https://\u0430pple.com/")
    assert cyrillic is not None
    assert cyrillic.host.startswith("xn--")
    assert "xn--" in cyrillic.address


def test_user_name_does_not_pass_for_the_host() -> None:
    trick = destination("https://bank.com@evil.org/")
    assert trick is not None
    assert trick.host == "evil.org"
