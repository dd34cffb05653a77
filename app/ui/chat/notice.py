"""A sentence above the composer: what was asked for could not be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.controls import button, label
from app.ui.theme import Theme


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
        close = button(self.tr("Close"), "quiet")
        close.clicked.connect(self.hide)
        self.remedies = QHBoxLayout()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.m, space.xs, space.xs, space.xs)
        layout.addWidget(self.text, 1)
        layout.addLayout(self.remedies)
        layout.addWidget(close)
        self.hide()

    def tell(self, sentence: str, actions: Iterable[tuple[str, Callable[[], None]]] = ()) -> None:
        """Show a sentence.

        Args:
            sentence: what went wrong.
            actions: what buttons say, and what they do besides hiding it.
        """
        self.text.setText(sentence)
        while (item := self.remedies.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for text, run in actions:
            offered = button(text)
            offered.clicked.connect(self.hide)
            offered.clicked.connect(run)
            self.remedies.addWidget(offered)
        self.show()
