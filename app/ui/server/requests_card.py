"""The requests of other programs: what is being answered, and what was kept of the past."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from app.ui.controls import allow, button, label
from app.ui.frame.words import count
from app.ui.markdown.safe_text import neutralise
from app.ui.server.request_log import Entry, RequestLog
from app.ui.theme import Theme

_REFRESH_MS = 500
_LINES = 6
_STRETCHED = 1


class RequestsCard(QFrame):
    """A table that is drawn anew at most twice a second, and only while somebody can see it.

    Args:
        log: the requests.
        theme: look.
    """

    def __init__(self, log: RequestLog, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._log, self._theme = log, theme
        self._stale = True
        self._items: list[QTreeWidgetItem] = []
        self.said = label("", "caption", wrap=True)
        self.clear_button = button(self.tr("Clear"), "quiet")
        self.clear_button.clicked.connect(log.clear)
        self.table = self._make_table()
        space = theme.tokens.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.l, space.m, space.l, space.m)
        layout.setSpacing(space.s)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.clear_button)
        layout.addLayout(row)
        layout.addWidget(self.table)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._tick)
        log.changed.connect(self._mark)
        self.refresh()

    def refresh(self) -> None:
        """Show the requests as they are now."""
        self._stale = False
        entries = [*self._log.running, *self._log.ended]
        while len(self._items) > len(entries):
            self._items.pop()
            self.table.takeTopLevelItem(len(self._items))
        while len(self._items) < len(entries):
            self._items.append(QTreeWidgetItem(self.table))
        for item, entry in zip(self._items, entries, strict=True):
            self._fill(item, entry)
        running = len(self._log.running)
        self.said.setText(
            self.tr("Being answered or waiting: {number}").format(number=count(running))
            if running
            else self.tr("Nothing is being answered.")
        )
        allow(self.clear_button, "" if self._log.ended else self.tr("Nothing was kept."))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: keep what is shown fresh."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nobody looks; rest."""
        super().hideEvent(event)
        self._timer.stop()

    def _mark(self) -> None:
        self._stale = True

    def _tick(self) -> None:
        if self._stale or self._log.running:
            self.refresh()

    def _fill(self, item: QTreeWidgetItem, entry: Entry) -> None:
        known = bool(entry.input_tokens or entry.output_tokens)
        tokens = self.tr("{0} in, {1} out").format(count(entry.input_tokens), count(entry.output_tokens))
        texts = (
            entry.moment.strftime("%H:%M:%S"),
            neutralise(f"{entry.method} {entry.path}"),
            neutralise(entry.model),
            tokens if known else "",
            self.tr("{0} s").format(QLocale().toString(_seconds(entry), "f", 1)),
            self._state(entry),
        )
        for column, text in enumerate(texts):
            item.setText(column, text)
            item.setToolTip(column, text)

    def _state(self, entry: Entry) -> str:
        names = {
            "running": self.tr("Running"),
            "completed": self.tr("Done"),
            "incomplete": self.tr("Cut at its limit"),
            "failed": self.tr("Failed"),
            "cancelled": self.tr("Cancelled"),
        }
        return names.get(entry.state) or self.tr("Refused ({status})").format(status=entry.status)

    def _make_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(self.tr("Requests"))
        heads = (self.tr("Time"), self.tr("Request"), self.tr("Model"), self.tr("Tokens"))
        table.setHeaderLabels([*heads, self.tr("Duration"), self.tr("State")])
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = table.header()
        header.setAccessibleName(table.accessibleName())
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_STRETCHED, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(_LINES * 2 * self._theme.tokens.type.body)
        return table


def _seconds(entry: Entry) -> float:
    """How long it took, or takes already."""
    if entry.state == "running":
        return (datetime.now().astimezone() - entry.moment).total_seconds()
    return entry.seconds
