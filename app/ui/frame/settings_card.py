"""Settings under each other, each changed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.errors import IndoorsError
from app.settings import Setting, Value
from app.ui.controls import frame
from app.ui.frame.setting_row import SettingRow
from app.ui.preferences import Preferences
from app.ui.theme import Theme


class SettingsCard(QFrame):
    """A row for each setting; what is changed elsewhere is shown too.

    Args:
        settings: which.
        preferences: what is shown and changed.
        tell: shows a problem, or that there is none any more.
        theme: look.
        offered: for a setting that allows any text, values and their names to choose from.

    Attributes:
        rows: by the setting's name.
    """

    def __init__(
        self,
        settings: Iterable[Setting],
        preferences: Preferences,
        tell: Callable[[IndoorsError | None], None],
        theme: Theme,
        offered: Mapping[str, list[tuple[str, str]]] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._preferences = preferences
        self.rows: dict[str, SettingRow] = {}
        layout = QVBoxLayout(self)
        space = theme.tokens.space
        layout.setContentsMargins(space.l, space.s, space.l, space.s)
        layout.setSpacing(0)

        def change(name: str, value: Value) -> None:
            preferences.change(name, value, tell)

        for setting in settings:
            if self.rows:
                layout.addWidget(frame("line"))
            choices = (offered or {}).get(setting.name, [])
            row = SettingRow(setting, preferences.get(setting.name), choices, change, theme)
            self.rows[setting.name] = row
            layout.addWidget(row)
        preferences.changed.connect(self._show)

    def _show(self, name: str) -> None:
        if name in self.rows:
            self.rows[name].show_value(self._preferences.get(name))
