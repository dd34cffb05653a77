"""How Markdown looks: character and block formats made from the theme's tokens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QTextBlockFormat, QTextCharFormat

from app.ui.theme.tokens import Tokens

LINE_HEIGHT = 142
INDENT = 26
QUOTE_STEP = 18
QUOTE_DEPTH = int(QTextBlockFormat.Property.UserProperty) + 1
TASK = int(QTextBlockFormat.Property.UserProperty) + 4
"""Of an item of a task list: OPEN or DONE. Qt would draw its own box, and a cross in what is done."""
OPEN, DONE = 1, 2
RULE = int(QTextBlockFormat.Property.UserProperty) + 3
LATEX = int(QTextCharFormat.Property.UserProperty) + 2
_HEADING_FACTORS = (1.5, 1.3, 1.15, 1.05, 1.0, 1.0)


@dataclass(frozen=True)
class Look:
    """Formats for one theme.

    Attributes:
        tokens: colours and sizes.
        muted: drawn in the second colour: thinking, commentary.
    """

    tokens: Tokens
    muted: bool = False

    @property
    def ink(self) -> str:
        """Colour of running text."""
        colours = self.tokens.colours
        return colours.muted if self.muted else colours.text

    @property
    def size(self) -> int:
        """Font size of running text, in pixels."""
        return self.tokens.type.body if self.muted else self.tokens.type.reading

    def body(self) -> QTextCharFormat:
        """Running text."""
        made = QTextCharFormat()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(self.size)
        made.setFont(font)
        made.setForeground(QColor(self.ink))
        return made

    def heading(self, level: int) -> QTextCharFormat:
        """A heading, level 1 to 6."""
        made = self.body()
        made.setProperty(
            QTextCharFormat.Property.FontPixelSize, round(self.size * _HEADING_FACTORS[level - 1])
        )
        made.setFontWeight(QFont.Weight.DemiBold)
        return made

    def code(self) -> QTextCharFormat:
        """Code within a sentence, to be merged into the format around it."""
        made = QTextCharFormat()
        made.setFontFamilies([mono_family()])
        made.setFontFixedPitch(True)
        made.setBackground(QColor(self.tokens.colours.sunken))
        made.setProperty(QTextCharFormat.Property.FontPixelSize, self.size - 1)
        return made

    def link(self) -> QTextCharFormat:
        """A link, to be merged into the format around it."""
        made = QTextCharFormat()
        made.setForeground(QColor(self.tokens.colours.accent))
        made.setFontUnderline(True)
        return made

    def faint(self) -> QTextCharFormat:
        """What is said about the text, not by it."""
        made = QTextCharFormat()
        made.setForeground(QColor(self.tokens.colours.muted))
        return made

    def block(self) -> QTextBlockFormat:
        """A paragraph."""
        made = QTextBlockFormat()
        made.setLineHeight(LINE_HEIGHT, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        return made


def mono_family() -> str:
    """Family of the monospaced font."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
