"""What somebody looks for among the models."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.library.catalog import Catalog
from app.ui.controls import allow, button
from app.ui.models.card import Card
from app.ui.models.installed_card import InstalledCard
from app.ui.models.offer_card import EntryCard
from app.ui.theme import Theme


class SearchBar(QWidget):
    """Words, a filter, and a button that asks the hub.

    Args:
        catalog: searched while somebody types.
        theme: look.

    Signals:
        changed: `shows` answers otherwise now.
        hub_wanted: ask the hub for the words.
    """

    changed = Signal()
    hub_wanted = Signal()

    def __init__(self, catalog: Catalog, theme: Theme) -> None:
        super().__init__()
        self._catalog = catalog
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Search models, or name an address or pip:PACKAGE"))
        self.words.setAccessibleName(self.tr("Search models"))
        self.words.setClearButtonEnabled(True)
        self.ask_hub = button(self.tr("Search the hub"), "", theme.icon("search"))
        self.only_running = QCheckBox(self.tr("Runs on this computer"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.tokens.space.m)
        layout.addWidget(self.words, 0, 0)
        layout.addWidget(self.ask_hub, 0, 1)
        layout.addWidget(self.only_running, 1, 0)
        self.words.textChanged.connect(self.changed)
        self.words.returnPressed.connect(self.hub_wanted)
        self.only_running.toggled.connect(self.changed)
        self.ask_hub.clicked.connect(self.hub_wanted)
        self._judge()
        self.changed.connect(self._judge)

    @property
    def text(self) -> str:
        """The words."""
        return self.words.text().strip()

    def show_offline(self, *, offline: bool) -> None:
        """Say that nobody can be asked, or that one can again."""
        allow(self.ask_hub, self.tr("The offline switch is on.") if offline else "")

    def shows(self, card: Card) -> bool:
        """Whether a card is what somebody looks for."""
        only = self.only_running.isChecked()
        match card:
            case EntryCard():
                return card.entry.id in self._entries and (card.runs or not only)
            case InstalledCard():
                found = all(word in card.name.casefold() for word in self.text.casefold().split())
                return found and (card.runs or not only)
        return True

    def _judge(self) -> None:
        self._entries = {entry.id for entry in self._catalog.search(self.text)}
