"""Tells what could not be done, with what helps, where it is seen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.errors import IndoorsError
from app.ui.chat.readiness import Readiness
from app.ui.chat.remedies import Remedies
from app.ui.chat.session import Session
from app.ui.notice import Notice
from app.ui.wording import told


class Troubles(QObject):
    """Shows errors above the composer; those of loads also while another pane is open.

    Args:
        notice: above the composer.
        remedies: what helps against a load that failed.
        readiness: hears of a load that failed within an answer.
        session: the open conversation.

    Attributes:
        remedies: what helps.

    Signals:
        unseen: a model could not be loaded while another pane is open: a sentence, and remedies.
    """

    unseen = Signal(str, object)

    def __init__(self, notice: Notice, remedies: Remedies, readiness: Readiness, session: Session) -> None:
        super().__init__(notice)
        self._notice = notice
        self.remedies = remedies
        self._readiness = readiness
        self._session = session

    def tell(self, error: IndoorsError) -> None:
        """Say what went wrong."""
        remedies = tuple(self.remedies.of(error))
        pane = self._notice.parentWidget()
        if remedies and pane is not None and not pane.isVisible():
            self.unseen.emit(told(error), remedies)
        else:
            self._notice.tell(told(error), remedies)

    def answer_failed(self, message_id: int, error: IndoorsError) -> None:
        """The turn tells why; where that may be for the load of its model, what helps is offered."""
        wanted = self._session.options.model
        self._readiness.note_failure(wanted, error, lambda: self._session.regenerate(message_id))
        if remedies := tuple(self.remedies.of(error)):
            self._notice.tell(told(error), remedies)
