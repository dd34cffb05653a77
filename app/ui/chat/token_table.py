"""A table of tokens: place, id, text. Only the rows on the screen cost anything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from app.ui.markdown.look import mono_family
from app.ui.markdown.safe_text import neutralise

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Spelling:
    """Tokens: their text together, each one's id, and its text."""

    text: str
    ids: Sequence[int]
    texts: Sequence[str]


class TokenModel(QAbstractTableModel):
    """Tokens as rows.

    Args:
        tokens: what is listed.
    """

    def __init__(self, tokens: Spelling) -> None:
        super().__init__()
        self._tokens = tokens
        self._titles = (self.tr("Place"), self.tr("Id"), self.tr("Text"))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: one a token."""
        return 0 if parent.isValid() else len(self._tokens.ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Qt: place, id, text."""
        return len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Qt: the columns' titles."""
        shown = role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal
        return self._titles[section] if shown else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: numbers to the right, text as JSON writes it, so that white space can be seen."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column < 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if column < 2:
            return str(row + 1 if column == 0 else self._tokens.ids[row])
        return neutralise(json.dumps(self._tokens.texts[row], ensure_ascii=False))


class TokenTable(QTableView):
    """Shows tokens; Ctrl+C copies the chosen rows.

    Args:
        tokens: what is listed.
        name: what a screen reader calls it.
    """

    def __init__(self, tokens: Spelling, name: str) -> None:
        super().__init__()
        self._model = TokenModel(tokens)
        self.setModel(self._model)
        self.setAccessibleName(name)
        font = self.font()
        font.setFamilies([mono_family()])
        self.setFont(font)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the rows that are chosen go to the clipboard as lines of fields parted by tabs."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self._chosen())
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> str:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = range(self._model.columnCount())
        return "\n".join(
            "\t".join(str(self._model.index(row, column).data()) for column in columns) for row in rows
        )
