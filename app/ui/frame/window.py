"""The main window: rail, panes, footer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.ui.frame.footer import Footer
from app.ui.frame.notice import NoticeBar
from app.ui.frame.pane import KeyboardHome, Pane
from app.ui.frame.rail import Rail
from app.ui.frame.state import StateFile, WindowState
from app.ui.theme import Theme

_USUAL_SIZE = (1180, 780)
_SMALLEST_SIZE = (560, 420)


class MainWindow(QMainWindow):
    """The one window.

    Args:
        panes: what the rail offers, in order; each is built when it is first shown.
        theme: colours, type and icons.
        state: where size, place and the open pane are kept.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, panes: Sequence[Pane], theme: Theme, state: StateFile) -> None:
        super().__init__()
        self._panes = {pane.key: pane for pane in panes}
        self._built: dict[str, QWidget] = {}
        self._state = state
        self._current = ""
        self.setWindowTitle(self.tr("Indoors"))
        self.setMinimumSize(*_SMALLEST_SIZE)
        self.rail = Rail(panes, theme)
        self.rail.chosen.connect(self.open_pane)
        self._stack = QStackedWidget()
        self._stack.setProperty("kind", "surface")
        self.notices = NoticeBar(theme)
        self.footer = Footer(theme)
        self._lay_out(self.footer)
        self._painted = False
        self._remembered = self._restore(state.read())

    @property
    def current_pane(self) -> str:
        """Key of the pane that is shown."""
        return self._current

    def open_first_pane(self) -> QWidget:
        """Show the pane that was open when the program ended."""
        return self.open_pane(self._remembered)

    def open_pane(self, key: str) -> QWidget:
        """Show a pane; gives its widget."""
        widget = self.prepare_pane(key)
        from_rail = self.rail.has_focus()
        self._stack.setCurrentWidget(widget)
        self._current = key
        self.rail.select(key)
        if from_rail:
            self.rail.focus()
        else:
            _first_focusable(widget).setFocus(Qt.FocusReason.OtherFocusReason)
        return widget

    def prepare_pane(self, key: str) -> QWidget:
        """Build a pane without showing it, unless that is done; gives its widget."""
        if key not in self._built:
            widget = self._panes[key].build()
            widget.setAccessibleName(self._panes[key].title)
            self._built[key] = widget
            self._stack.addWidget(widget)
        return self._built[key]

    def focus_next_area(self) -> None:
        """Move the keyboard from the rail into the pane, or back."""
        pane = self._built[self._current]
        inside = self.focusWidget()
        if inside is not None and (inside is pane or pane.isAncestorOf(inside)):
            self.rail.focus()
        else:
            _first_focusable(pane).setFocus(Qt.FocusReason.TabFocusReason)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def bring_forward(self) -> None:
        """Show the window above the others, for someone asked for it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time that the window is on the screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the state; whoever runs the program hears `closed`."""
        self._state.write(WindowState(bytes(self.saveGeometry().data()), self._current or self._remembered))
        super().closeEvent(event)
        self.closed.emit()

    def _lay_out(self, footer: QWidget) -> None:
        central = QWidget()
        outer = QVBoxLayout(central)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.notices)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        outer.addLayout(row, 1)
        outer.addWidget(footer)
        self.setCentralWidget(central)

    def _restore(self, state: WindowState) -> str:
        """Take the size and place that were kept; gives the pane."""
        if not (state.geometry and self.restoreGeometry(state.geometry)):
            self.resize(*_USUAL_SIZE)
        return state.pane if state.pane in self._panes else next(iter(self._panes))


def _first_focusable(pane: QWidget) -> QWidget:
    """Where a pane wants the keyboard, or what the Tab key would reach first in it."""
    if isinstance(pane, KeyboardHome):
        return pane.keyboard_home()
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        reachable = widget.isVisible() and widget.isEnabled() and pane.isAncestorOf(widget)
        if reachable and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
        widget = widget.nextInFocusChain()
    return pane
