"""What happens when something unforeseen fails: a dialog, and a bundle for those who can mend it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from app.errors import Cancelled, IndoorsError
from app.ui.wording import said

if TYPE_CHECKING:
    import asyncio

_LOG = logging.getLogger(__name__)


class CrashWatch(QObject):
    """Hears every exception that nobody handled: in Qt's slots, in threads, in the asyncio loop.

    Args:
        show: shows an exception to the user; it runs on the window's thread.
    """

    _heard = Signal(object)

    def __init__(self, show: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._show = show
        self._showing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to listen."""
        self._loop = loop
        sys.excepthook = self._from_interpreter
        threading.excepthook = self._from_thread
        loop.set_exception_handler(self._from_loop)

    def uninstall(self) -> None:
        """Stop listening."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._loop is not None:
            self._loop.set_exception_handler(None)

    def dismissed(self) -> None:
        """The user has seen the last one; show the next."""
        self._showing = False

    def _from_interpreter(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self._note(error)

    def _from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
            self._note(arguments.exc_value)

    def _from_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._note(error)
        else:
            _LOG.error("asyncio: %s", context.get("message"))

    def _note(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        _LOG.error("unhandled: %s", type(error).__name__, exc_info=error)
        self._heard.emit(error)

    def _on_heard(self, error: BaseException) -> None:
        """One dialog at a time: a fault that repeats must not bury the window."""
        if not self._showing:
            self._showing = True
            self._show(error)


def sentence(error: BaseException) -> tuple[str, str]:
    """Message and hint of an exception; an unforeseen one has no hint."""
    if isinstance(error, IndoorsError):
        return said(error.cause), said(error.remedy)
    text = QCoreApplication.translate("CrashWatch", "An unexpected failure: {failure}.")
    return text.format(failure=f"{type(error).__name__}: {error}"), ""
