"""A sentence about what could not be done, and what helps, one click away."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.controls import button, label
from app.ui.flow_layout import FlowLayout
from app.ui.theme import Theme

Remedy = tuple[str, Callable[[], None]]
"""What a button says, and what it does."""


class Notice(QFrame):
    """Hidden until there is something to tell, and when the user has read it.

    Args:
        theme: distances.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        space = theme.tokens.space
        self.setProperty("kind", "notice-danger")
        self.text = label("", wrap=True, selectable=True)
        self.text.setAccessibleName(self.tr("Problem"))
        close = button(self.tr("Close"), "quiet")
        close.clicked.connect(self.hide)
        self._offered = QWidget()
        self.remedies = FlowLayout(self._offered, space.s)
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.m, space.xs, space.xs, space.xs)
        layout.setSpacing(space.xs)
        layout.addLayout(row)
        layout.addWidget(self._offered)
        self.hide()

    def tell(self, sentence: str, remedies: Iterable[Remedy] = ()) -> None:
        """Show a sentence.

        Args:
            sentence: what went wrong.
            remedies: what helps; each hides the sentence.
        """
        self.text.setText(sentence)
        while (item := self.remedies.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for text, run in remedies:
            offered = button(text)
            offered.clicked.connect(self.hide)
            offered.clicked.connect(run)
            self.remedies.addWidget(offered)
        self._offered.setVisible(self.remedies.count() > 0)
        self.show()
