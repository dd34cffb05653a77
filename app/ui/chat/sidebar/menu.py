"""The menu of a row: what can be done with a conversation or a folder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.history.records import ConversationSummary, Folder
from app.ui.chat.sidebar.groups import Group
from app.ui.theme import Theme


class RowMenu(QObject):
    """Makes menus and tells what was chosen.

    Signals:
        rename: edit the row's text in place.
        delete: the conversation's id.
        pin: the conversation's id and whether it is to be pinned.
        move: the conversation's id and the folder's, or None.
        move_to_new: the conversation's id and the name that was typed for a new folder.
        export: the conversation's id and the format's suffix.
        dissolve: the folder's id.
    """

    rename = Signal()
    delete = Signal(int)
    pin = Signal(int, bool)
    move = Signal(int, object)
    move_to_new = Signal(int, str)
    export = Signal(int, str)
    dissolve = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parent = parent

    def for_conversation(self, row: ConversationSummary, folders: Sequence[Folder]) -> QMenu:
        """A conversation's menu; it deletes itself when it closes."""
        menu = self._menu()
        self._add(menu, self.tr("Rename"), "rename").triggered.connect(self.rename)
        pin = (
            self._add(menu, self.tr("Unpin"), "unpin")
            if row.pinned
            else self._add(menu, self.tr("Pin"), "pin")
        )
        pin.triggered.connect(lambda: self.pin.emit(row.id, not row.pinned))
        self._add_folders(menu.addMenu(self._theme.icon("folder"), self.tr("Move to folder")), row, folders)
        self._add_formats(menu.addMenu(self._theme.icon("export"), self.tr("Export")), row)
        menu.addSeparator()
        self._add(menu, self.tr("Delete"), "delete").triggered.connect(lambda: self.delete.emit(row.id))
        return menu

    def for_folder(self, group: Group) -> QMenu:
        """A folder's menu; it deletes itself when it closes."""
        menu = self._menu()
        self._add(menu, self.tr("Rename"), "rename").triggered.connect(self.rename)
        dissolve = self._add(menu, self.tr("Dissolve the folder, keep its conversations"), "delete")
        dissolve.triggered.connect(lambda: self.dissolve.emit(group.folder_id))
        return menu

    def _add_folders(self, menu: QMenu, row: ConversationSummary, folders: Sequence[Folder]) -> None:
        none = menu.addAction(self.tr("No folder"))
        self._check(none, chosen=row.folder_id is None)
        none.triggered.connect(lambda: self.move.emit(row.id, None))
        for folder in folders:
            action = menu.addAction(folder.name.replace("&", "&&"))
            self._check(action, chosen=row.folder_id == folder.id)
            action.triggered.connect(lambda _=False, number=folder.id: self.move.emit(row.id, number))
        menu.addSeparator()
        menu.addAction(self.tr("New folder…")).triggered.connect(lambda: self._ask_for_folder(row.id))

    def _ask_for_folder(self, conversation_id: int) -> None:
        dialog = QInputDialog(self._parent)
        dialog.setWindowTitle(self.tr("New folder"))
        dialog.setLabelText(self.tr("Name of the folder:"))
        dialog.textValueSelected.connect(lambda name: self._on_folder_named(conversation_id, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_named(self, conversation_id: int, name: str) -> None:
        if name.strip():
            self.move_to_new.emit(conversation_id, name.strip())

    def _add_formats(self, menu: QMenu, row: ConversationSummary) -> None:
        formats = (
            ("md", self.tr("Markdown…")),
            ("html", self.tr("Web page (HTML)…")),
            ("json", self.tr("JSON with all versions…")),
        )
        for suffix, text in formats:
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, suffix=suffix: self.export.emit(row.id, suffix))

    def _menu(self) -> QMenu:
        menu = QMenu(self._parent)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _add(self, menu: QMenu, text: str, icon: str) -> QAction:
        return menu.addAction(self._theme.icon(icon, "danger" if icon == "delete" else "muted"), text)

    @staticmethod
    def _check(action: QAction, *, chosen: bool) -> None:
        action.setCheckable(True)
        action.setChecked(chosen)
