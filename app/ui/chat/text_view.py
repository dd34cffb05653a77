"""Text in the conversation: selectable, its links asked about, nothing fetched."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QRect, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QIcon,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from app.ui.chat.code_view import CodeView
from app.ui.markdown.look import OPEN, QUOTE_DEPTH, QUOTE_STEP, RULE, TASK
from app.ui.markdown.plain import copied_text

_BAR = 3
_BESIDE = 4


class ProseView(QTextBrowser):
    """Shows a document at its full height.

    Attributes:
        quote_colour: of the bars beside what is quoted, and of rules.
        decorated: there are such bars, rules or tasks.
        tasks: the boxes of what is to be done and of what is done.
    """

    link_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(lambda url: self.link_chosen.emit(bytes(url.toEncoded().data()).decode()))
        self.quote_colour = QColor()
        self.decorated = False
        self.tasks: tuple[QIcon, ...] = ()
        self.spanning_text: Callable[[], str] = _nothing

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: formulas by their source; of several rows, what is selected in all of them."""
        cursor = self.textCursor()
        text = copied_text(self.document(), cursor.selectionStart(), cursor.selectionEnd())
        spanning = self.spanning_text()
        made = QMimeData() if spanning else super().createMimeDataFromSelection()
        made.setText(spanning or text)
        return made

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing outside the document is ever read."""
        return None

    def fit(self, width: int) -> QSize:
        """Lay out in a width; gives the size taken, the width being what the text needs."""
        document = self.document()
        if document.textWidth() != width:  # setting it lays everything out, even to the same width
            document.setTextWidth(width)
        return QSize(math.ceil(document.idealWidth()), math.ceil(document.size().height()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The conversation scrolls, not the text in it."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and a bar beside what is quoted."""
        super().paintEvent(event)
        if not self.decorated:
            return
        painter = QPainter(self.viewport())
        block = self.document().begin()
        while block.isValid():
            depth = block.blockFormat().intProperty(QUOTE_DEPTH)
            if depth:
                self._draw_bars(painter, block, depth)
            if task := block.blockFormat().intProperty(TASK):
                self._draw_task(painter, block, self.tasks[task - OPEN])
            if block.blockFormat().boolProperty(RULE):
                around = self.document().documentLayout().blockBoundingRect(block)
                painter.fillRect(QRectF(0, around.center().y(), self.width(), 1), self.quote_colour)
            block = block.next()

    def _draw_task(self, painter: QPainter, block: QTextBlock, icon: QIcon) -> None:
        """A box where other items have their bullet."""
        line, origin = block.layout().lineAt(0), block.layout().position()
        text = line.naturalTextRect().translated(origin)
        side = QFontMetrics(block.charFormat().font()).height()
        mirrored = block.textDirection() is Qt.LayoutDirection.RightToLeft
        x = text.right() + _BESIDE if mirrored else text.left() - side - _BESIDE
        icon.paint(painter, QRect(round(x), round(text.center().y() - side / 2), side, side))

    def _draw_bars(self, painter: QPainter, block: QTextBlock, depth: int) -> None:
        around: QRectF = self.document().documentLayout().blockBoundingRect(block)
        nested = block.previous().blockFormat().intProperty(QUOTE_DEPTH) if block.previous().isValid() else 0
        gap = block.blockFormat().topMargin() if nested else 0.0
        mirrored = block.textDirection() is Qt.LayoutDirection.RightToLeft
        for level in range(depth):
            x = level * QUOTE_STEP + 2.0
            x = self.viewport().width() - x - _BAR if mirrored else x
            painter.fillRect(QRectF(x, around.top() - gap, _BAR, around.height() + gap), self.quote_colour)


TextView = ProseView | CodeView
"""Text that can be selected together with its neighbours'."""


def _nothing() -> str:
    return ""
