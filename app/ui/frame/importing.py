"""The progress of an import."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from app.errors import Cancelled
from app.ui.controls import allow, button, label
from app.ui.theme import Theme
from app.worker.client import EventStream
from app.worker.protocol import PROGRESS

_PARTS = 1000


class ImportBar(QFrame):
    """A bar, what is being done, and a button to stop it; hidden while nothing is imported.

    Args:
        theme: distances.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._stream: EventStream | None = None
        self._phase = label("")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress of the import"))
        self.stop = button(self.tr("Stop"))
        self.stop.clicked.connect(self._cancel)
        space = theme.tokens.space
        texts = QVBoxLayout()
        texts.setSpacing(space.s)
        texts.addWidget(self._phase)
        texts.addWidget(self._progress)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.l, space.l, space.l, space.l)
        layout.setSpacing(space.l)
        layout.addLayout(texts, 1)
        layout.addWidget(self.stop)
        self.hide()

    async def follow(self, stream: EventStream, name: str) -> None:
        """Show the events of an import until its end; a stopped one ends quietly.

        Raises:
            IndoorsError: the import failed.
        """
        self._stream = stream
        self._show(self.tr("Starting…"), name, 0, 0)
        allow(self.stop)
        self.show()
        try:
            async with stream:
                async for event in stream:
                    if event.name == PROGRESS:
                        self._show_progress(event.data, name)
        except Cancelled:
            return
        finally:
            self._stream = None
            self.hide()

    def _cancel(self) -> None:
        if self._stream is not None:
            self._stream.cancel()
            allow(self.stop, self.tr("The import is being stopped."))

    def _show_progress(self, data: Any, name: str) -> None:
        phase = _phase_text(str(data.get("phase")))
        self._show(phase, name, int(data.get("done", 0)), int(data.get("total", 0)))

    def _show(self, phase: str, name: str, done: int, total: int) -> None:
        self._phase.setText(f"{name}: {phase}")
        self._progress.setRange(0, _PARTS if total else 0)
        self._progress.setValue(_PARTS * done // total if total else 0)


def _phase_text(phase: str) -> str:
    translate = QCoreApplication.translate
    known = {
        "load": translate("Import", "Loading"),
        "adapt": translate("Import", "Preparing it for this computer"),
        "weights": translate("Import", "Converting the weights"),
        "copy": translate("Import", "Copying"),
        "verify": translate("Import", "Verifying"),
        "checksums": translate("Import", "Taking checksums"),
    }
    return known.get(phase, translate("Import", "Importing"))
