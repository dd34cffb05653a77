"""The hardware pane: what is known of this computer, and what is not known yet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QProgressBar, QVBoxLayout

from app.paths import Paths
from app.ui.controls import frame, label
from app.ui.frame.machine import Machine, free_room, look
from app.ui.frame.page import Page
from app.ui.frame.words import count, size
from app.ui.theme import Theme

_REFRESH_MS = 2000
_PARTS = 1000


class HardwarePane(Page):
    """Processor, memory, disk and runtime; what is free is read again while the pane is shown.

    Args:
        places: the disk that holds the models is the one that is measured.
        theme: look.
    """

    def __init__(self, places: Paths, theme: Theme) -> None:
        translate = QCoreApplication.translate
        lead = translate("HardwarePane", "What this computer offers to a model.")
        super().__init__(translate("HardwarePane", "Hardware"), lead, theme)
        self._places = places
        self._machine = look()
        self.memory = Meter(self.tr("Memory"))
        self.disk = Meter(self.tr("Disk"))
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._add_meters(theme)
        self._add_facts(self._machine, theme)
        self._add_note(theme)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is free."""
        room = free_room(self._places.models)
        self.memory.show_free(room.memory, self._machine.memory)
        self.disk.show_free(room.disk, room.disk_total)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep what is shown fresh."""
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: rest."""
        super().hideEvent(event)
        self._timer.stop()

    def _add_meters(self, theme: Theme) -> None:
        card = frame("card")
        column = QVBoxLayout(card)
        space = theme.tokens.space
        column.setContentsMargins(space.l, space.l, space.l, space.l)
        column.setSpacing(space.l)
        for meter in (self.memory, self.disk):
            grid = QGridLayout()
            grid.setVerticalSpacing(space.s)
            grid.addWidget(meter.title, 0, 0)
            grid.addWidget(meter.figures, 0, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(meter.bar, 1, 0, 1, 2)
            column.addLayout(grid)
        self.column.addWidget(card)

    def _add_facts(self, machine: Machine, theme: Theme) -> None:
        card = frame("card")
        form = QFormLayout(card)
        space = theme.tokens.space
        form.setContentsMargins(space.l, space.l, space.l, space.l)
        form.setHorizontalSpacing(space.xl)
        form.setVerticalSpacing(space.m)
        unknown = self.tr("unknown")
        facts = {
            self.tr("Processor"): machine.processor or unknown,
            self.tr("Physical cores"): count(machine.cores) if machine.cores else unknown,
            self.tr("Logical processors"): count(machine.threads),
            self.tr("System"): machine.system,
            self.tr("onnxruntime"): machine.runtime or self.tr("not installed"),
        }
        for name, value in facts.items():
            form.addRow(label(name, "muted"), label(value, wrap=True, selectable=True))
        self.column.addWidget(card)

    def _add_note(self, theme: Theme) -> None:
        text = self.tr(
            "Models run on the processor. Graphics cards are not looked for and not used yet: "
            "support for them is not in this version."
        )
        note = label(text, "notice-info", wrap=True)
        note.setMargin(theme.tokens.space.m)
        self.column.addWidget(note)


class Meter:
    """A title, figures, and a bar that shows what is used.

    Args:
        title: what is measured.
    """

    def __init__(self, title: str) -> None:
        self.title = label(title)
        self.figures: QLabel = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)

    def show_free(self, free: int, total: int) -> None:
        """Show what is free of a total, in bytes."""
        text = QCoreApplication.translate("HardwarePane", "{free} free of {total}")
        words = text.format(free=size(free), total=size(total))
        self.figures.setText(words)
        self.bar.setAccessibleDescription(words)
        self.bar.setValue(round(_PARTS * (1 - free / total)) if total else 0)
