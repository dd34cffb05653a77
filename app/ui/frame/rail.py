"""The navigation rail: one button for each pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from app.ui.frame.pane import Pane
from app.ui.theme import Theme

_LAST = "settings"
_ICON = 1.6  # times the size of the text


class Rail(QFrame):
    """Buttons of which one is chosen; the arrow keys walk through them, the Tab key passes as if it were one.

    Args:
        panes: what there is to choose; the settings stand at the lower end.
        theme: gives the icons.
    """

    chosen = Signal(str)

    def __init__(self, panes: Sequence[Pane], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self.setProperty("kind", "rail")
        self.setAccessibleName(self.tr("Navigation"))
        layout = QVBoxLayout(self)
        space = theme.tokens.space
        layout.setContentsMargins(space.s, space.m, space.s, space.m)
        layout.setSpacing(space.xs)
        for pane in panes:
            if pane.key == _LAST:
                layout.addStretch(1)
            layout.addWidget(self._add(pane))

    def select(self, key: str) -> None:
        """Show which pane is open."""
        for other, button in self._buttons.items():
            button.setChecked(other == key)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus)

    def focus(self) -> None:
        """Give the keyboard to the button of the open pane."""
        checked = self._group.checkedButton()
        if checked is not None:
            checked.setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        return self.window().focusWidget() in self._buttons.values()

    def _add(self, pane: Pane) -> QToolButton:
        button = _Item(pane, self._theme)
        button.clicked.connect(lambda: self.chosen.emit(pane.key))
        button.stepped.connect(lambda step: self._step(pane.key, step))
        self._group.addButton(button)
        self._buttons[pane.key] = button
        return button

    def _step(self, key: str, step: int) -> None:
        keys = list(self._buttons)
        target = keys[(keys.index(key) + step) % len(keys)]
        self.chosen.emit(target)


class _Item(QToolButton):
    """A button of the rail: an icon above its name."""

    stepped = Signal(int)

    def __init__(self, pane: Pane, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "rail-item")
        self.setText(pane.title)
        self.setAccessibleName(pane.title)
        self.setCheckable(True)
        self._theme = theme
        self._measure()
        theme.changed.connect(self._measure)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self._icons = {True: theme.icon(pane.icon, "accent"), False: theme.icon(pane.icon)}
        self.toggled.connect(self._show_state)
        self._show_state(checked=False)

    def _measure(self) -> None:
        side = round(_ICON * self._theme.tokens.type.body)
        self.setIconSize(QSize(side, side))

    def _show_state(self, checked: bool) -> None:
        self.setIcon(self._icons[checked])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.type() is QEvent.Type.KeyPress:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
