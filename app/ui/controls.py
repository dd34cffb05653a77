"""The few ways a label or a button is made, so that each has its look, its name and its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)


def label(text: str, kind: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label of plain text; see `theme.stylesheet` for the kinds."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def say(shown: QLabel, text: str, kind: str) -> None:
    """Let a label say something in the look of a kind; where it does already, it is not styled again."""
    if (shown.text(), shown.property("kind")) != (text, kind):
        shown.setText(text)
        shown.setProperty("kind", kind)
        shown.style().polish(shown)


SPIN_MARGINS = (7, 0, 0, 0)
"""Around the text of a spin box, which the stylesheet does not reach: it begins where a field's does."""
QUIET_BORDER = 2
"""Pixels around a quiet button that wear the focus ring; see `theme.stylesheet`."""
BESIDE_ICON = "\u2005"
"""Stands before a text beside an icon: Qt leaves 4 pixels there, whatever the text's size."""


def button(text: str, kind: str = "", icon: QIcon | None = None) -> QPushButton:
    """A push button; see `theme.stylesheet` for the kinds."""
    made = QPushButton(text if icon is None else BESIDE_ICON + text)
    made.setAccessibleName(text)
    if kind:
        made.setProperty("kind", kind)
    if icon is not None:
        made.setIcon(icon)
    return made


def icon_button(name: str, icon: QIcon, kind: str = "quiet") -> QToolButton:
    """A button that shows only an icon; its name is its tool tip and what a screen reader says."""
    made = QToolButton()
    made.setIcon(icon)
    made.setProperty("kind", kind)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def allow(target: QAbstractButton, reason: str = "") -> None:
    """Enable a button, or disable it and let it say why.

    Args:
        target: the button.
        reason: why it cannot be used now; empty when it can.
    """
    target.setEnabled(not reason)
    usual = target.accessibleName() if isinstance(target, QToolButton) else ""
    target.setToolTip(reason or usual)
    target.setAccessibleDescription(reason)


PARTS = 1000
"""How finely the bars of long work are divided."""


def progress_bar(name: str) -> QProgressBar:
    """A bar without a text; `name` is what a screen reader says."""
    made = QProgressBar()
    made.setTextVisible(False)
    made.setAccessibleName(name)
    return made


def show_part(bar: QProgressBar, part: int | None) -> None:
    """Let a bar show a number of `PARTS`; None: it only shows that something goes on.

    It is painted with all else that changed: by itself Qt paints the window for each bar, at once.
    """
    bar.setUpdatesEnabled(False)
    bar.setRange(0, 0 if part is None else PARTS)
    bar.setValue(part or 0)
    bar.setUpdatesEnabled(True)


def frame(kind: str) -> QFrame:
    """An area of a kind."""
    made = QFrame()
    made.setProperty("kind", kind)
    return made


def centred(widget: QWidget) -> QHBoxLayout:
    """The widget in the middle, as wide as it may be."""
    layout = QHBoxLayout()
    layout.addStretch(1)
    layout.addWidget(widget, 1_000)
    layout.addStretch(1)
    return layout


def scrolled(content: QWidget) -> QScrollArea:
    """The content in an area that scrolls when it does not fit."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("kind", "plain")
    area.setWidget(content)
    return area
