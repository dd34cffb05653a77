"""The list of conversations beside the chat: grouped, searched, named, deleted with undo."""

from app.ui.chat.sidebar.sidebar import Sidebar

__all__ = ["Sidebar"]
