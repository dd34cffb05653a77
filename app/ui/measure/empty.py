"""The program that the window's start is compared with: an empty window, painted once.

`python -m app.ui.measure.empty NAMES`; it imports of Qt just what the real program does, and nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module

from PySide6.QtCore import QEventLoop, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """Tells when it has been painted."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint."""
        super().paintEvent(event)
        QTimer.singleShot(0, self.painted.emit)


def main() -> None:
    """Paint, and say what it took."""
    for source, names in json.loads(sys.argv[1]).items():
        module = import_module(source)
        for name in names:
            getattr(module, name)
    app = QApplication(sys.argv[:1])
    window, loop = Window(), QEventLoop()
    window.painted.connect(loop.quit)
    window.show()
    loop.exec()
    sys.stderr.write(f"painted after {time.process_time():.3f} s of work\n")
    sys.stderr.flush()
    window.close()
    app.quit()


if __name__ == "__main__":
    main()
