"""What the chat adds to menus, shortcuts and the command palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.history.records import Role
from app.ui.chat.pane import ChatPane
from app.ui.frame.commands import Command, Menu


def chat_commands(pane: ChatPane, show: Callable[[], object]) -> list[Command]:
    """The commands of a chat pane.

    Args:
        pane: what they act on.
        show: brings the pane to the front first.
    """
    translate = QCoreApplication.translate

    def shown(act: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            show()
            act()

        return run

    new = translate("ChatCommands", "New conversation")
    find = translate("ChatCommands", "Find in conversation")
    search = translate("ChatCommands", "Search conversations")
    listing = translate("ChatCommands", "Show or hide the conversations")
    sheet = translate("ChatCommands", "How this conversation is answered")
    stop = translate("ChatCommands", "Stop the answer")
    again = translate("ChatCommands", "Answer again")
    bring = translate("ChatCommands", "Import conversations…")
    out = translate("ChatCommands", "Export all conversations…")
    deleted = translate("ChatCommands", "Recently deleted conversations…")
    side, group = pane.sidebar, "conversation"
    file, edit, view = Menu.FILE, Menu.EDIT, Menu.VIEW

    def export_all() -> None:
        pane.run(pane.listing.export_all())

    def show_deleted() -> None:
        pane.run(pane.listing.show_deleted())

    def answer_again() -> None:
        branch = pane.session.branch
        if branch and branch[-1].role is Role.ASSISTANT:
            pane.run(pane.session.regenerate(branch[-1].id))

    def search_all() -> None:
        side.show()
        side.focus_search()

    return [
        Command("chat.new", new, shown(side.new_wanted.emit), file, ("Ctrl+N",), "new", group=group),
        Command("chat.import", bring, shown(side.import_wanted.emit), file, (), "import", group=group),
        Command("chat.export", out, shown(export_all), file, (), "export", group=group),
        Command("chat.deleted", deleted, shown(show_deleted), file, (), "undo", group=group),
        Command("chat.stop", stop, shown(pane.answers.stop), edit, ("Ctrl+.",), "stop", group="answer"),
        Command("chat.again", again, shown(answer_again), edit, ("Ctrl+R",), "regenerate", group="answer"),
        Command("chat.find", find, shown(pane.find_bar.open), edit, ("Ctrl+F",), "search", group="find"),
        Command("chat.search", search, shown(search_all), edit, ("Ctrl+Shift+F",), group="find"),
        Command(
            "chat.list", listing, shown(pane.toggle_sidebar), view, ("Ctrl+B",), "sidebar", group="window"
        ),
        Command("chat.sheet", sheet, shown(pane.toggle_sheet), view, ("Ctrl+I",), "sliders", group="window"),
    ]
