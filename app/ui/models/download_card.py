"""One download with all there is to know of it."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from app.download.protocol import Download, FileProgress
from app.ui.controls import button
from app.ui.frame.words import size
from app.ui.models import words
from app.ui.models.actions import Actions
from app.ui.models.card import Card
from app.ui.models.download_view import DownloadView
from app.ui.models.finishing import Importing
from app.ui.models.looks import Act, look
from app.ui.theme import Theme

_MOST_LINES = 8


class DownloadCard(Card):
    """How far a download is, file by file where that is wanted.

    Args:
        download: as it is now.
        actions: what the buttons do.
        theme: look.
    """

    def __init__(self, download: Download, actions: Actions, theme: Theme) -> None:
        self.key = download.key
        name = download.name or download.id
        super().__init__(name, theme)
        self.files_button = button(self.tr("Files"), "quiet")
        self.files_button.setAccessibleName(self.tr("Files of {model}").format(model=name))
        self.files_button.setCheckable(True)
        self.files_button.toggled.connect(self._show_files)
        self.add_button(self.files_button)
        self.view = DownloadView(name, theme)
        self.view.asked.connect(lambda act: actions.steer(self.key, Act(act)))
        self._lines: dict[str, QTreeWidgetItem] = {}
        self.files = self._make_files(name)
        self.body.addWidget(self.view)
        self.body.addWidget(self.files)
        self._download = download

    def show_download(self, download: Download, importing: Importing | None) -> None:
        """Bring the card up to date."""
        origin = f"{download.reference.name} · {download.host}" if download.host else download.reference.name
        origin = words.breakable(origin)
        if self.facts.text() != origin:
            self.facts.setText(origin)
        self.view.show_look(look(download, importing))
        self._download = download
        if self.files.isVisibleTo(self):
            self._fill()

    def _show_files(self, shown: bool) -> None:
        self.files.setVisible(shown)
        if shown:
            self._fill()

    def _fill(self) -> None:
        for file in self._download.files:
            if file.path not in self._lines:
                self._lines[file.path] = QTreeWidgetItem(self.files, [file.path, "", ""])
                self._fit()
            item = self._lines[file.path]
            for column, text in ((1, words.state(file.state)), (2, _amount(file))):
                if item.text(column) != text:
                    item.setText(column, text)

    def _fit(self) -> None:
        """As high as the lines need, up to a limit."""
        lines = min(_MOST_LINES, len(self._lines)) * self.files.sizeHintForRow(0)
        around = self.files.height() - self.files.viewport().height()
        self.files.setFixedHeight(lines + max(around, self.files.header().sizeHint().height()))

    def _make_files(self, name: str) -> QTreeWidget:
        made = QTreeWidget()
        made.setRootIsDecorated(False)
        made.setHeaderLabels([self.tr("File"), self.tr("State"), self.tr("Size")])
        made.setAccessibleName(self.tr("Files of {model}").format(model=name))
        made.header().setStretchLastSection(False)
        made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.hide()
        return made


def _amount(file: FileProgress) -> str:
    total = size(file.total) if file.total is not None else words.UNKNOWN
    return f"{size(file.done)} / {total}"
