"""The control for one sampling value: the model's default, or the conversation's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.sheet.fields import Field
from app.ui.controls import SPIN_MARGINS, icon_button, label
from app.ui.theme import Theme


class _Spin(QDoubleSpinBox):
    """Its lowest value, just below the field's least, stands for the model's default."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field
        self.setDecimals(field.decimals)
        self.setSingleStep(field.step)
        self.setRange(field.minimum - 10**-field.decimals, field.maximum)
        self._start = field.start
        self.show_default(None)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(*SPIN_MARGINS)
        self.setAccessibleName(field.label)
        self.setAccessibleDescription(field.help)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def own(self) -> float | None:
        """The number; None for the model's default."""
        return self.value() if self.value() > self.minimum() else None

    def show_default(self, default: float | None) -> None:
        """Say what the model's default is, where that is known."""
        self._start = self._field.start if default is None else default
        text = self._field.unset or self.tr("Model's default")
        known = "" if default is None else f" ({self.textFromValue(default)})"
        self.setSpecialValueText(text + known)

    def stepBy(self, steps: int) -> None:
        """Qt: an arrow key; from the default it leads to where people want to begin."""
        if self.own is None:
            self.setValue(self._start)
        else:
            super().stepBy(steps)


class NumberEditor(QWidget):
    """Label, number and help.

    Args:
        field: what is edited.
        theme: look.

    Signals:
        edited: the number, or None for the model's default.
    """

    edited = Signal(object)

    def __init__(self, field: Field, theme: Theme) -> None:
        super().__init__()
        self.field = field
        self._default: float | None = None
        self._name = label(field.label)
        self.spin = spin = _Spin(field)
        spin.installEventFilter(self)
        spin.valueChanged.connect(self._tell)
        name = self.tr("Back to the model's default: {name}").format(name=field.label)
        self.reset = icon_button(name, theme.icon("undo"))
        self.reset.clicked.connect(lambda: spin.setValue(spin.minimum()))
        self._lay_out(theme)
        self.show_value(None)

    def show_value(self, value: float | None) -> None:
        """Show a value, without telling that it was edited."""
        blocked = self.spin.blockSignals(True)
        self.spin.setValue(self.spin.minimum() if value is None else value)
        self.spin.blockSignals(blocked)
        self._show_reset()

    def show_default(self, default: float | None) -> None:
        """Say what the model's default is; None where that is not known."""
        self._default = default
        self.spin.show_default(default)
        self._show_reset()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wheel that rolls over the control while the sheet scrolls must not change the value."""
        if event.type() is QEvent.Type.Wheel and not self.spin.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        self._show_reset()
        self.edited.emit(self.spin.own)

    def _show_reset(self) -> None:
        changed = self.spin.own is not None
        if not changed and self.reset.hasFocus():
            self.spin.setFocus()
        self.reset.setVisible(changed)
        differs = changed and self.spin.own != self._default
        self._name.setText(f"{self.field.label} •" if differs else self.field.label)
        words = self.tr("It differs from the model's default.")
        self.spin.setAccessibleDescription(f"{self.field.help} {words}" if differs else self.field.help)

    def _lay_out(self, theme: Theme) -> None:
        self._name.setBuddy(self.spin)
        space = theme.tokens.space
        line = QHBoxLayout()
        line.setSpacing(space.xs)
        line.addWidget(self.spin, 1)
        line.addWidget(self.reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.xs)
        layout.addWidget(self._name)
        layout.addLayout(line)
        layout.addWidget(label(self.field.help, "caption", wrap=True))
