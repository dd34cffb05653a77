"""How this conversation is answered: instructions, sampling, what happens when it grows too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.history.records import Options, Preset
from app.ui.chat.sheet.fields import fields, with_value
from app.ui.chat.sheet.number_editor import NumberEditor
from app.ui.chat.sheet.preset_box import PresetBox
from app.ui.chat.sheet.stop_editor import StopEditor, stops_of, with_stops
from app.ui.controls import button, icon_button, label, scrolled
from app.ui.theme import Theme

SHEET_WIDTH = 320
_LINES = 6
_TRUNCATION = "truncation"


class Sheet(QFrame):
    """Edits the options of the open conversation; it keeps nothing itself.

    Args:
        theme: look.

    Signals:
        edited: the options as they are to be from now on.
        closed: the user wants it out of the way.
    """

    edited = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._options = Options()
        self.presets = PresetBox(theme)
        self.instructions = self._make_instructions()
        self.numbers = [NumberEditor(field, theme) for field in fields()]
        self.stops = StopEditor(theme)
        self.undo = button(self.tr("Undo: settings as before the preset"), "quiet")
        self.undo.hide()
        self._before = Options()
        self.shorten = QCheckBox(self.tr("Leave out the oldest messages"))
        self.shorten.setAccessibleDescription(self.tr("When all do not fit into the context."))
        self.close_button = icon_button(self.tr("Close"), theme.icon("close"))
        self._lay_out()
        self._connect()

    def show_options(self, options: Options) -> None:
        """Show a conversation's options, without telling that they were edited."""
        self._options = options
        if self.instructions.toPlainText() != options.instructions:
            blocked = self.instructions.blockSignals(True)
            self.instructions.setPlainText(options.instructions)
            self.instructions.blockSignals(blocked)
        for editor in self.numbers:
            editor.show_value(editor.field.read(options.sampling))
        self.stops.show_stops(stops_of(options.sampling))
        blocked = self.shorten.blockSignals(True)
        self.shorten.setChecked(options.sampling.get(_TRUNCATION) == "auto")
        self.shorten.blockSignals(blocked)
        self.presets.show_current(self.preset(""))
        self.undo.hide()

    def show_defaults(self, sampling: Mapping[str, float]) -> None:
        """Say what the model's own sampling is."""
        for editor in self.numbers:
            editor.show_default(sampling.get(editor.field.name))

    @property
    def changed(self) -> bool:
        """Whether instructions or sampling are the conversation's own."""
        return bool(self._options.instructions or _without_truncation(self._options.sampling))

    def offer(self, presets: Sequence[Preset]) -> None:
        """The user's own presets are these."""
        self.presets.offer(presets, self.preset(""))

    def preset(self, name: str) -> Preset:
        """What is in force, under a name."""
        return Preset(name, self._options.instructions, _without_truncation(self._options.sampling))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape closes the sheet."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.closed)
        self.instructions.textChanged.connect(self._take_instructions)
        self.presets.chosen.connect(self._take_up)
        self.shorten.toggled.connect(self._take_shorten)
        self.stops.edited.connect(self._take_stops)
        self.undo.clicked.connect(self._take_back)
        for editor in self.numbers:
            editor.edited.connect(lambda value, editor=editor: self._take_number(editor, value))

    def _take_instructions(self) -> None:
        self._tell(replace(self._options, instructions=self.instructions.toPlainText()))

    def _take_number(self, editor: NumberEditor, value: float | None) -> None:
        sampling = with_value(self._options.sampling, editor.field, value)
        self._tell(replace(self._options, sampling=sampling))

    def _take_stops(self, stops: list[str]) -> None:
        self._tell(replace(self._options, sampling=with_stops(self._options.sampling, stops)))

    def _take_shorten(self, checked: bool) -> None:
        kept = _without_truncation(self._options.sampling)
        sampling = {**kept, _TRUNCATION: "auto"} if checked else kept
        self._tell(replace(self._options, sampling=sampling))

    def _take_up(self, preset: Preset) -> None:
        kept = {key: value for key, value in self._options.sampling.items() if key == _TRUNCATION}
        options = replace(
            self._options, instructions=preset.instructions, sampling={**preset.sampling, **kept}
        )
        before = self._options
        self._tell(options)
        self.show_options(options)
        self._before = before
        self.undo.setVisible(before != options)

    def _take_back(self) -> None:
        self.presets.box.setFocus()
        self._tell(self._before)
        self.show_options(self._before)

    def _tell(self, options: Options) -> None:
        self._options = options
        self.undo.hide()
        self.presets.show_current(self.preset(""))
        self.edited.emit(options)

    def _make_instructions(self) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setTabChangesFocus(True)
        made.setAccessibleName(self.tr("Instructions"))
        made.setPlaceholderText(self.tr("What the model is to know or to do in all of this conversation"))
        made.setFixedHeight(_LINES * made.fontMetrics().lineSpacing())
        return made

    def _lay_out(self) -> None:
        space = self._theme.tokens.space
        head = QHBoxLayout()
        head.setContentsMargins(space.l, space.xs, space.s, space.xs)
        head.addWidget(label(self.tr("This conversation"), "subtitle"), 1)
        head.addWidget(self.close_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(space.l, space.m, space.l, space.l)
        column.setSpacing(space.l)
        column.addLayout(self._stacked(self.presets, self.undo))
        column.addLayout(self._titled(self.tr("Instructions"), self.instructions))
        for editor in self.numbers:
            column.addWidget(editor)
        column.addWidget(self.stops)
        note = label(self.tr("When all do not fit into the context."), "caption", wrap=True)
        column.addLayout(self._stacked(self.shorten, note))
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(scrolled(inside), 1)

    def _titled(self, title: str, widget: QWidget) -> QVBoxLayout:
        name = label(title)
        name.setBuddy(widget)
        return self._stacked(name, widget)

    def _stacked(self, *widgets: QWidget) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(self._theme.tokens.space.xs)
        for widget in widgets:
            layout.addWidget(widget)
        return layout


def _without_truncation(sampling: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in sampling.items() if key != _TRUNCATION}
