"""Presets: taken up, kept under a name, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from app.history.records import Preset
from app.ui.chat.sheet.built_in import built_in_presets
from app.ui.controls import allow, icon_button, label
from app.ui.theme import Theme


class PresetBox(QWidget):
    """A list of presets, and buttons to keep, to rename and to delete one.

    Args:
        theme: look.

    Signals:
        chosen: a preset to take up.
        save_asked: the name to keep what is in force under.
        rename_asked: the name of an own preset, and the one it is to have.
        delete_asked: the name of an own preset.
    """

    chosen = Signal(object)
    save_asked = Signal(str)
    rename_asked = Signal(str, str)
    delete_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._presets: list[Preset] = []
        self._own: set[str] = set()
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Preset"))
        self.box.view().setAccessibleName(self.tr("Presets"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(self._choose)
        self.save = icon_button(self.tr("Keep these settings as a preset…"), theme.icon("save"))
        self.save.clicked.connect(self._ask_for_name)
        self.rename = icon_button(self.tr("Rename this preset…"), theme.icon("rename"))
        self.rename.clicked.connect(self._ask_for_other_name)
        self.delete = icon_button(self.tr("Delete this preset"), theme.icon("delete"))
        self.delete.clicked.connect(lambda: self.delete_asked.emit(self.box.currentText()))
        name = label(self.tr("Preset"))
        name.setBuddy(self.box)
        space = theme.tokens.space
        line = QHBoxLayout()
        line.setSpacing(space.xs)
        line.addWidget(name, 1)
        line.addWidget(self.save)
        line.addWidget(self.rename)
        line.addWidget(self.delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.xs)
        layout.addLayout(line)
        layout.addWidget(self.box)

    def offer(self, own: Sequence[Preset], current: Preset) -> None:
        """Show the presets, and which of them is in force; none is when it was changed since."""
        built_in = built_in_presets()
        names = {preset.name for preset in own}
        self._own = names
        self._presets = [*(preset for preset in built_in if preset.name not in names), *own]
        self.box.clear()
        self.box.addItems([preset.name for preset in self._presets])
        self.show_current(current)

    def show_current(self, current: Preset) -> None:
        """Show which preset has these instructions and this sampling."""
        places = (place for place, preset in enumerate(self._presets) if _same(preset, current))
        self.box.setCurrentIndex(next(places, -1))
        self.box.setPlaceholderText(self.tr("Own settings"))
        own = self.box.currentText() in self._own
        allow(self.rename, "" if own else self.tr("Only presets of your own can be renamed."))
        allow(self.delete, "" if own else self.tr("Only presets of your own can be deleted."))

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._presets[place])

    def _ask_for_name(self) -> None:
        name = self.box.currentText() if self.box.currentText() in self._own else ""
        question = self.tr("Name of the preset; one of the same name is replaced.")
        self._ask(self.tr("Keep as a preset"), question, name, self.save_asked.emit)

    def _ask_for_other_name(self) -> None:
        old = self.box.currentText()
        question = self.tr("Another name for the preset")
        self._ask(self.tr("Rename the preset"), question, old, lambda new: self.rename_asked.emit(old, new))

    def _ask(self, title: str, question: str, name: str, tell: Callable[[str], None]) -> None:
        dialog = QInputDialog(self)
        dialog.setObjectName("preset-name")
        dialog.setWindowTitle(title)
        dialog.setLabelText(question)
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(tell)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _same(one: Preset, other: Preset) -> bool:
    return (one.instructions.strip(), one.sampling) == (other.instructions.strip(), other.sampling)
