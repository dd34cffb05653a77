from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.database.connection import Database
from app.history import migrate, opening, rescue
from app.history.backup import Backups
from app.history.messages import Messages
from app.history.schema import MIGRATIONS
from app.history.store import History
from tests.support.conversations import reply, say, talk, texts


def fill(folder: Path, *words: str, backup: bool = False) -> None:
    history = History.open(folder)
    for word in words:
        talk(history, word)
    if backup:
        history.maintain()
    history.close()


def titles(history: History) -> list[str]:
    return sorted(line.title for line in history.conversations.summaries())


def test_a_fresh_history_is_a_wal_with_foreign_keys_synced_at_every_commit(
    history: History, folder: Path
) -> None:
    pragma = {
        name: history.database.row(f"PRAGMA {name}")[0]
        for name in ("journal_mode", "foreign_keys", "synchronous", "user_version", "secure_delete")
    }
    assert pragma == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "user_version": len(MIGRATIONS),
        "secure_delete": 1,
    }
    assert history.persistent
    assert history.notices == ()
    assert (folder / "history.sqlite3").is_file()


def damage_header(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)  # what a file system leaves after a loss of power


def damage_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(content)


def damage_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def replace_with_text(path: Path) -> None:
    path.write_text("this is no database, whatever its name says " * 40, encoding="utf-8")


DAMAGES = [damage_header, damage_middle, damage_end, replace_with_text]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_and_the_backup_taken_up(folder: Path, damage) -> None:
    fill(folder, "first", backup=True)
    fill(folder, "second")
    path = folder / opening.FILE_NAME
    damage(path)
    damaged = path.read_bytes()
    history = History.open(folder)
    try:
        assert set(titles(history)) - {"second"} == {"first"}
        (notice,) = history.notices
        aside = folder / "history-damaged-1.sqlite3"
        assert str(aside) in str(notice)
        assert "history-00001" in str(notice)
        assert aside.read_bytes() == damaged
        talk(history, "goes on")
    finally:
        history.close()
    again = History.open(folder)
    assert set(titles(again)) - {"second"} == {"first", "goes on"}
    assert again.notices == ()
    again.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_without_a_sound_backup_a_new_history_is_begun(folder: Path, damage) -> None:
    fill(folder, "first", backup=True)
    for path in [folder / opening.FILE_NAME, *(folder / "backups").iterdir()]:
        damage(path)
    history = History.open(folder)
    assert set(titles(history)) <= {"first"}
    assert "A new history was begun" in str(history.notices[0])
    history.close()


def test_a_damaged_page_costs_its_own_rows_only(folder: Path) -> None:
    fill(folder, "in the backup", backup=True)
    words = [f"number {number} " + "word " * 100 for number in range(300)]
    fill(folder, *words)
    path = folder / opening.FILE_NAME
    content = bytearray(path.read_bytes())
    middle = content.index(b"number 150 ") // 4096 * 4096
    content[middle : middle + 4096] = os.urandom(4096)
    path.write_bytes(content)
    history = History.open(folder)
    try:
        found = [history.messages.branch(line.id) for line in history.conversations.summaries()]
        kept = {messages[0].text for messages in found if messages}
        assert len(kept & set(words)) > 280
        assert "in the backup" in kept
        assert f"rescued from it: {len(kept) - 1}." in str(history.notices[0])
        assert len(history.search.find("number 20", limit=1000)) >= 2
        (whole,) = history.database.row("PRAGMA integrity_check")
        assert whole == "ok"
        assert history.database.rows("PRAGMA foreign_key_check") == []
        question = history.messages.branch(history.conversations.summaries()[0].id)[0]
        assert say(history, question.conversation_id, "goes on", question.id).id > question.id
    finally:
        history.close()


def test_what_is_rescued_keeps_its_branches(folder: Path) -> None:
    history = History.open(folder)
    conversation_id = history.conversations.create()
    question = say(history, conversation_id, "Question")
    first = reply(history, question, "first answer")
    reply(history, question, "second answer")
    history.messages.select(first.id)
    history.close()
    other = Database(folder / "other.sqlite3")
    migrate.migrate(other, None)
    assert rescue.rescue(folder / opening.FILE_NAME, other) == 3
    assert rescue.rescue(folder / opening.FILE_NAME, other) == 0
    rescued = Messages(other, lambda: 0.0)
    assert texts(rescued.branch(conversation_id)) == ["Question", "first answer"]
    assert rescued.branch(conversation_id)[1].sibling_count == 2
    other.close()


def test_a_second_damaged_file_does_not_replace_the_first(folder: Path) -> None:
    for _ in range(2):
        fill(folder, "x")
        damage_header(folder / opening.FILE_NAME)
    History.open(folder).close()
    names = sorted(path.name for path in folder.glob("*damaged*"))
    assert names == ["history-damaged-1.sqlite3", "history-damaged-2.sqlite3"]


def test_an_empty_file_is_a_new_history(folder: Path) -> None:
    folder.mkdir()
    (folder / opening.FILE_NAME).touch()
    history = History.open(folder)
    talk(history, "x")
    assert titles(history) == ["x"]
    history.close()


def test_a_lost_index_file_or_wal_leftover_is_no_damage(folder: Path) -> None:
    history = History.open(folder)
    talk(history, "in the log")
    for name in ("history.sqlite3", "history.sqlite3-wal"):
        (folder / "copy").mkdir(exist_ok=True)
        (folder / "copy" / name).write_bytes((folder / name).read_bytes())
    history.close()
    copied = History.open(folder / "copy")
    assert titles(copied) == ["in the log"]
    copied.close()


def test_a_later_version_is_left_alone(folder: Path) -> None:
    fill(folder, "from the future")
    path = folder / opening.FILE_NAME
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    history = History.open(folder)
    assert not history.persistent
    assert "newer version" in str(history.notices[0])
    talk(history, "kept for this session only")
    assert titles(history) == ["kept for this session only"]
    history.close()
    assert path.read_bytes() == before


def test_each_migration_is_backed_up_first_and_applied_once(folder: Path) -> None:
    fill(folder, "old")
    second = (
        "CREATE TABLE extra (x TEXT); -- a comment; with a semicolon\nINSERT INTO extra VALUES ('a;b');\n"
    )
    third = "ALTER TABLE extra ADD COLUMN y;\n"
    database, backups = Database(folder / opening.FILE_NAME), Backups(folder / "backups")
    for _ in range(2):
        migrate.migrate(database, backups, (*MIGRATIONS, second, third))
    released = len(MIGRATIONS)
    assert migrate.version_of(database.connection) == released + 2
    assert [tuple(row) for row in database.rows("SELECT * FROM extra")] == [("a;b", None)]
    database.close()
    names = [path.name for path in backups.newest_first()]
    assert names == [
        f"history-00002-before-{released + 2}.sqlite3",
        f"history-00001-before-{released + 1}.sqlite3",
    ]
    assert all(migrate.is_sound(path) for path in backups.newest_first())


def test_a_migration_that_fails_changes_nothing(folder: Path) -> None:
    from app.errors import StorageError

    fill(folder, "old")
    broken = "CREATE TABLE half (x);\nINSERT INTO nowhere VALUES (1);\n"
    database = Database(folder / opening.FILE_NAME)
    with pytest.raises(StorageError, match="bringing the history up to date"):
        migrate.migrate(database, Backups(folder / "backups"), (*MIGRATIONS, broken))
    assert migrate.version_of(database.connection) == len(MIGRATIONS)
    assert database.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []
    database.close()


def test_a_folder_that_cannot_be_made_gives_a_history_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = History.open(tmp_path / "file" / "history")
    conversation_id = talk(history, "x", "y")
    assert not history.persistent
    assert "will not be kept" in str(history.notices[0])
    assert texts(history.messages.branch(conversation_id)) == ["x", "y"]
    history.maintain()
    history.close()


READ_ONLY = """
import os, sys, tempfile
from pathlib import Path
from app.history.store import History
from tests.support.conversations import talk
folder = Path(sys.argv[1])
tempfile.gettempdir()
if os.geteuid() == 0:
    os.seteuid(65534)  # root may write anywhere
history = History.open(folder)
talk(history, "said while read-only")
assert not history.persistent
print(str(history.notices[0]))
print(sorted(line.title for line in history.conversations.summaries()))
print(len(history.search.find("kept")))
"""


@pytest.mark.skipif(os.name == "nt", reason="a folder's permissions are not enforced so on Windows")
@pytest.mark.parametrize("writer_is_open", [False, True])
def test_a_read_only_home_is_read_and_said_to_be(writer_is_open: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        history = History.open(home)
        talk(history, "kept before")
        if not writer_is_open:
            history.close()
        for folder in (home, home.parent):
            folder.chmod(0o555)
        for path in home.iterdir():
            path.chmod(0o444)
        told = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(home)], capture_output=True, text=True, check=False
        )
        for folder in (home.parent, home):
            folder.chmod(0o755)
        history.close()
    assert told.returncode == 0, told.stderr
    message, found, hits = told.stdout.splitlines()
    assert "Access was refused" in message
    assert found == "['kept before', 'said while read-only']"
    assert hits == "2"
