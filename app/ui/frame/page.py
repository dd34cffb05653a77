"""The layout that the settings, models and hardware panes share: a title over a scrolled column."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import IndoorsError
from app.ui.controls import label, scrolled
from app.ui.notice import Notice, Remedy
from app.ui.theme import Theme
from app.ui.wording import told


class Page(QWidget):
    """A pane with a heading, a place for a notice, and a column that holds the rest.

    Args:
        title: the heading.
        lead: one sentence under it.
        theme: distances.
    """

    def __init__(self, title: str, lead: str, theme: Theme) -> None:
        super().__init__()
        space = theme.tokens.space
        inner = QWidget()
        inner.setMaximumWidth(theme.tokens.column + 2 * space.xxl)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(space.xxl, space.xxl, space.xxl, space.xxl)
        self.column.setSpacing(space.l)
        self.header = QHBoxLayout()
        self.header.addWidget(label(title, "title"), 1)
        self.column.addLayout(self.header)
        self.column.addWidget(label(lead, "muted", wrap=True))
        self.notice = Notice(theme)
        self.column.addWidget(self.notice)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 1, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(inner, Qt.AlignmentFlag.AlignTop)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))

    def show_problem(self, error: IndoorsError | None, remedies: Iterable[Remedy] = ()) -> None:
        """Show what went wrong and what helps, or nothing any more."""
        if error is None:
            self.notice.hide()
        else:
            self.notice.tell(told(error), remedies)
