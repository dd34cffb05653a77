"""What keeps a draft from being sent, in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication


@dataclass
class Obstacles:
    """What is going on.

    Attributes:
        sending: a draft was sent, and is not in the history yet.
        busy: an answer is being written.
        forbidden: why the model cannot be asked; empty when it can.
    """

    sending: bool = False
    busy: bool = False
    forbidden: str = ""

    def reason(self, *, reading: bool, empty: bool) -> str:
        """Why nothing can be sent now; empty when it can.

        Args:
            reading: a file is being read.
            empty: there is neither text nor file.
        """
        translate = QCoreApplication.translate
        if self.sending:
            return translate("Composer", "The message is being saved.")
        if self.busy:
            return translate("Composer", "An answer is being written. Stop it first, or wait for its end.")
        if reading:
            return translate("Composer", "A file is being read.")
        if empty:
            return translate("Composer", "There is nothing to send yet.")
        return self.forbidden
