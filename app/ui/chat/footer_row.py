"""The line below a turn: what it took, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton

from app.history.records import Message, Role, Status
from app.ui.chat.actions import Actions
from app.ui.chat.drawing import Drawing
from app.ui.chat.elided_label import ElidedLabel
from app.ui.chat.rows import Row, RowWidget
from app.ui.controls import QUIET_BORDER, allow, icon_button
from app.ui.markdown.safe_text import neutralise

_HEIGHT = 32


class FooterRow(Row):
    """Buttons and figures of one turn.

    Args:
        message: the turn, whole.
        drawing: the means.
        actions: what the buttons do.
        markdown: gives the turn as Markdown.
        plain: gives the turn as plain text.
    """

    def __init__(
        self, message: Message, drawing: Drawing, actions: Actions, markdown: Any, plain: Any
    ) -> None:
        super().__init__(_HEIGHT)
        self.message = message
        self.drawing = drawing
        self.actions = actions
        self.markdown = markdown
        self.plain = plain
        self.trailing = message.role is Role.USER
        self.overhang = drawing.theme.tokens.space.s + QUIET_BORDER
        self.gap = drawing.theme.tokens.space.xs

    def make(self) -> FooterWidget:
        """A widget that shows it."""
        return FooterWidget(self)

    def refresh(self, widget: RowWidget) -> None:
        """A turn that changed gets a new row."""
        self.stale = False


class FooterWidget(RowWidget):
    """A turn's buttons and figures on the screen."""

    def __init__(self, row: FooterRow) -> None:
        super().__init__()
        self._row = row
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        if row.message.role is Role.USER:
            self._layout.addStretch(1)
        if row.message.sibling_count > 1:
            self._add_stepping()
        self._add_buttons()
        if row.message.role is Role.ASSISTANT:
            self._layout.addSpacing(row.drawing.theme.tokens.space.s)
            self._layout.addWidget(ElidedLabel(figures(row.message), "caption"), 1)

    def fit(self, width: int) -> QSize:
        """The whole width."""
        return QSize(width, max(_HEIGHT, self.sizeHint().height()))

    def _add(self, name: str, icon: str, run: Any) -> QToolButton:
        made = icon_button(name, self._row.drawing.theme.icon(icon))
        made.clicked.connect(lambda: run())
        self._layout.addWidget(made)
        return made

    def _add_stepping(self) -> None:
        message, step = self._row.message, self._row.actions.step
        place, count = message.sibling_index + 1, message.sibling_count
        back = self._add(self.tr("Previous version"), "previous", lambda: step(message.id, -1))
        allow(back, "" if place > 1 else self.tr("This is the first version."))
        text = QLabel(self.tr("{0}/{1}").format(place, count))
        text.setProperty("kind", "caption")
        text.setAccessibleName(self.tr("Version {0} of {1}").format(place, count))
        self._layout.addWidget(text)
        onward = self._add(self.tr("Next version"), "next", lambda: step(message.id, 1))
        allow(onward, "" if place < count else self.tr("This is the last version."))

    def _add_buttons(self) -> None:
        row, message, actions = self._row, self._row.message, self._row.actions
        self._add(self.tr("Copy as Markdown"), "copy", lambda: actions.copy(row.markdown()))
        if message.role is Role.USER:
            self._add(self.tr("Edit"), "edit", lambda: actions.edit(message.id))
            return
        self._add(self.tr("Answer again"), "regenerate", lambda: actions.regenerate(message.id))
        more = icon_button(self.tr("More"), row.drawing.theme.icon("more"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self._menu(more))
        self._layout.addWidget(more)

    def _menu(self, parent: QToolButton) -> QMenu:
        row, message, actions = self._row, self._row.message, self._row.actions
        menu = QMenu(parent)
        menu.addAction(self.tr("Copy as Markdown"), lambda: actions.copy(row.markdown()))
        menu.addAction(self.tr("Copy as plain text"), lambda: actions.copy(row.plain()))
        if message.status in {Status.INCOMPLETE, Status.CANCELLED, Status.FAILED}:
            menu.addAction(self.tr("Continue this answer"), lambda: actions.go_on(message.id))
        menu.addSeparator()
        menu.addAction(self.tr("Show the raw tokens"), lambda: actions.show_raw(message.id))
        return menu


def figures(message: Message) -> str:
    """What an answer took: tokens in and out, time to the first token, tokens a second, model, device."""
    answer, translate = message.answer, QCoreApplication.translate
    parts = []
    usage, timings = answer.usage or {}, answer.timings or {}
    if usage:
        text = translate("FooterRow", "{0} tokens in, {1} out")
        parts.append(text.format(_count(usage, "input_tokens"), _count(usage, "output_tokens")))
    if left_out := usage.get("left_out_turns"):
        parts.append(translate("FooterRow", "without the oldest turns: {0}").format(left_out))
    if (first := _seconds(timings, "ttft_s")) is not None:
        parts.append(translate("FooterRow", "first after {0} s").format(f"{first:.2f}"))
    if (speed := _seconds(timings, "decode_tokens_per_s")) is not None:
        parts.append(translate("FooterRow", "{0} tokens/s").format(f"{speed:.1f}"))
    parts += [neutralise(part) for part in (answer.model, answer.device.upper()) if part]
    return "  ·  ".join(parts)


def _count(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return f"{value:,}" if isinstance(value, int) else "–"


def _seconds(values: Mapping[str, Any], key: str) -> float | None:
    value = values.get(key)
    return float(value) if isinstance(value, int | float) and value > 0 else None
