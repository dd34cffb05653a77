"""What the window says about the network."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.frame.footer import Footer
from app.ui.theme import Theme


def test_it_is_offline_until_a_model_is_fetched(qtbot: QtBot, theme: Theme) -> None:
    footer = Footer(theme)
    qtbot.addWidget(footer)
    offline = footer.text.text()
    assert "Offline" in offline
    footer.show_connection("mirror.example")
    assert "mirror.example" in footer.text.text()
    assert "Offline" not in footer.text.text()
    footer.show_connection("")
    assert footer.text.text() == offline
