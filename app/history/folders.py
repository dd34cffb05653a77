"""Named groups of conversations."""

from __future__ import annotations

import sqlite3

from app.database.connection import Database
from app.errors import UsageError
from app.history.records import Folder
from app.history.stored_text import clean


class Folders:
    """The table of folders."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Folder]:
        """All folders by name."""
        rows = self._database.rows("SELECT id, name FROM folder")
        return sorted(
            (Folder(row["id"], row["name"]) for row in rows), key=lambda folder: folder.name.casefold()
        )

    def create(self, name: str) -> int:
        """Make a folder, or find the one of that name.

        Raises:
            UsageError: the name is empty.
        """
        with self._database.writing("creating the folder") as connection:
            return find_or_create(connection, name)

    def rename(self, folder_id: int, name: str) -> None:
        """Give a folder another name.

        Raises:
            UsageError: the name is empty or taken, or there is no such folder.
        """
        wanted = _checked(name)
        taken = self._database.row("SELECT 1 FROM folder WHERE name = ? AND id <> ?", (wanted, folder_id))
        if taken:
            raise UsageError("There is a folder {wanted!r} already.", "Choose another name.", wanted=wanted)
        with self._database.writing("renaming the folder") as connection:
            changed = connection.execute("UPDATE folder SET name = ? WHERE id = ?", (wanted, folder_id))
            if changed.rowcount == 0:
                raise UsageError(
                    "There is no folder {number}.", "It may have been deleted.", number=str(folder_id)
                )

    def delete(self, folder_id: int) -> None:
        """Dissolve a folder; its conversations stay, in none."""
        with self._database.writing("deleting the folder") as connection:
            connection.execute("DELETE FROM folder WHERE id = ?", (folder_id,))


def find_or_create(connection: sqlite3.Connection, name: str) -> int:
    """The id of the folder of that name, made if needed, inside a transaction."""
    wanted = _checked(name)
    connection.execute("INSERT INTO folder (name) VALUES (?) ON CONFLICT DO NOTHING", (wanted,))
    return int(connection.execute("SELECT id FROM folder WHERE name = ?", (wanted,)).fetchone()[0])


def _checked(name: str) -> str:
    wanted = clean(" ".join(name.split()))
    if not wanted:
        raise UsageError("A folder needs a name.", "Type one.")
    return wanted
