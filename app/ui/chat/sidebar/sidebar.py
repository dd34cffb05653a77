"""The sidebar: a new conversation, search, the list, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.history.records import ConversationSummary, Folder, SearchHit
from app.ui.chat.sidebar.conversation_list import ConversationList
from app.ui.chat.sidebar.hit_delegate import HitDelegate
from app.ui.chat.sidebar.hit_items import HitItems
from app.ui.chat.sidebar.items import row_at, title_of
from app.ui.chat.sidebar.row_view import RowView
from app.ui.chat.sidebar.search_field import SearchField
from app.ui.chat.sidebar.undo_bar import UndoBar
from app.ui.controls import button, icon_button, label
from app.ui.theme import Theme


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
        self.hits = HitItems()
        self.hits.setParent(self)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.show_conversations([], [], date.today())

    def show_conversations(
        self, summaries: Sequence[ConversationSummary], folders: Sequence[Folder], today: date
    ) -> None:
        """Replace the list; what was current stays current, and the list stays where it was scrolled to."""
        self.list.show_conversations(summaries, folders, today)
        self._show_page()

    def set_current(self, conversation_id: int | None) -> None:
        """Mark the conversation that is open; None for one not begun."""
        self.list.set_current(conversation_id)

    def show_hits(self, query: str, hits: Sequence[SearchHit]) -> None:
        """Show what a search found, unless other words are looked for by now."""
        if query != self.query():
            return
        self.hits.show(hits)
        self._nothing.setText(self.tr("Nothing holds these words.") if not hits else "")
        self._show_page()

    def query(self) -> str:
        """The words looked for."""
        return self.search.query()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _make_widgets(self) -> None:
        theme = self._theme
        self.new = button(self.tr("New conversation"), "quiet", theme.icon("new", "accent"))
        self.bring_in = icon_button(self.tr("Import conversations…"), theme.icon("import"))
        self.search = SearchField(theme)
        self.list = ConversationList(theme)
        self.results = RowView(self.hits, self.tr("Search results"))
        self.results.setItemDelegate(HitDelegate(theme, self.results))
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._nothing.setMargin(theme.tokens.space.l)
        self.undo_bar = UndoBar(theme)

    def _lay_out(self) -> None:
        space = self._theme.tokens.space
        top = QHBoxLayout()
        top.addWidget(self.new)
        top.addStretch(1)
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
        self.search.searched.connect(self._on_searched)
        self.search.left_downwards.connect(self._go_down)
        self.list.opened.connect(self.opened)
        self.list.deleted.connect(self._delete)
        self.results.chosen.connect(self._open_hit)
        self.undo_bar.undone.connect(self.restored)
        items, menu = self.list.items, self.list.menu
        items.renamed.connect(self.renamed)
        items.folder_renamed.connect(self.folder_renamed)
        items.moved.connect(self.moved)
        menu.pin.connect(self.pinned)
        menu.move.connect(self.moved)
        menu.move_to_new.connect(self.moved_to_new)
        menu.export.connect(self.exported)
        menu.dissolve.connect(self.folder_dissolved)
        self._theme.changed.connect(self._on_theme)

    def _on_theme(self) -> None:
        for view in (self.list, self.results):
            view.scheduleDelayedItemsLayout()
            view.viewport().update()

    def _on_searched(self, query: str) -> None:
        self.searched.emit(query)
        if not query:
            self.hits.show([])
        self._show_page()

    def _go_down(self) -> None:
        view = self.results if self.query() else self.list
        view.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_page(self) -> None:
        if self.query():
            self.pages.setCurrentWidget(self.results if self.hits.rowCount() else self._nothing)
            return
        if not self.list.items.rowCount():
            self._nothing.setText(self.tr("Conversations will be listed here."))
        self.pages.setCurrentWidget(self.list if self.list.items.rowCount() else self._nothing)

    def _open_hit(self, index: QModelIndex) -> None:
        hit = row_at(index)
        if not isinstance(hit, SearchHit):
            return
        if hit.message_id is None:
            self.opened.emit(hit.conversation_id)
        else:
            self.hit_opened.emit(hit.conversation_id, hit.message_id)

    def _delete(self, conversation_id: int) -> None:
        row = row_at(self.list.items.index_of(conversation_id))
        self.undo_bar.offer(conversation_id, title_of(row))
        self.deleted.emit(conversation_id)
