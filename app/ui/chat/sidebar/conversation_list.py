"""The list of conversations: opening, dragging into folders, deleting, and each row's menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Signal

from app.history.records import ConversationSummary, Folder
from app.ui.chat.sidebar.delegate import RowDelegate
from app.ui.chat.sidebar.groups import Group, groups_of
from app.ui.chat.sidebar.items import SidebarItems, row_at
from app.ui.chat.sidebar.menu import RowMenu
from app.ui.chat.sidebar.row_view import RowView
from app.ui.theme import Theme


class ConversationList(RowView):
    """Conversations under their headings.

    Args:
        theme: look.

    Signals:
        opened: a conversation's id.
        deleted: a conversation's id.

    Attributes:
        items: the rows; it tells of names that were typed and of conversations that were dropped.
        menu: tells what was chosen for a row.
    """

    opened = Signal(int)
    deleted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self.items = SidebarItems()
        super().__init__(self.items, QCoreApplication.translate("Sidebar", "Conversations"))
        self.items.setParent(self)
        self._theme = theme
        self._folders: Sequence[Folder] = ()
        self._current: int | None = None
        self.menu = RowMenu(theme, self)
        self.setItemDelegate(RowDelegate(theme, self))
        self.let_drag()
        self.chosen.connect(self._open)
        self.deletion.connect(self._delete)
        self.menu_wanted.connect(self._open_menu)
        self.menu.rename.connect(lambda: self.edit(self.currentIndex()))
        self.menu.delete.connect(self.deleted)
        theme.changed.connect(self._measure)
        self._measure()

    def show_conversations(
        self, summaries: Sequence[ConversationSummary], folders: Sequence[Folder], today: date
    ) -> None:
        """Replace the rows; what was current stays current, and the list stays where it was scrolled to."""
        self._folders = folders
        place = self.verticalScrollBar().value()
        self.items.show(groups_of(summaries, folders, today))
        self._mark_current()
        self.verticalScrollBar().setValue(place)

    def set_current(self, conversation_id: int | None) -> None:
        """Mark the conversation that is open; None for one not begun."""
        self._current = conversation_id
        self._mark_current()

    def _measure(self) -> None:
        tokens = self._theme.tokens
        self.menu_strip = tokens.type.body + 2 * tokens.space.s

    def _mark_current(self) -> None:
        index = self.items.index_of(self._current) if self._current is not None else QModelIndex()
        self.setCurrentIndex(index)

    def _open(self, index: QModelIndex) -> None:
        row = row_at(index)
        if isinstance(row, ConversationSummary):
            self.opened.emit(row.id)
        elif isinstance(row, Group) and row.folder_id is not None:
            self.items.toggle(row.folder_id)
            self.setCurrentIndex(self.items.index(index.row()))

    def _delete(self, index: QModelIndex) -> None:
        row = row_at(index)
        if isinstance(row, ConversationSummary):
            self.deleted.emit(row.id)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        row = row_at(index)
        if isinstance(row, ConversationSummary):
            self.menu.for_conversation(row, self._folders).popup(place)
        elif isinstance(row, Group) and row.folder_id is not None:
            self.menu.for_folder(row).popup(place)
