"""The headings and conversations of the sidebar as a Qt item model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.history.records import ConversationSummary, SearchHit
from app.ui.chat.sidebar.groups import Group

Index = QModelIndex | QPersistentModelIndex
Row = Group | ConversationSummary | SearchHit

_NO_PARENT = QModelIndex()
_CONVERSATION = "application/x-indoors-conversation"


class ItemRole(IntEnum):
    """Data besides Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    FOLDED = Qt.ItemDataRole.UserRole + 2


class SidebarItems(QAbstractListModel):
    """Groups with their conversations; a folder's can be folded away.

    Signals:
        renamed: conversation's id and the title that was typed.
        folder_renamed: folder's id and the name that was typed.
        moved: a conversation was dropped: its id, and the folder's or None.
    """

    renamed = Signal(int, str)
    folder_renamed = Signal(int, str)
    moved = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[Group] = []
        self._rows: list[Row] = []
        self._folded: set[int] = set()

    def show(self, groups: Sequence[Group]) -> None:
        """Replace everything."""
        self._groups = list(groups)
        self._rebuild()

    def toggle(self, folder_id: int) -> None:
        """Fold a folder, or unfold it."""
        self._folded ^= {folder_id}
        self._rebuild()

    def is_folded(self, folder_id: int | None) -> bool:
        """Whether a group's conversations are hidden."""
        return folder_id in self._folded

    def index_of(self, conversation_id: int) -> QModelIndex:
        """The row of a conversation; an invalid index when it is not shown."""
        for number, row in enumerate(self._rows):
            if isinstance(row, ConversationSummary) and row.id == conversation_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: a day's heading is only read; a folder's opens and folds; a conversation can be dragged."""
        row, flag = row_at(index), Qt.ItemFlag
        if row is None:
            return flag.NoItemFlags
        if isinstance(row, Group) and row.folder_id is None:
            return flag.ItemNeverHasChildren | flag.ItemIsDropEnabled
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren | flag.ItemIsEditable
        dragged = flag.NoItemFlags if isinstance(row, Group) else flag.ItemIsDragEnabled
        return usual | flag.ItemIsDropEnabled | dragged

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a row's text, its tool tip, what a screen reader says, or the row itself."""
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ItemRole.ROW:
            return row
        if role == ItemRole.FOLDED:
            return isinstance(row, Group) and self.is_folded(row.folder_id)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole}:
            return title_of(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: a title was typed; whoever keeps it answers with `show`."""
        row = row_at(index)
        text = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or text == title_of(row):
            return False
        if isinstance(row, ConversationSummary):
            self.renamed.emit(row.id, text)
        elif isinstance(row, Group) and row.folder_id is not None and text:
            self.folder_renamed.emit(row.folder_id, text)
        return True

    def mimeTypes(self) -> list[str]:
        """Qt: what is dragged is a conversation of this list."""
        return [_CONVERSATION]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt: the id of the conversation that is dragged."""
        found = [row.id for row in map(row_at, indexes) if isinstance(row, ConversationSummary)]
        data = QMimeData()
        data.setData(_CONVERSATION, str(found[0] if found else "").encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Qt: a conversation can be dropped on any row: a folder's, or one outside of folders."""
        return bool(data.data(_CONVERSATION)) and parent.isValid()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Qt: tell of the move; whoever keeps the conversations answers with `show`."""
        target = row_at(parent)
        if not isinstance(target, Group | ConversationSummary) or not data.data(_CONVERSATION):
            return False
        self.moved.emit(int(bytes(data.data(_CONVERSATION).data())), target.folder_id)
        return True

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = []
        for group in self._groups:
            self._rows.append(group)
            if not self.is_folded(group.folder_id):
                self._rows += group.conversations
        self.endResetModel()

    def _spoken(self, row: Row) -> str:
        if isinstance(row, Group):
            return self._spoken_group(row)
        marks = [title_of(row)]
        if isinstance(row, ConversationSummary):
            marks += [self.tr("pinned")] if row.pinned else []
            marks += [self.tr("has a draft")] if row.has_draft else []
        return ", ".join(marks)

    def _spoken_group(self, group: Group) -> str:
        if group.folder_id is None:
            return group.title
        state = self.tr("folded") if self.is_folded(group.folder_id) else self.tr("unfolded")
        return self.tr("Folder {name}, {state}").format(name=group.title, state=state)


def row_at(index: Index) -> Row | None:
    """What an index stands for; None for an invalid one."""
    row: Row | None = index.data(ItemRole.ROW) if index.isValid() else None
    return row


def title_of(row: Row | None) -> str:
    """A row's own text; a conversation without a title is called so."""
    if row is None:
        return ""
    return row.title or QCoreApplication.translate("Sidebar", "New conversation")
