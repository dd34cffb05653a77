"""Rows that say how an answer stands: what it waits for, why it ended early, what went wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel

from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import Row, RowWidget
from app.ui.controls import button, label

_MOST_FOR_THE_BUTTON = 0.35  # of the width


class NoticeRow(Row):
    """A sentence with at most one thing to do about it.

    Args:
        kind: "danger", "warning" or "info".
        text: the sentence.
        action: what the button says; empty for no button.
        run: does it.
        drawing: the means.
    """

    def __init__(self, kind: str, text: str, action: str, run: Callable[[], None], drawing: Drawing) -> None:
        super().__init__(52.0)
        self.kind = kind
        self.text = text
        self.action = action
        self.run = run
        self.drawing = drawing

    def make(self) -> NoticeWidget:
        """A widget that shows it."""
        return NoticeWidget(self)

    def refresh(self, widget: RowWidget) -> None:
        """Say something else."""
        assert isinstance(widget, NoticeWidget)
        widget.set_text(self.text)
        self.stale = False

    def plain_text(self) -> str:
        """The sentence."""
        return self.text


class NoticeWidget(RowWidget):
    """A notice on the screen."""

    def __init__(self, row: NoticeRow) -> None:
        super().__init__()
        theme = row.drawing.theme
        space = theme.tokens.space
        colours = {
            "danger": ("error", "danger"),
            "warning": ("warning", "warning"),
            "info": ("info", "accent"),
        }
        icon_name, colour = colours[row.kind]
        self._frame = QFrame(self)
        self._frame.setProperty("kind", f"notice-{row.kind}")
        layout = QHBoxLayout(self._frame)
        layout.setContentsMargins(space.m, space.s, space.s, space.s)
        layout.setSpacing(space.s)
        icon = QLabel()
        side = theme.tokens.type.body + 4
        icon.setPixmap(theme.icon(icon_name, colour).pixmap(QSize(side, side)))
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self._text = label(row.text, wrap=True, selectable=True)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(space.s)
        self._body.addWidget(self._text, 1)
        layout.addLayout(self._body, 1)
        self._button = button(row.action) if row.action else None
        if self._button is not None:
            self._button.clicked.connect(row.run)
            self._body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeading)
            self.setFocusProxy(self._button)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._text.setText(text)

    def fit(self, width: int) -> QSize:
        """The whole width; the button below the sentence where it would leave that too little room."""
        beside = self._button.sizeHint().width() if self._button is not None else 0
        narrow = beside > width * _MOST_FOR_THE_BUTTON
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        height = max(self._frame.heightForWidth(width), self._frame.minimumSizeHint().height())
        self._frame.setGeometry(0, 0, width, height)
        return QSize(width, height)


class WaitingRow(Row):
    """What an answer waits for.

    Args:
        text: what it says.
        drawing: the means.
    """

    def __init__(self, text: str, drawing: Drawing) -> None:
        super().__init__(24.0)
        self.text = text
        self.gap = drawing.theme.tokens.space.m

    def say(self, text: str) -> None:
        """Say something else."""
        self.stale = text != self.text
        self.text = text

    def make(self) -> WaitingWidget:
        """A widget that shows it."""
        widget = WaitingWidget()
        self.refresh(widget)
        return widget

    def refresh(self, widget: RowWidget) -> None:
        """Bring the text up to date."""
        assert isinstance(widget, WaitingWidget)
        widget.label.setText(self.text)
        self.stale = False


class WaitingWidget(RowWidget):
    """What an answer waits for, on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.label = label("", "muted")
        self.label.setParent(self)

    def fit(self, width: int) -> QSize:
        """The whole width."""
        height = self.label.sizeHint().height()
        self.label.setGeometry(0, 0, width, height)
        return QSize(width, height)
