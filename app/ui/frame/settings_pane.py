"""The settings, built from their declarations."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app import settings
from app.errors import IndoorsError
from app.library.store import Store
from app.settings import Setting, Value
from app.ui.controls import frame, icon_button, label
from app.ui.frame.page import Page
from app.ui.frame.setting_editor import SettingEditor
from app.ui.frame.words import setting_text
from app.ui.preferences import Preferences
from app.ui.theme import Theme

_EDITOR_WIDTH = 210


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


class SettingRow(QWidget):
    """One setting: its label and help, its control, and the way back to the default.

    Args:
        setting: the declaration.
        value: what is in force.
        offered: values and their names to choose from, where the declaration allows any text.
        change: called with the setting's name and what the user chose.
        theme: look.
    """

    def __init__(
        self,
        setting: Setting,
        value: Value,
        offered: list[tuple[str, str]],
        change: Callable[[str, Value], None],
        theme: Theme,
    ) -> None:
        super().__init__()
        self._setting = setting
        self.editor = SettingEditor(setting, value, offered)
        self.editor.setFixedWidth(_EDITOR_WIDTH)
        self.editor.edited.connect(lambda chosen: change(setting.name, chosen))
        self.reset = self._make_reset(theme)
        self.reset.clicked.connect(lambda: change(setting.name, setting.default))
        space = theme.tokens.space
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(setting_text(setting.label)))
        texts.addWidget(label(setting_text(setting.help), "caption", wrap=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, space.m, 0, space.m)
        layout.setSpacing(space.s)
        layout.addLayout(texts, 1)
        layout.addWidget(self.reset)
        layout.addWidget(self.editor)
        self.show_value(value)

    def show_value(self, value: Value) -> None:
        """Show what is in force."""
        self.editor.show_value(value)
        self.reset.setVisible(value != self._setting.default)

    def _make_reset(self, theme: Theme) -> QToolButton:
        button = icon_button(self.tr("Back to the default"), theme.icon("undo"))
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        name = setting_text(self._setting.label)
        button.setAccessibleName(self.tr("{setting}: back to the default").format(setting=name))
        return button
