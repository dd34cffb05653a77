"""What the window says about the network."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.connections import Connections, Contact, Purpose
from app.ui.frame.connections_dialog import ConnectionsDialog
from app.ui.frame.footer import Footer
from app.ui.theme import Theme

FETCHING = (Contact("mirror.example", Purpose.FETCH, "A model"),)


def test_it_is_offline_until_a_model_is_fetched(qtbot: QtBot, theme: Theme) -> None:
    footer, connections = Footer(theme), Connections()
    qtbot.addWidget(footer)
    footer.follow(connections)
    offline = footer.text.text()
    assert "Offline" in offline
    connections.show_fetching(FETCHING)
    assert "mirror.example" in footer.text.text()
    assert "Offline" not in footer.text.text()
    connections.show_fetching(())
    assert footer.text.text() == offline


def test_a_search_is_told_while_it_lasts(qtbot: QtBot, theme: Theme) -> None:
    footer, connections = Footer(theme), Connections()
    qtbot.addWidget(footer)
    footer.follow(connections)
    with connections.open(Contact("hub.example", Purpose.SEARCH, "words")):
        assert "hub.example" in footer.text.text()
    assert "Offline" in footer.text.text()


def test_the_connections_made_can_be_listed(qtbot: QtBot, theme: Theme) -> None:
    footer, connections = Footer(theme), Connections()
    qtbot.addWidget(footer)
    footer.follow(connections)
    assert footer.list_button.isHidden()
    with connections.open(Contact("hub.example", Purpose.SEARCH, "words")):
        pass
    assert not footer.list_button.isHidden()
    footer.show()
    qtbot.mouseClick(footer.list_button, Qt.MouseButton.LeftButton)
    dialog = footer.findChild(ConnectionsDialog)
    connections.show_fetching(FETCHING)
    lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert len(lines) == 2
    assert "hub.example" in lines[0]
    assert "words" in lines[0]
    assert "mirror.example" in lines[1]
    dialog.close()
