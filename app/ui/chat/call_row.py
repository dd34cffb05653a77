"""The row that shows that a model called a tool."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import Row, RowWidget
from app.ui.controls import label
from app.ui.markdown.safe_text import neutralise

_LONGEST = 4_000


@dataclass
class Call:
    """A call of a tool.

    Attributes:
        name: the tool's.
        pieces: the arguments, as they came.
    """

    name: str
    pieces: list[str] = field(default_factory=list)

    def arguments(self) -> str:
        """The arguments, laid out when they are JSON, shortened when they are long."""
        text = "".join(self.pieces)
        with contextlib.suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        return neutralise(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


class CallRow(Row):
    """A call of a tool, with its arguments.

    Args:
        call: what is shown.
        drawing: the means.
    """

    def __init__(self, call: Call, drawing: Drawing) -> None:
        super().__init__(80.0)
        self.call = call
        self.drawing = drawing

    def make(self) -> CallWidget:
        """A widget that shows it."""
        widget = CallWidget(self.drawing)
        self.refresh(widget)
        return widget

    def refresh(self, widget: RowWidget) -> None:
        """Bring the arguments up to date."""
        assert isinstance(widget, CallWidget)
        widget.show_call(self.call)
        self.stale = False

    def plain_text(self) -> str:
        """The call in one line."""
        return f"{self.call.name}({''.join(self.call.pieces)})"


class CallWidget(RowWidget):
    """A call on the screen."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        space = drawing.theme.tokens.space
        self._frame = QFrame(self)
        self._frame.setProperty("kind", "sunken")
        icon = QLabel()
        icon.setPixmap(drawing.theme.icon("tool").pixmap(QSize(16, 16)))
        self._title = label("", "caption")
        self._arguments = label("", "code", wrap=True, selectable=True)
        header = QHBoxLayout()
        header.setSpacing(space.s)
        header.addWidget(icon)
        header.addWidget(self._title, 1)
        layout = QVBoxLayout(self._frame)
        layout.setContentsMargins(space.m, space.s, space.m, space.s)
        layout.setSpacing(space.xs)
        layout.addLayout(header)
        layout.addWidget(self._arguments)

    def show_call(self, call: Call) -> None:
        """Show a call."""
        title = QCoreApplication.translate("Call", "Called the tool {0}; no tool is connected")
        self._title.setText(title.format(neutralise(call.name)))
        self._arguments.setText(call.arguments())

    def fit(self, width: int) -> QSize:
        """The whole width."""
        height = self._frame.heightForWidth(width)
        height = height if height > 0 else self._frame.sizeHint().height()
        self._frame.setGeometry(0, 0, width, height)
        return QSize(width, height)
