"""Moving the models folder: copied, checked, switched over, and only then deleted where it was.

A journal in the home says what is under way, so a move that was killed at any point either goes on where it
was when it is asked for again, or is brought to its end by `finish`. Until the switch the old folder is in
force and complete; after it the new one is.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from app.errors import UsageError, from_os_error
from app.files import rename, write_whole
from app.library.copying import MARK, Copier
from app.library.store import Store
from app.paths import Paths
from app.progress import Progress, silent

_JOURNAL = "models-move.json"
_DEFAULT = "models"
_ON_A_DISK = "indoors-models"


@dataclass(frozen=True)
class Move:
    """A move that is under way or was cut off: absolute paths, and the process that does it."""

    old: str
    new: str
    pid: int
    started: float

    @property
    def stage(self) -> Path:
        """Where the copies are gathered, beside their place."""
        new = Path(self.new)
        return new.with_name(f".{new.name}.moving")

    @property
    def elsewhere(self) -> bool:
        """Another process is at it right now."""
        try:
            return self.pid != os.getpid() and psutil.Process(self.pid).create_time() == self.started
        except psutil.Error:
            return False


class Mover:
    """Moves the models folder.

    Args:
        paths: of the app.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._journal = paths.home / _JOURNAL

    def pending(self) -> Move | None:
        """The move that was begun and has not ended."""
        try:
            return Move(**json.loads(self._journal.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def finish(self) -> None:
        """Bring a move to its end that was cut off around its switch; one cut off earlier stays as it is.

        Raises:
            StorageError: the disk refused.
        """
        move = self.pending()
        if move is None or move.elsewhere:
            return
        old, new = Path(move.old), Path(move.new)
        try:
            if new.is_dir() and old.parent.is_dir() and not old.exists():
                self._switch(new)
            if self._paths.models == new:
                self._clear(old, new)
        except OSError as error:
            raise from_os_error(error, "finishing the move of the models folder") from error

    def move(
        self, folder: Path, progress: Progress = silent, cancelled: Callable[[], bool] = lambda: False
    ) -> Path:
        """Move every model to another folder; gives the folder, which on a disk of its own is one inside.

        Args:
            folder: where to; made if it is not there, and empty if it is.
            progress: hears "copy" in bytes.
            cancelled: asked often; True ends it. What was copied is kept for another try.

        Raises:
            UsageError: the folder is not empty, or one lies in the other, or a move is under way.
            DiskFull: not enough room there.
            StorageError: the models are on a disk that is not connected, or a disk refused.
            Cancelled: it was.
        """
        self.finish()
        Store(self._paths).require_connected()
        move = self._begin(folder.expanduser().absolute())
        old, new = Path(move.old), Path(move.new)
        try:
            new.parent.mkdir(parents=True, exist_ok=True)
            if not old.is_dir():
                new.mkdir(exist_ok=True)
            elif _same_disk(old, new.parent) and not move.stage.exists():
                rename(old, new)
            else:
                Copier(old, move.stage, progress, cancelled).run()
                rename(move.stage, new)
            self._switch(new)
            self._clear(old, new)
        except OSError as error:
            raise from_os_error(error, "moving the models folder") from error
        return new

    def _begin(self, folder: Path) -> Move:
        new = folder / _ON_A_DISK if os.path.ismount(folder) else folder
        old = self._paths.models
        known = self.pending()
        if known and known.elsewhere:
            raise UsageError(
                "The models folder is being moved to {folder} already.", "Wait for it.", folder=known.new
            )
        if new == old:
            raise UsageError("The models are in {folder} already.", "Choose another folder.", folder=new)
        if new.is_relative_to(old) or old.is_relative_to(new):
            raise UsageError(
                "{new} and {old} lie in one another.", "Choose another folder.", new=new, old=old
            )
        if any(self._paths.downloads_beside_models.glob("*")):
            raise UsageError(
                "Unfinished downloads lie in {folder}.", "Finish or cancel them first.", folder=old
            )
        move = Move(str(old), str(new), os.getpid(), psutil.Process().create_time())
        mine = known is not None and known.new == move.new
        self._make_way(move, mine=mine)
        self._paths.home.mkdir(parents=True, exist_ok=True)
        write_whole(self._journal, json.dumps(asdict(move)))
        return move

    def _make_way(self, move: Move, *, mine: bool) -> None:
        """See that the new folder is not there; what a move that was cut off made becomes its stage again."""
        new = Path(move.new)
        try:
            if mine and (new / MARK).is_file() and not move.stage.exists():
                rename(new, move.stage)
            if new.exists():
                new.rmdir()
        except OSError as error:
            raise UsageError(
                "{folder} is not an empty folder.", "Choose an empty one, or a new name.", folder=new
            ) from error

    def _clear(self, old: Path, new: Path) -> None:
        if old.is_dir():
            shutil.rmtree(old)
        (new / MARK).unlink(missing_ok=True)
        self._journal.unlink()

    def _switch(self, new: Path) -> None:
        home = self._paths.home
        if new == home / _DEFAULT:
            self._paths.models_pointer.unlink(missing_ok=True)
            return
        inside = new.is_relative_to(home)
        write_whole(self._paths.models_pointer, str(new.relative_to(home) if inside else new))


def _same_disk(first: Path, second: Path) -> bool:
    return first.stat().st_dev == second.stat().st_dev
