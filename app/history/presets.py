"""Instructions and sampling kept under names, for any conversation to take up."""

from __future__ import annotations

import json

from app.database.connection import Database
from app.errors import UsageError
from app.history.records import Preset
from app.history.stored_text import clean, to_json


class Presets:
    """The table of presets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Preset]:
        """All presets by name."""
        rows = self._database.rows("SELECT name, instructions, sampling FROM preset")
        found = (Preset(row["name"], row["instructions"], json.loads(row["sampling"])) for row in rows)
        return sorted(found, key=lambda preset: preset.name.casefold())

    def save(self, preset: Preset) -> None:
        """Keep a preset in the place of one of the same name.

        Raises:
            UsageError: the name is empty.
        """
        name = clean(" ".join(preset.name.split()))
        if not name:
            raise UsageError("A preset needs a name.", "Type one.")
        with self._database.writing("saving the preset") as connection:
            connection.execute(
                "INSERT OR REPLACE INTO preset (name, instructions, sampling) VALUES (?, ?, ?)",
                (name, clean(preset.instructions), to_json(preset.sampling)),
            )

    def rename(self, name: str, new: str) -> None:
        """Give a preset another name; nothing where it has that one.

        Raises:
            UsageError: the new name is empty, or another preset has it.
        """
        new = clean(" ".join(new.split()))
        if not new:
            raise UsageError("A preset needs a name.", "Type one.")
        if new != name and any(preset.name == new for preset in self.all()):
            raise UsageError("There is a preset of that name already.", "Choose another name.")
        with self._database.writing("renaming the preset") as connection:
            connection.execute("UPDATE preset SET name = ? WHERE name = ?", (new, name))

    def delete(self, name: str) -> None:
        """Forget a preset."""
        with self._database.writing("deleting the preset") as connection:
            connection.execute("DELETE FROM preset WHERE name = ?", (name,))
