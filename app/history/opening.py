"""Opens the history's file whatever state it is in: sound, damaged, read-only, or from a later version.

The app always gets a history that works. Where it is not the file on disk, a notice says so.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from app.database.connection import BUSY_TIMEOUT_S, Database
from app.database.failures import explain, is_damage
from app.errors import AccessDenied, NewerVersion, StorageError, from_os_error
from app.files import rename
from app.history.backup import Backups
from app.history.copying import readable_copy
from app.history.migrate import is_sound, is_whole, migrate, version_of
from app.history.rescue import rescue
from app.phrases import Phrase

FILE_NAME = "history.sqlite3"
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True)
class Notice:
    """Something the user must be told about opening.

    Attributes:
        sentences: what happened, and what to do now.
    """

    sentences: tuple[Phrase, ...]

    def __str__(self) -> str:
        return " ".join(map(str, self.sentences))


@dataclass
class Opened:
    """A database ready to use.

    Attributes:
        persistent: what is written stays; False for a history in memory.
        notices: what had to be done, to be shown once.
    """

    database: Database
    backups: Backups
    persistent: bool = True
    notices: list[Notice] = field(default_factory=list)


def open_database(folder: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Opened:
    """Open, check and migrate the history in a folder.

    Args:
        folder: holds the file and its backups; made when missing.
        busy_timeout_s: how long to wait for another process.

    Raises:
        StorageError: another process holds the file, or the disk failed; trying again may help.
    """
    path, backups = folder / FILE_NAME, Backups(folder / "backups")
    notices: list[Notice] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        database, damaged = _open_sound(path, backups, busy_timeout_s)
        try:
            migrate(database, backups)
            if damaged is not None:
                notices.append(_replaced(damaged, database))
        except BaseException:
            database.close()
            raise
    except NewerVersion as error:
        return Opened(_in_memory(None, path), backups, False, [_not_kept(error)])
    except AccessDenied as error:
        return Opened(_in_memory(path, path), backups, False, [_not_kept(error)])
    except OSError as error:
        refusal = from_os_error(error, "opening the history")
        return Opened(_in_memory(path, path), backups, False, [_not_kept(refusal)])
    return Opened(database, backups, True, notices)


def _not_kept(error: StorageError) -> Notice:
    loss = Phrase("Conversations of this session will not be kept.")
    return Notice((error.cause, loss, error.remedy))


@dataclass(frozen=True)
class _Damaged:
    """A file that was set aside, and the backup that took its place, if any."""

    path: Path
    backup: str = ""


def _open_sound(path: Path, backups: Backups, timeout_s: float) -> tuple[Database, _Damaged | None]:
    try:
        return _checked(path, timeout_s), None
    except sqlite3.Error as error:
        if not is_damage(error):
            raise explain(error, path, "opening the history") from error
    damaged = _set_aside(path, backups)
    try:
        return _checked(path, timeout_s), damaged
    except sqlite3.Error as error:
        raise explain(error, path, "opening the history") from error


def _replaced(damaged: _Damaged, database: Database) -> Notice:
    """Add what the damaged file still holds, and tell of it all."""
    try:
        count = rescue(damaged.path, database)
    except (OSError, StorageError):  # no room for it; the damaged file stays, so nothing is lost by going on
        count = 0
    kept = Phrase.of("The history was damaged; the damaged file is kept as {path}.", path=damaged.path)
    taken = Phrase.of("The backup {backup} was taken up.", backup=damaged.backup)
    begun = taken if damaged.backup else Phrase("A new history was begun.")
    rescued = Phrase.of("Messages that were rescued from it: {count}.", count=count)
    return Notice((kept, begun, rescued) if count else (kept, begun))


def _checked(path: Path, timeout_s: float) -> Database:
    database = Database(path, busy_timeout_s=timeout_s)
    try:
        if not is_whole(database.connection):
            damage = sqlite3.DatabaseError("quick_check found damage")
            damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damage
        _prove_writable(database.connection)
    except BaseException:
        database.close()
        raise
    return database


def _prove_writable(connection: sqlite3.Connection) -> None:
    """Write and take it back: a read-only file opens, locks and reads like any other."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version = {version_of(connection)}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _set_aside(path: Path, backups: Backups) -> _Damaged:
    """Rename a damaged file and put the newest sound backup in its place."""
    aside = _free_name(path)
    rename(path, aside)
    for suffix in _BESIDE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            rename(beside, aside.with_name(aside.name + suffix))
    for backup in backups.newest_first():
        if is_sound(backup):
            shutil.copyfile(backup, path)
            return _Damaged(aside, backup.name)
    return _Damaged(aside)


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _in_memory(source: Path | None, label: Path) -> Database:
    """A database in memory, with what can be read of a file that cannot be written."""
    database = Database(None, label)
    if source is not None and _is_there(source):
        try:
            _read_into(database, source)
        except (sqlite3.Error, OSError):
            database.close()
            database = Database(None, label)
    migrate(database, None)
    return database


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _read_into(database: Database, source: Path) -> None:
    with readable_copy(source) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()  # memory holds no WAL
        connection.backup(database.connection)
