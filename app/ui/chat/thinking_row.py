"""The row that shows how a model came to its answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QToolButton

from app.ui.chat.code_row import shown_code
from app.ui.chat.drawing import Drawing
from app.ui.chat.rows import Row, RowWidget
from app.ui.controls import BESIDE_ICON, QUIET_BORDER
from app.ui.markdown.safe_text import neutralise

_LIVE_LINES = 5
_MOST_LINES = 20
_BAR = 3


@dataclass
class Thinking:
    """What is shown of one stretch of thinking.

    Attributes:
        pieces: its text, as it came.
        active: it is going on.
        seconds: how long it took; None while it goes on or when nobody knows.
        opened: the user opened (True) or closed (False) it; None for neither.
    """

    pieces: list[str] = field(default_factory=list)
    active: bool = False
    seconds: float | None = None
    opened: bool | None = None

    @property
    def open(self) -> bool:
        """Its text is shown: while it goes on, afterwards only when the user wants it."""
        return self.active if self.opened is None else self.opened

    def title(self) -> str:
        """What stands above it."""
        if self.active:
            return QCoreApplication.translate("Thinking", "Thinking…")
        if self.seconds is None:
            return QCoreApplication.translate("Thinking", "Thoughts")
        return QCoreApplication.translate("Thinking", "Thought for {0} s").format(f"{self.seconds:.1f}")


class ThinkingRow(Row):
    """Thinking, under a button that opens and closes it.

    Args:
        thinking: what is shown.
        drawing: the means.
        changed: called after the user opened or closed it.
    """

    def __init__(self, thinking: Thinking, drawing: Drawing, changed: object) -> None:
        super().__init__(32.0 + (_LIVE_LINES * 20 if thinking.open else 0))
        self.thinking = thinking
        self.drawing = drawing
        self._changed = changed
        self.overhang = drawing.theme.tokens.space.s + QUIET_BORDER
        self.gap = drawing.theme.tokens.space.m

    def make(self) -> ThinkingWidget:
        """A widget that shows it."""
        widget = ThinkingWidget(self)
        self.refresh(widget)
        return widget

    def refresh(self, widget: RowWidget) -> None:
        """Bring its text and title up to date."""
        assert isinstance(widget, ThinkingWidget)
        widget.show_thinking(self.thinking)
        self.stale = False

    def toggle(self) -> None:
        """Open or close it."""
        self.thinking.opened = not self.thinking.open
        self.stale = True
        assert callable(self._changed)
        self._changed()

    def plain_text(self) -> str:
        """The thinking."""
        return neutralise("".join(self.thinking.pieces))


class ThinkingWidget(RowWidget):
    """Thinking on the screen."""

    def __init__(self, row: ThinkingRow) -> None:
        super().__init__()
        self._drawing = row.drawing
        self._shown = 0
        self._live = False
        self._button = QToolButton(self)
        self._button.setProperty("kind", "quiet")
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setIcon(row.drawing.theme.icon("thinking"))
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.clicked.connect(row.toggle)
        self._body = _ThinkingText(self)
        colour = row.drawing.theme.tokens.colours.muted
        size = row.drawing.theme.tokens.type.body
        self._body.setStyleSheet(f"color: {colour}; font-size: {size}px;")
        self._body.setAccessibleName(self.tr("The model's thinking"))
        self.setFocusProxy(self._button)

    def show_thinking(self, thinking: Thinking) -> None:
        """Show what there is; only new text is added."""
        title = thinking.title()
        self._button.setText(BESIDE_ICON + title)
        action = self.tr("hide") if thinking.open else self.tr("show")
        self._button.setAccessibleName(f"{title} – {action}")
        self._live = thinking.active and thinking.opened is None
        self._body.setVisible(thinking.open)
        if thinking.open and len(thinking.pieces) > self._shown:
            self._append(shown_code(neutralise("".join(thinking.pieces[self._shown :]))))
            self._shown = len(thinking.pieces)

    def fit(self, width: int) -> QSize:
        """The whole width; as high as the text, up to a limit."""
        button = self._button.sizeHint()
        self._button.setGeometry(self._leading(0, button.width(), width), 0, button.width(), button.height())
        if self._body.isHidden():
            return QSize(width, button.height())
        space = self._drawing.theme.tokens.space
        inset = space.l + _BAR
        self._body.setGeometry(QRect(self._leading(inset, width - inset, width), 0, width - inset, 50))
        line = QFontMetrics(self._body.font()).lineSpacing()
        lines = max(1, round(self._body.document().size().height()))
        height = min(lines, _LIVE_LINES if self._live else _MOST_LINES) * line + 4
        self._body.setGeometry(
            self._leading(inset, width - inset, width), button.height() + space.xs, width - inset, height
        )
        if self._live:
            self._pin()
        return QSize(width, button.height() + space.xs + height)

    def paintEvent(self, _: QPaintEvent) -> None:
        """A bar beside the text."""
        if self._body.isHidden():
            return
        around = self._body.geometry()
        x = self._leading(self._drawing.theme.tokens.space.s, _BAR, self.width())
        painter = QPainter(self)
        colour = QColor(self._drawing.theme.tokens.colours.border)
        painter.fillRect(x, around.top(), _BAR, around.height(), colour)

    def _append(self, text: str) -> None:
        bar = self._body.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        cursor = self._body.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        cursor.insertText(text)
        if at_end:
            self._pin()

    def _pin(self) -> None:
        bar = self._body.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _leading(self, inset: int, width: int, whole: int) -> int:
        return whole - inset - width if self.isRightToLeft() else inset


class _ThinkingText(QPlainTextEdit):
    def __init__(self, parent: RowWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
