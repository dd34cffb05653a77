"""Attached files, each a chip with its name, its cost, and a button that takes it off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.history.items import Attachment
from app.ui.controls import icon_button, label
from app.ui.flow_layout import FlowLayout
from app.ui.theme import Theme

_LONGEST_NAME = 32


class Chip(QFrame):
    """One attached file.

    Signals:
        removed: take it off.
    """

    removed = Signal()

    def __init__(self, attachment: Attachment, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self._name = attachment.name
        space, icon = theme.tokens.space, label("")
        icon.setPixmap(theme.icon("file").pixmap(theme.tokens.type.body))
        self._text = label("")
        self.remove = icon_button(self.tr("Remove {name}").format(name=attachment.name), theme.icon("close"))
        self.remove.clicked.connect(self.removed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.s, 0, 0, 0)
        layout.setSpacing(space.xs)
        layout.addWidget(icon)
        layout.addWidget(self._text)
        layout.addWidget(self.remove)
        self.show_cost(None)

    def show_cost(self, tokens: int | None) -> None:
        """Show the cost in tokens; None while it is not known."""
        name = self._name if len(self._name) <= _LONGEST_NAME else f"{self._name[: _LONGEST_NAME - 1]}…"
        if tokens is None:
            self._text.setText(name)
        else:
            shown = QLocale().toString(tokens)
            self._text.setText(self.tr("{name} · {tokens} tokens").format(name=name, tokens=shown))
        self.setToolTip(self._name)
        self.setAccessibleName(self._text.text())


class Chips(QWidget):
    """The chips of all attached files; hidden when there is none.

    Args:
        theme: look.

    Signals:
        removed: the place of the file that is to go.
    """

    removed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.chips: list[Chip] = []
        self._lines = FlowLayout(self, theme.tokens.space.xs)
        self.hide()

    def show_files(self, attachments: Sequence[Attachment]) -> None:
        """Replace the chips."""
        for chip in self.chips:
            self._lines.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [Chip(attachment, self._theme) for attachment in attachments]
        for place, chip in enumerate(self.chips):
            chip.removed.connect(lambda place=place: self.removed.emit(place))
            self._lines.addWidget(chip)
        self.setVisible(bool(self.chips))

    def show_costs(self, costs: Sequence[int | None]) -> None:
        """Show what each file takes in tokens."""
        for chip, tokens in zip(self.chips, costs, strict=True):
            chip.show_cost(tokens)
        self._lines.invalidate()
