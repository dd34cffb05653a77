"""The control that edits one setting, chosen by its declaration."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from app.settings import Setting, Value
from app.ui.controls import SPIN_MARGINS
from app.ui.frame.words import choice_text, setting_text

_LARGEST = 2**31 - 1


class SettingEditor(QWidget):
    """A control for a setting; `edited` carries what the user chose.

    Args:
        setting: the declaration.
        value: what is in force.
        offered: values to choose from where the declaration allows any text; none for a free text.
    """

    edited = Signal(object)

    def __init__(self, setting: Setting, value: Value, offered: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._setting = setting
        self._offered = list(offered) or [(choice, choice_text(choice)) for choice in setting.choices]
        self._control = self._make()
        self._control.setAccessibleName(setting_text(setting.label))
        self._control.setAccessibleDescription(setting_text(setting.help))
        self._control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._control.installEventFilter(self)
        self.setFocusProxy(self._control)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._control)
        self.show_value(value)

    def show_value(self, value: Value) -> None:
        """Show a value without telling that it was edited."""
        blocked = self._control.blockSignals(True)
        match self._control:
            case QComboBox() as box:
                _choose(box, str(value))
            case QCheckBox() as check:
                check.setChecked(bool(value))
            case QSpinBox() as spin:
                spin.setValue(int(value))
            case QDoubleSpinBox() as spin:
                spin.setValue(float(value))
            case QLineEdit() as line:
                line.setText(str(value))
        self._control.blockSignals(blocked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wheel that rolls over the control while the page scrolls must not change the setting."""
        if event.type() is QEvent.Type.Wheel and not self._control.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _make(self) -> QWidget:
        setting = self._setting
        if self._offered:
            return self._make_box()
        match setting.default:
            case bool():
                check = QCheckBox()
                check.toggled.connect(self.edited.emit)
                return check
            case int():
                return self._make_spin()
            case float():
                return self._make_double_spin()
        line = QLineEdit()
        line.editingFinished.connect(lambda: self.edited.emit(line.text()))
        return line

    def _make_box(self) -> QComboBox:
        box = QComboBox()
        box.view().setAccessibleName(setting_text(self._setting.label))
        for value, text in self._offered:
            box.addItem(text, value)
        box.currentIndexChanged.connect(lambda index: self.edited.emit(box.itemData(index)))
        return box

    def _make_spin(self) -> QSpinBox:
        spin, setting = QSpinBox(), self._setting
        spin.setKeyboardTracking(False)
        spin.setGroupSeparatorShown(True)
        low = -_LARGEST if setting.minimum is None else int(setting.minimum)
        spin.setRange(low, _LARGEST if setting.maximum is None else int(setting.maximum))
        spin.lineEdit().setTextMargins(*SPIN_MARGINS)
        spin.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        if setting.default == 0 and setting.minimum == 0:
            spin.setSpecialValueText(self.tr("Automatic"))
        spin.valueChanged.connect(self.edited.emit)
        return spin

    def _make_double_spin(self) -> QDoubleSpinBox:
        spin, setting = QDoubleSpinBox(), self._setting
        spin.setKeyboardTracking(False)
        spin.lineEdit().setTextMargins(*SPIN_MARGINS)
        spin.setSingleStep(0.05)
        low = -_LARGEST if setting.minimum is None else setting.minimum
        spin.setRange(low, _LARGEST if setting.maximum is None else setting.maximum)
        spin.valueChanged.connect(self.edited.emit)
        return spin


def _choose(box: QComboBox, value: str) -> None:
    """Select a value; one that is not offered any more is shown as it is."""
    index = box.findData(value)
    if index < 0:
        box.addItem(value, value)
        index = box.count() - 1
    box.setCurrentIndex(index)
