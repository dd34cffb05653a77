"""A link opens only after the user has seen where it leads, and only where it may lead anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.chat.link_dialog import ask_about_link


class Browser(QObject):
    """Stands where the system's browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qtbot: QtBot) -> Iterator[Browser]:
    made = Browser()
    for scheme in ("https", "mailto", "file", "javascript", "smb"):
        QDesktopServices.setUrlHandler(scheme, made, "open")
    yield made
    for scheme in ("https", "mailto", "file", "javascript", "smb"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def ask(parent: QWidget, address: str) -> QMessageBox | None:
    ask_about_link(address, parent)
    return next(iter(parent.findChildren(QMessageBox)), None)


def button(box: QMessageBox, text: str) -> QAbstractButton:
    return next(one for one in box.buttons() if one.text().replace("&", "") == text)


def test_it_shows_where_the_link_leads_before_it_opens(parent: QWidget, browser: Browser) -> None:
    box = ask(parent, "https://bücher.example/a?b=1#c")
    assert box is not None
    assert box.text() == "This link leads out of the program, to xn--bcher-kva.example:"
    assert box.informativeText() == "https://xn--bcher-kva.example/a?b=1#c"
    assert browser.opened == []
    QTest.mouseClick(button(box, "Open in the browser"), Qt.MouseButton.LeftButton)
    assert browser.opened == ["https://xn--bcher-kva.example/a?b=1#c"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_a_hasty_enter_open_nothing(parent: QWidget, browser: Browser, key: Qt.Key) -> None:
    box = ask(parent, "https://example.org/")
    assert box is not None
    QTest.keyClick(box, key)
    assert not box.isVisible()
    assert browser.opened == []


def test_the_address_can_be_copied_instead(parent: QWidget, browser: Browser) -> None:
    box = ask(parent, "mailto:a%3Cb%3E@example.org")
    assert box is not None
    assert box.textFormat() is Qt.TextFormat.PlainText
    QTest.mouseClick(button(box, "Copy the address"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "mailto:a%3Cb%3E@example.org"
    assert browser.opened == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        r"\\server\share",
        "//server/share",
        "javascript:alert(1)",
        "smb://server/share",
        "https://a\u202eb.example/",
        "relative.html",
        "",
    ],
)
def test_other_addresses_ask_nothing_and_open_nothing(
    parent: QWidget, browser: Browser, address: str
) -> None:
    assert ask(parent, address) is None
    assert browser.opened == []
