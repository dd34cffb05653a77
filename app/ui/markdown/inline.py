"""Writes what stands within a line: emphasis, code, links, formulas, images."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)

from app.ui.markdown.formula import Formula, FormulaKey
from app.ui.markdown.links import destination
from app.ui.markdown.look import LATEX, Look
from app.ui.markdown.maths import Maths
from app.ui.markdown.pictures import embedded_image, formula_image

_FACTOR = 1.2  # the letters of the mathematics font are smaller than those of most others
_DISPLAY_FACTOR = 1.35


class InlineWriter:
    """Writes lines into a document.

    Args:
        parser: the dialect.
        maths: draws formulas.
        references: the link definitions of the whole text.
        look: formats.
        widest: the widest an image may be, in pixels.

    Attributes:
        whole: no formula is missing so far.
    """

    def __init__(
        self, parser: MarkdownIt, maths: Maths, references: Mapping[str, Any], look: Look, widest: int
    ) -> None:
        self._parser = parser
        self._maths = maths
        self._references = dict(references)
        self._look = look
        self._widest = widest
        self._link = ""
        self.whole = True

    def write(self, cursor: QTextCursor, content: str, body: QTextCharFormat) -> None:
        """Write a line.

        Args:
            cursor: where.
            content: its source.
            body: the format of what has none of its own.
        """
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, {"references": self._references}, tokens)
        formats = [QTextCharFormat(body)]
        for token in tokens:
            self._take(cursor, token, formats)

    def formula(self, cursor: QTextCursor, latex: str, body: QTextCharFormat, *, display: bool) -> None:
        """Write a formula; its source stands there as long as, or if ever, it cannot be drawn."""
        size = body.font().pixelSize()
        size = round(size * (_DISPLAY_FACTOR if display else _FACTOR))
        key = FormulaKey(latex, size, body.foreground().color().name(), display)
        drawn = self._maths.find(key)
        if drawn is None:
            self.whole = False
        if drawn is None or not drawn.svg:
            source = QTextCharFormat(body)
            source.merge(self._look.code())
            cursor.insertText(latex.strip().replace("\n", " "), source)
        else:
            self._insert_formula(cursor, key, drawn, body)

    def _take(self, cursor: QTextCursor, token: Token, formats: list[QTextCharFormat]) -> None:
        if token.type in {"text", "text_special"}:
            cursor.insertText(token.content, formats[-1])
        elif token.type in {"softbreak", "hardbreak"}:
            cursor.insertText(" " if token.type == "softbreak" else "\u2028", formats[-1])
        elif token.type == "code_inline":
            cursor.insertText(token.content, _merged(formats[-1], self._look.code()))
        elif token.type in {"math_inline", "math_inline_double"}:
            display = token.type == "math_inline_double"
            self.formula(cursor, token.content, formats[-1], display=display)
        elif token.type == "image":
            self._image(cursor, token, formats[-1])
        elif token.nesting == 1:
            formats.append(self._opened(token, formats[-1]))
        elif token.nesting == -1:
            formats.pop()
            if token.type == "link_close":
                self._close_link(cursor, formats[-1])

    def _opened(self, token: Token, around: QTextCharFormat) -> QTextCharFormat:
        made = QTextCharFormat(around)
        if token.type == "strong_open":
            made.setFontWeight(QFont.Weight.Bold)
        elif token.type == "em_open":
            made.setFontItalic(True)
        elif token.type == "s_open":
            made.setFontStrikeOut(True)
        elif token.type == "link_open":
            self._open_link(str(token.attrs.get("href", "")), made)
        return made

    def _open_link(self, href: str, made: QTextCharFormat) -> None:
        leads_to = destination(href)
        if leads_to is None:
            self._link = href
            return
        made.merge(self._look.link())
        made.setAnchor(True)
        made.setAnchorHref(leads_to.address)
        made.setToolTip(leads_to.address)

    def _close_link(self, cursor: QTextCursor, around: QTextCharFormat) -> None:
        """A link that leads nowhere shows where it wanted to."""
        if self._link:
            cursor.insertText(f" ({self._link})", _merged(around, self._look.faint()))
            self._link = ""

    def _image(self, cursor: QTextCursor, token: Token, around: QTextCharFormat) -> None:
        address = str(token.attrs.get("src", ""))
        image = embedded_image(address, self._widest)
        if image is None:
            text = QCoreApplication.translate("InlineWriter", "[Image not loaded: {0}]")
            shown = address if not address.startswith("data:") else "data:…"
            label = f"{token.content} – {shown}" if token.content else shown
            cursor.insertText(text.format(label), _merged(around, self._look.faint()))
            return
        name = f"image-{image.cacheKey()}"
        cursor.document().addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
        made = QTextImageFormat()
        made.setName(name)
        made.setToolTip(token.content)
        cursor.insertImage(made)

    def _insert_formula(
        self, cursor: QTextCursor, key: FormulaKey, drawn: Formula, body: QTextCharFormat
    ) -> None:
        half_x = QFontMetricsF(body.font()).xHeight() / 2
        image = formula_image(drawn, half_x)
        name = f"formula-{image.cacheKey()}"
        cursor.document().addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), image)
        made = QTextImageFormat()
        made.setFont(body.font())
        made.setName(name)
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        made.setToolTip(key.latex.strip())
        made.setProperty(LATEX, f"$${key.latex.strip()}$$" if key.display else f"${key.latex.strip()}$")
        cursor.insertImage(made)


def _merged(first: QTextCharFormat, second: QTextCharFormat) -> QTextCharFormat:
    made = QTextCharFormat(first)
    made.merge(second)
    return made
