"""One window for each home: a second start brings the first one's window forward and ends."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial

from PySide6.QtCore import QCryptographicHash, QDeadlineTimer, QLockFile, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.errors import IndoorsError
from app.paths import Paths
from app.ui.frame import foreground

_ANSWER_MS = 1000
_PATIENCE_MS = 15_000
_PAUSE_MS = 100
_LOG = logging.getLogger(__name__)


class SingleInstance(QObject):
    """A lock file says who is first; the others reach it through a local socket, which is no network.

    Args:
        places: the home that only one window may use.
    """

    asked = Signal()

    def __init__(self, places: Paths) -> None:
        super().__init__()
        self._home = places.home
        self._lock = QLockFile(str(places.home / "window.lock"))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        home = str(places.home.resolve()).encode("utf-8")
        digest = QCryptographicHash.hash(home, QCryptographicHash.Algorithm.Sha256)
        self._name = f"indoors-{digest.toHex().toStdString()[:24]}"

    def claim(self) -> bool:
        """Become the first; False when another one is, whose window has then been asked to come forward.

        Raises:
            IndoorsError: another one is the first, but does not answer.
        """
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not self._is_first():
            if self._ask_first():
                return False
            if deadline.hasExpired():
                raise IndoorsError(
                    "Indoors is running already, but does not answer.", "End it and start again."
                )
            self._drop_left_behind()
            QThread.msleep(_PAUSE_MS)
        self._listen()
        return True

    def release(self) -> None:
        """Let the next one be the first."""
        self._server.close()
        self._lock.unlock()

    def _is_first(self) -> bool:
        """A home that cannot be written cannot be locked either, and needs no lock."""
        try:
            self._home.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True
        if self._lock.tryLock(0):
            return True
        return self._lock.error() is not QLockFile.LockError.LockFailedError

    def _drop_left_behind(self) -> None:
        """Remove the lock file of a first that died, where its process id is in use again.

        Qt then takes it for held. What is held it does not remove: Windows removes no open file, elsewhere
        it tries the file's own lock before. Not so on macOS; there it knows of restarts, and ids return late.
        """
        reused = self._lock.getLockInfo()[0] == os.getpid()  # as in a container, where the first id is ours
        if sys.platform == "win32" or (reused and sys.platform != "darwin"):
            self._lock.removeStaleLockFile()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            _LOG.warning("no second start can reach this window: %s", self._server.errorString())

    def _ask_first(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(_ANSWER_MS)
        if reached:
            socket.write(f"{foreground.hand_on()}\n".encode())
            socket.waitForReadyRead(_ANSWER_MS)
            reached = bool(socket.readAll().size())
            socket.disconnectFromServer()
        return reached

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(partial(self._come_forward, socket))
            self._come_forward(socket)

    def _come_forward(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        foreground.take(socket.readLine().toStdString().strip())
        socket.write(b"shown\n")
        socket.flush()
        self.asked.emit()
