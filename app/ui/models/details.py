"""A dialog with all that is known of something: headings, facts, tables, a licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.controls import button, label, scrolled
from app.ui.models import words
from app.ui.theme import Theme

_MOST_LINES = 12


class DetailsDialog(QDialog):
    """A column that scrolls, over a row of buttons.

    Args:
        title: of the dialog.
        theme: distances.
        parent: the pane.
    """

    def __init__(self, title: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._theme = theme
        space, body = theme.tokens.space, theme.tokens.type.body
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(space.l, space.l, space.l, space.l)
        self.column.setSpacing(space.m)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, space.m)
        layout.addWidget(scrolled(content), 1)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(space.l, 0, space.l, 0)
        bottom.addWidget(self.buttons)
        layout.addLayout(bottom)
        self.resize(56 * body, 46 * body)

    def add_heading(self, text: str) -> None:
        """A heading inside the column."""
        self.column.addWidget(label(text, "subtitle"))

    def add_text(self, text: str, kind: str = "") -> None:
        """A paragraph."""
        self.column.addWidget(label(text, kind, wrap=True, selectable=True))

    def add_facts(self, facts: Mapping[str, str]) -> None:
        """Names and values; what is empty is left out. Values may be what strangers wrote: plain text."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.tokens.space.l)
        grid.setColumnStretch(1, 1)
        known = {name: value for name, value in facts.items() if value}
        for row, (name, value) in enumerate(known.items()):
            grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words.breakable(value), wrap=True, selectable=True), row, 1)
        self.column.addLayout(grid)

    def add_table(self, name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> QTreeWidget:
        """A table, as high as its rows need up to a limit."""
        table = QTreeWidget()
        table.setRootIsDecorated(False)
        table.setAccessibleName(name)
        table.setHeaderLabels(list(head))
        table.addTopLevelItems([QTreeWidgetItem(list(row)) for row in rows])
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        lines = min(_MOST_LINES, table.topLevelItemCount()) + 2
        table.setFixedHeight(round(lines * 2.4 * self._theme.tokens.type.body))
        self.column.addWidget(table)
        return table

    def add_licence_text(self, text: str) -> None:
        """The text of a licence, shown when somebody wants to read it."""
        shown = QPlainTextEdit(text or self.tr("Its text comes with the model's files."))
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(self.tr("Text of the licence"))
        shown.setMinimumHeight(20 * self._theme.tokens.type.body)
        shown.hide()
        read = button(self.tr("Read the licence"))
        read.setCheckable(True)
        read.toggled.connect(shown.setVisible)
        self.column.addWidget(read, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(shown)
