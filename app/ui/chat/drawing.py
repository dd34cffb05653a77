"""What every part of a conversation needs in order to draw itself."""

from __future__ import annotations

from dataclasses import dataclass

from markdown_it import MarkdownIt

from app.ui.markdown.maths import Maths
from app.ui.markdown.parser import make_parser
from app.ui.markdown.prose import ProseWriter
from app.ui.theme import Theme


@dataclass(frozen=True)
class Drawing:
    """The means of drawing, shared by all rows of a view.

    Attributes:
        theme: colours, sizes, icons.
        parser: the Markdown dialect.
        maths: draws formulas.
        prose: draws prose.
    """

    theme: Theme
    parser: MarkdownIt
    maths: Maths
    prose: ProseWriter

    @classmethod
    def make(cls, theme: Theme, maths: Maths) -> Drawing:
        """The means for a theme."""
        parser = make_parser()
        return cls(theme, parser, maths, ProseWriter(parser, maths, theme.tokens.column))
