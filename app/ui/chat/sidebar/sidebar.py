"""The sidebar: a new conversation, search, the list, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.history.records import ConversationSummary, Folder, SearchHit
from app.ui.chat.sidebar.delegate import RowDelegate
from app.ui.chat.sidebar.groups import Group, groups_of
from app.ui.chat.sidebar.hit_delegate import HitDelegate
from app.ui.chat.sidebar.items import HitItems, SidebarItems, row_at, title_of
from app.ui.chat.sidebar.menu import RowMenu
from app.ui.chat.sidebar.row_view import RowView
from app.ui.chat.sidebar.undo_bar import UndoBar
from app.ui.controls import button, icon_button, label
from app.ui.theme import Theme

SEARCH_PAUSE_MS = 150


class Sidebar(QWidget):
    """Shows what it is given and tells what the user wants; it keeps nothing itself.

    Args:
        theme: look.

    Signals:
        new_wanted: begin a conversation.
        opened: a conversation's id.
        hit_opened: a conversation's id and a message's, to be shown on its own branch.
        renamed: a conversation's id and its new title; empty goes back to the proposed one.
        pinned: a conversation's id and whether it is to be pinned.
        moved: a conversation's id and a folder's id, or None.
        moved_to_new: a conversation's id and the name of a folder to make.
        folder_renamed, folder_dissolved: a folder's id.
        deleted, restored: a conversation's id.
        exported: a conversation's id and the format's suffix.
        import_wanted: read conversations from a file.
        searched: the words looked for, a moment after the last key; empty when the search ends.
    """

    new_wanted = Signal()
    opened = Signal(int)
    hit_opened = Signal(int, int)
    renamed = Signal(int, str)
    pinned = Signal(int, bool)
    moved = Signal(int, object)
    moved_to_new = Signal(int, str)
    folder_renamed = Signal(int, str)
    folder_dissolved = Signal(int)
    deleted = Signal(int)
    restored = Signal(int)
    exported = Signal(int, str)
    import_wanted = Signal()
    searched = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._folders: Sequence[Folder] = ()
        self._current: int | None = None
        self._asked = ""
        self.items, self.hits = SidebarItems(), HitItems()
        self.items.setParent(self)
        self.hits.setParent(self)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.show_conversations([], [], date.today())

    def show_conversations(
        self, summaries: Sequence[ConversationSummary], folders: Sequence[Folder], today: date
    ) -> None:
        """Replace the list; what was current stays current, and the list stays where it was scrolled to."""
        self._folders = folders
        place = self.list.verticalScrollBar().value()
        self.items.show(groups_of(summaries, folders, today))
        self._mark_current()
        self.list.verticalScrollBar().setValue(place)
        self._show_page()

    def set_current(self, conversation_id: int | None) -> None:
        """Mark the conversation that is open; None for one not begun."""
        self._current = conversation_id
        self._mark_current()

    def show_hits(self, query: str, hits: Sequence[SearchHit]) -> None:
        """Show what a search found, unless other words are looked for by now."""
        if query != self.query():
            return
        self.hits.show(hits)
        self._nothing.setText(self.tr("Nothing holds these words.") if not hits else "")
        self._show_page()

    def query(self) -> str:
        """The words looked for."""
        return self.search.text().strip()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: from the search field, Down goes to what was found and Escape ends the search."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if event.key() == Qt.Key.Key_Down:
                view = self.results if self.query() else self.list
                view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _make_widgets(self) -> None:
        theme = self._theme
        self.new = button(self.tr("New conversation"), "quiet", theme.icon("new", "accent"))
        self.bring_in = icon_button(self.tr("Import conversations…"), theme.icon("import"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search conversations"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.installEventFilter(self)
        strip = theme.tokens.type.body + 2 * theme.tokens.space.s
        self.list = RowView(self.items, self.tr("Conversations"), strip)
        self.list.setItemDelegate(RowDelegate(theme, self.list))
        self.results = RowView(self.hits, self.tr("Search results"))
        self.results.setItemDelegate(HitDelegate(theme, self.results))
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setMargin(theme.tokens.space.l)
        self.undo_bar = UndoBar(theme)
        self._menu = RowMenu(theme, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)

    def _lay_out(self) -> None:
        space = self._theme.tokens.space
        top = QHBoxLayout()
        top.addWidget(self.new, 1)
        top.addWidget(self.bring_in)
        self.pages = QStackedWidget()
        for page in (self.list, self.results, self._nothing):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.s, space.s, space.s, space.s)
        layout.setSpacing(space.s)
        layout.addLayout(top)
        layout.addWidget(self.search)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.undo_bar)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_wanted)
        self.bring_in.clicked.connect(self.import_wanted)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._search_now)
        self._pause.timeout.connect(self._search_now)
        self.list.chosen.connect(self._open)
        self.list.deletion.connect(self._delete_row)
        self.list.menu_wanted.connect(self._open_menu)
        self.results.chosen.connect(self._open_hit)
        self.items.renamed.connect(self.renamed)
        self.items.folder_renamed.connect(self.folder_renamed)
        self.undo_bar.undone.connect(self.restored)
        menu = self._menu
        menu.rename.connect(lambda: self.list.edit(self.list.currentIndex()))
        menu.delete.connect(self._delete)
        menu.pin.connect(self.pinned)
        menu.move.connect(self.moved)
        menu.move_to_new.connect(self._ask_for_folder)
        menu.export.connect(self.exported)
        menu.dissolve.connect(self.folder_dissolved)
        self._theme.changed.connect(self._on_theme)

    def _on_theme(self) -> None:
        for view in (self.list, self.results):
            view.scheduleDelayedItemsLayout()
            view.viewport().update()

    def _on_typed(self) -> None:
        if self.query():
            self._pause.start()
        else:
            self._search_now()

    def _search_now(self) -> None:
        self._pause.stop()
        query = self.query()
        if query != self._asked:
            self._asked = query
            self.searched.emit(query)
        if not query:
            self.hits.show([])
        self._show_page()

    def _show_page(self) -> None:
        if self.query():
            self.pages.setCurrentWidget(self.results if self.hits.rowCount() else self._nothing)
            return
        if not self.items.rowCount():
            self._nothing.setText(self.tr("Conversations will be listed here."))
        self.pages.setCurrentWidget(self.list if self.items.rowCount() else self._nothing)

    def _mark_current(self) -> None:
        index = self.items.index_of(self._current) if self._current is not None else QModelIndex()
        self.list.setCurrentIndex(index)

    def _open(self, index: QModelIndex) -> None:
        row = row_at(index)
        if isinstance(row, ConversationSummary):
            self.opened.emit(row.id)
        elif isinstance(row, Group) and row.folder_id is not None:
            self.items.toggle(row.folder_id)
            self.list.setCurrentIndex(self.items.index(index.row()))

    def _open_hit(self, index: QModelIndex) -> None:
        hit = row_at(index)
        if not isinstance(hit, SearchHit):
            return
        if hit.message_id is None:
            self.opened.emit(hit.conversation_id)
        else:
            self.hit_opened.emit(hit.conversation_id, hit.message_id)

    def _delete_row(self, index: QModelIndex) -> None:
        row = row_at(index)
        if isinstance(row, ConversationSummary):
            self._delete(row.id)

    def _delete(self, conversation_id: int) -> None:
        row = row_at(self.items.index_of(conversation_id))
        self.undo_bar.offer(conversation_id, title_of(row))
        self.deleted.emit(conversation_id)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        row = row_at(index)
        if isinstance(row, ConversationSummary):
            self._menu.for_conversation(row, self._folders).popup(place)
        elif isinstance(row, Group) and row.folder_id is not None:
            self._menu.for_folder(row).popup(place)

    def _ask_for_folder(self, conversation_id: int) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("New folder"))
        dialog.setLabelText(self.tr("Name of the folder:"))
        dialog.textValueSelected.connect(lambda name: self._on_folder_named(conversation_id, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_named(self, conversation_id: int, name: str) -> None:
        if name.strip():
            self.moved_to_new.emit(conversation_id, name.strip())
