"""One line of a form: a setting's label and help, its control, and the way back to the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.settings import Setting, Value
from app.ui.controls import icon_button, label
from app.ui.frame.setting_editor import SettingEditor
from app.ui.frame.words import setting_text
from app.ui.theme import Theme

_EDITOR_WIDTH = 210


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
