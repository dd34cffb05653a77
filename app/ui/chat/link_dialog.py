"""Asks before a link opens in the browser, and shows where it leads."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.ui.markdown.links import destination


def ask_about_link(address: str, parent: QWidget) -> None:
    """Show where an address leads; open it if the user wants that. Other addresses do nothing."""
    leads_to = destination(address)
    if leads_to is None:
        return
    box = QMessageBox(parent)
    box.setObjectName("link")
    box.setWindowTitle(box.tr("Open a link"))
    box.setText(box.tr("This link leads out of the program, to {0}:").format(leads_to.host))
    box.setInformativeText(leads_to.address)
    open_button = box.addButton(box.tr("Open in the browser"), QMessageBox.ButtonRole.AcceptRole)
    copy_button = box.addButton(box.tr("Copy the address"), QMessageBox.ButtonRole.ActionRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(leads_to.address)))
    copy_button.clicked.connect(lambda: QApplication.clipboard().setText(leads_to.address))
    box.finished.connect(box.deleteLater)
    box.open()
