"""What a search found as a Qt item model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from app.history.records import SearchHit
from app.ui.chat.sidebar.items import Index, ItemRole

_NO_PARENT = QModelIndex()


class HitItems(QAbstractListModel):
    """What a search found."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[SearchHit] = []

    def show(self, hits: Sequence[SearchHit]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a hit, its text, or what a screen reader says."""
        if not 0 <= index.row() < len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == ItemRole.ROW:
            return hit
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return hit.excerpt
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(hit)
        return None

    def _spoken(self, hit: SearchHit) -> str:
        if hit.message_id is None:
            return self.tr("Title: {title}").format(title=hit.title)
        where = (
            self.tr("{title}: {excerpt}") if hit.active else self.tr("{title}, another version: {excerpt}")
        )
        return where.format(title=hit.title, excerpt=hit.excerpt)
