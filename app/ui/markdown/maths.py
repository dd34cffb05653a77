"""Formulas drawn on a thread of their own and kept."""

from __future__ import annotations

import logging
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal

from app.ui.markdown.formula import LONGEST, Formula, FormulaKey, typeset

_MOST_KEPT = 2_000
_LOG = logging.getLogger(__name__)


class Maths(QObject):
    """Gives the picture of a formula, at once when it is known, else later.

    Attributes:
        drawn: emitted when formulas that were asked for have become known.
    """

    drawn = Signal()
    _arrived = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._known: OrderedDict[FormulaKey, Formula] = OrderedDict()
        self._asked: dict[FormulaKey, Future[None]] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._arrived.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def find(self, key: FormulaKey) -> Formula | None:
        """The formula; None while it is being drawn."""
        if len(key.latex) > LONGEST:
            return Formula()
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
        elif key not in self._asked:
            self._asked[key] = self._start().submit(self._draw, key)
        return known

    def close(self) -> None:
        """End the thread; what waits is not drawn."""
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None
        self._asked.clear()

    def _start(self) -> ThreadPoolExecutor:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="maths")
        return self._thread

    def _draw(self, key: FormulaKey) -> None:
        try:
            formula = typeset(key)
        except Exception:
            _LOG.exception("a formula could not be drawn")
            formula = Formula()
        self._arrived.emit(key, formula)

    def _keep(self, key: FormulaKey, formula: Formula) -> None:
        self._asked.pop(key, None)
        self._known[key] = formula
        if len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        self.drawn.emit()
