"""How full the context is: a ring, with the draft's share before it is sent."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar

from app.ui.theme import Theme

_FULL_CIRCLE = 360 * 16  # Qt counts sixteenths of a degree
_TOP = 90 * 16
_WIDTH = 3.0


class ContextRing(QProgressBar):
    """A ring and a percentage; the words are in its tool tip and for the screen reader.

    Args:
        theme: colours and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._used = 0
        self._draft: int | None = 0
        self._size = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Context"))
        self.setRange(0, 100)
        self.setStyleSheet(
            "ContextRing { min-height: 0; max-height: 200px; }"
        )  # a bar is flat, a ring is not
        theme.changed.connect(self.updateGeometry)
        self._refresh()

    def show_use(self, used: int, draft: int | None, size: int) -> None:
        """Show figures in tokens.

        Args:
            used: what the conversation takes.
            draft: what the draft takes; None while it is not known.
            size: the context; 0 while it is not known.
        """
        self._used, self._draft, self._size = used, draft, size
        self._refresh()

    @property
    def is_over(self) -> bool:
        """Whether the draft does not fit, as far as is known."""
        return self._size > 0 and self._total > self._size

    def text(self) -> str:
        """The percentage, as it is drawn."""
        if self._size <= 0:
            return "–"
        share = 100 * self._total / self._size
        return QLocale().toString(round(share)) + " %" if share >= 1 or not self._total else "< 1 %"

    def sizeHint(self) -> QSize:
        """Qt: the ring and the widest percentage."""
        metrics, space = QFontMetrics(self.font()), self._theme.tokens.space
        height = metrics.height() + space.s
        return QSize(height + space.xs + metrics.horizontalAdvance("100 %") + space.s, height)

    def minimumSizeHint(self) -> QSize:
        """Qt: as much as it wants."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, space = self._theme.tokens.colours, self._theme.tokens.space
        side = self.height() - space.s
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - side - space.xs if mirrored else space.xs
        ring = QRectF(left, space.xs, side, side).adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
        self._paint_ring(painter, ring)
        painter.setPen(QColor(colours.danger if self.is_over else colours.muted))
        words = self.rect().adjusted(
            0 if mirrored else side + 2 * space.xs, 0, -(side + 2 * space.xs) if mirrored else 0, 0
        )
        painter.drawText(
            words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), self.text()
        )
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            radius = self._theme.tokens.radius.small
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)

    def _paint_ring(self, painter: QPainter, ring: QRectF) -> None:
        colours = self._theme.tokens.colours
        painter.setPen(QPen(QColor(colours.border), _WIDTH))
        painter.drawEllipse(ring)
        if self._size <= 0:
            return
        strong = QColor(colours.danger if self.is_over else colours.accent)
        faint = QColor(strong)
        faint.setAlphaF(0.5)
        self._paint_arc(painter, ring, faint, self._total)
        self._paint_arc(painter, ring, strong, self._used)

    def _paint_arc(self, painter: QPainter, ring: QRectF, colour: QColor, tokens: int) -> None:
        span = min(_FULL_CIRCLE, round(_FULL_CIRCLE * tokens / self._size))
        if span:
            painter.setPen(QPen(colour, _WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, _TOP, -span)

    @property
    def _total(self) -> int:
        return self._used + (self._draft or 0)

    def _refresh(self) -> None:
        share = 100 * self._total // self._size if self._size > 0 else 0
        self.setValue(min(100, share))
        words = self._words()
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    def _words(self) -> str:
        number = QLocale().toString
        if self._size <= 0:
            return self.tr("How full the context is shows when a model is loaded.")
        words = self.tr("{used} of {size} tokens of context used.").format(
            used=number(self._total), size=number(self._size)
        )
        if self._draft is None:
            return f"{words} {self.tr('The draft is being counted.')}"
        if self._draft:
            words += " " + self.tr("The draft takes {tokens}.").format(tokens=number(self._draft))
        return f"{words} {self.tr('It does not fit.')}" if self.is_over else words
