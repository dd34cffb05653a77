"""The settings, built from their declarations."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app import settings
from app.library.store import Store
from app.ui.controls import label
from app.ui.frame.page import Page
from app.ui.frame.setting_row import SettingRow
from app.ui.frame.settings_card import SettingsCard
from app.ui.frame.words import setting_text
from app.ui.preferences import Preferences
from app.ui.theme import Theme


class SettingsPane(Page):
    """A form with every setting; a change holds at once.

    Args:
        preferences: what is shown and changed.
        store: offers the models to choose from.
        theme: look.
    """

    def __init__(self, preferences: Preferences, store: Store, theme: Theme) -> None:
        translate = QCoreApplication.translate
        lead = translate("SettingsPane", "A change holds at once and is kept on this computer.")
        super().__init__(translate("SettingsPane", "Settings"), lead, theme)
        offered = {"model": [(model.manifest.id, model.manifest.name) for model in store.models()]}
        self.rows: dict[str, SettingRow] = {}
        for group, members in groupby(settings.ALL, key=lambda setting: setting.group):
            card = SettingsCard(members, preferences, self.show_problem, theme, offered)
            self.rows |= card.rows
            self.column.addSpacing(theme.tokens.space.s)
            self.column.addWidget(label(setting_text(group), "subtitle"))
            self.column.addWidget(card)
        self.column.addStretch(1)

    def add_section(self, title: str, card: QWidget) -> None:
        """Put what is no single setting at the end of the form."""
        place = self.column.count() - 1  # before the stretch
        self.column.insertWidget(place, label(title, "subtitle"))
        self.column.insertWidget(place + 1, card)
