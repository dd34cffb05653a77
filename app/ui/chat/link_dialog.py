"""Asks before a link opens in the browser, and shows where it leads."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.ui.markdown.links import destination


def ask_about_link(address: str, parent: QWidget) -> None:
    """Show where an address leads; open it if the user wants that. Other addresses do nothing."""
    leads_to = destination(address)
    if leads_to is None:
        return
    translate, role = QCoreApplication.translate, QMessageBox.ButtonRole
    box = QMessageBox(parent)
    box.setObjectName("link")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(translate("Link", "Open a link"))
    box.setText(translate("Link", "This link leads out of the program, to {0}:").format(leads_to.host))
    box.setInformativeText(leads_to.address)
    open_button = box.addButton(translate("Link", "Open in the browser"), role.AcceptRole)
    copy_button = box.addButton(translate("Link", "Copy the address"), role.ActionRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(leads_to.address)))
    copy_button.clicked.connect(lambda: QApplication.clipboard().setText(leads_to.address))
    box.finished.connect(box.deleteLater)
    box.open()
