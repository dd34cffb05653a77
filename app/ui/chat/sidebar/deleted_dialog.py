"""What was deleted in the last weeks, to be brought back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QListWidgetItem, QWidget

from app.history.records import ConversationSummary
from app.ui.chat.sidebar.items import title_of
from app.ui.controls import allow, button
from app.ui.list_dialog import ListDialog
from app.ui.theme import Theme

_LETTERS = 30


class DeletedDialog(ListDialog):
    """Lists deleted conversations.

    Args:
        summaries: the last changed first.
        theme: distances and icons.
        parent: the sidebar.

    Signals:
        restored: a conversation's id.
    """

    restored = Signal(int)

    def __init__(self, summaries: Sequence[ConversationSummary], theme: Theme, parent: QWidget) -> None:
        super().__init__(_LETTERS, theme, parent)
        said = self.tr("Deleted conversations can be brought back for 30 days; then they are erased.")
        self.describe(self.tr("Recently deleted"), said)
        self.restore = button(self.tr("Restore"), "primary")
        self._fill(summaries)
        self.buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        self.restore.clicked.connect(self._restore)
        self.list.itemActivated.connect(self._restore)
        self.list.currentRowChanged.connect(self._offer)
        self._offer()

    def _fill(self, summaries: Sequence[ConversationSummary]) -> None:
        for summary in summaries:
            date = QDate(summary.day.year, summary.day.month, summary.day.day)
            day = QLocale().toString(date, QLocale.FormatType.ShortFormat)
            item = QListWidgetItem(self.tr("{title} · {day}").format(title=title_of(summary), day=day))
            item.setData(Qt.ItemDataRole.UserRole, summary.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _offer(self) -> None:
        nothing = self.tr("Nothing was deleted lately.")
        allow(self.restore, "" if self.list.currentItem() is not None else nothing)

    def _restore(self) -> None:
        item = self.list.takeItem(self.list.currentRow())
        self.restored.emit(item.data(Qt.ItemDataRole.UserRole))
        self._offer()
