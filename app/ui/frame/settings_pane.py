"""The settings, built from their declarations."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import settings
from app.errors import IndoorsError
from app.library.store import Store
from app.settings import Setting, Value
from app.ui.controls import frame, label
from app.ui.frame.page import Page
from app.ui.frame.setting_row import SettingRow
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
        self._preferences = preferences
        offered = [(model.manifest.id, model.manifest.name) for model in store.models()]
        self.rows: dict[str, SettingRow] = {}
        for group, members in groupby(settings.ALL, key=lambda setting: setting.group):
            self.column.addSpacing(theme.tokens.space.s)
            self.column.addWidget(label(setting_text(group), "subtitle"))
            self.column.addWidget(self._card(list(members), offered, theme))
        self.column.addStretch(1)
        preferences.changed.connect(self._show)

    def add_section(self, title: str, card: QWidget) -> None:
        """Put what is no single setting at the end of the form."""
        place = self.column.count() - 1  # before the stretch
        self.column.insertWidget(place, label(title, "subtitle"))
        self.column.insertWidget(place + 1, card)

    def _card(self, members: list[Setting], models: list[tuple[str, str]], theme: Theme) -> QFrame:
        card = frame("card")
        layout = QVBoxLayout(card)
        space = theme.tokens.space
        layout.setContentsMargins(space.l, space.s, space.l, space.s)
        layout.setSpacing(0)
        for number, setting in enumerate(members):
            if number:
                layout.addWidget(frame("line"))
            offered = models if setting.name == "model" else []
            row = SettingRow(setting, self._preferences.get(setting.name), offered, self._change, theme)
            self.rows[setting.name] = row
            layout.addWidget(row)
        return card

    def _change(self, name: str, value: Value) -> None:
        try:
            self._preferences.set(name, value)
        except IndoorsError as error:
            self.show_problem(error)
        else:
            self.show_problem(None)

    def _show(self, name: str) -> None:
        self.rows[name].show_value(self._preferences.get(name))
