"""A line at the top of the window with something the user must know."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.controls import button, icon_button, label
from app.ui.notice import Remedy
from app.ui.theme import Theme


class NoticeBar(QFrame):
    """Shows one notice after the other; hidden when there is none.

    Args:
        theme: look.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "bar-warning")
        self._waiting: deque[tuple[str, Sequence[Remedy]]] = deque()
        self.text = label("", wrap=True, selectable=True)
        self.dismiss = icon_button(self.tr("Dismiss"), theme.icon("close", "text"))
        self.dismiss.clicked.connect(self._next)
        self.remedies = QHBoxLayout()
        space = theme.tokens.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.l, space.s, space.s, space.s)
        layout.addWidget(self.text, 1)
        layout.addLayout(self.remedies)
        layout.addWidget(self.dismiss)
        self.hide()

    def add(self, text: str, remedies: Iterable[Remedy] = ()) -> None:
        """Show some sentences, after those that wait already; the same are shown once.

        Args:
            text: the sentences.
            remedies: what helps; each dismisses them.
        """
        if any(text == waiting for waiting, _ in self._waiting):
            return
        self._waiting.append((text, tuple(remedies)))
        if len(self._waiting) == 1:
            self._show_first()

    def _next(self) -> None:
        self._waiting.popleft()
        self._show_first()

    def _show_first(self) -> None:
        text, remedies = self._waiting[0] if self._waiting else ("", ())
        self.text.setText(text)
        while (item := self.remedies.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for name, run in remedies:
            offered = button(name)
            offered.clicked.connect(self._next)
            offered.clicked.connect(run)
            self.remedies.addWidget(offered)
        self.setVisible(bool(self._waiting))
