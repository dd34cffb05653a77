from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from app.errors import UsageError
from app.history.items import user_item
from app.history.records import Attachment, Draft, Options, Preset
from app.history.store import History
from app.history.summaries import local_day
from app.history.titles import LONGEST, propose
from tests.support.conversations import say, talk

DAY = 24 * 3600.0


def titles(history: History) -> list[str]:
    return [line.title for line in history.conversations.summaries()]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("What is a KV cache? Explain it to me.", "What is a KV cache?"),
        ("\n\n## Heading\nmore", "Heading"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("- a list", "a list"),
        ("今日の天気は？明日は？", "今日の天気は？明日は？"),
        ("???", "???"),
        ("   ", ""),
        ("😀😀", "😀😀"),
    ],
)
def test_proposed_titles(text: str, title: str) -> None:
    assert propose(text) == title


def test_a_long_title_is_cut_between_words() -> None:
    title = propose("word " * 40)
    assert len(title) <= LONGEST
    assert title.endswith("word…")
    assert len(propose("x" * 5_000_000)) == LONGEST


def test_the_first_turn_names_the_conversation_until_the_user_does(history: History) -> None:
    conversation_id = talk(history, "First words", "answer", "Second words")
    assert titles(history) == ["First words"]
    history.conversations.rename(conversation_id, "  My   own ")
    say(history, conversation_id, "Another beginning")
    assert titles(history) == ["My own"]
    assert history.conversations.get(conversation_id).title_is_own
    history.conversations.rename(conversation_id, " ")
    assert titles(history) == ["First words"]
    assert not history.conversations.get(conversation_id).title_is_own


def test_a_turn_without_words_is_named_for_its_file(history: History) -> None:
    conversation_id = history.conversations.create()
    history.messages.append(conversation_id, None, [user_item("", [Attachment("report.csv", "a,b", 3)])])
    assert titles(history) == ["report.csv"]


def test_the_last_changed_comes_first_even_when_the_clock_goes_back(history: History, clock) -> None:
    old = talk(history, "old")
    talk(history, "middle")
    clock.now -= 40 * DAY
    talk(history, "new, by a wrong clock")
    assert titles(history) == ["new, by a wrong clock", "middle", "old"]
    say(history, old, "again")
    assert titles(history) == ["old", "new, by a wrong clock", "middle"]


def test_days_never_rise_down_the_list(history: History, clock) -> None:
    today = local_day(clock.now)
    for shift, text in ((-3, "a"), (-3, "b"), (+400, "future"), (-1, "c"), (-9, "back"), (0, "today")):
        clock.now = 1_800_000_000.0 + shift * DAY
        talk(history, text)
    days = {line.title: line.day for line in history.conversations.summaries()}
    assert list(days.values()) == sorted(days.values(), reverse=True)
    assert days["today"] == today
    assert days["a"] == today - timedelta(3)
    assert days["future"] <= today
    assert days["back"] == today - timedelta(1)


def test_a_time_no_calendar_holds_is_the_epoch() -> None:
    assert local_day(1e300) == date(1970, 1, 1)


def test_pin_folder_options_and_draft(history: History) -> None:
    conversation_id = talk(history, "hello")
    folder_id = history.folders.create(" Work ")
    options = Options("Be brief.", {"temperature": 0.5}, "gpt-oss-20b", "low")
    history.conversations.pin(conversation_id, True)
    history.conversations.move(conversation_id, folder_id)
    history.conversations.set_options(conversation_id, options)
    history.drafts.save(conversation_id, Draft("typed", (Attachment("a.txt", "text", 4),)))
    line = history.conversations.summaries(folder_id)[0]
    assert (line.pinned, line.folder_id, line.has_draft) == (True, folder_id, True)
    assert history.conversations.get(conversation_id).options == options
    assert history.drafts.load(conversation_id) == Draft("typed", (Attachment("a.txt", "text", 4),))
    history.drafts.save(conversation_id, Draft())
    assert not history.conversations.summaries()[0].has_draft


def test_the_draft_of_a_conversation_not_begun(history: History) -> None:
    assert not history.drafts.load(None)
    history.drafts.save(None, Draft("half a thou"))
    assert history.drafts.load(None) == Draft("half a thou")


def test_folders(history: History) -> None:
    conversation_id = talk(history, "x")
    work, play = history.folders.create("Work"), history.folders.create("play")
    assert history.folders.create("Work") == work
    assert [folder.name for folder in history.folders.all()] == ["play", "Work"]
    history.conversations.move(conversation_id, work)
    with pytest.raises(UsageError, match="already"):
        history.folders.rename(play, "Work")
    with pytest.raises(UsageError, match="needs a name"):
        history.folders.create(" ")
    with pytest.raises(UsageError, match="no folder 99"):
        history.folders.rename(99, "x")
    history.folders.rename(play, "Games")
    history.folders.delete(work)
    assert history.conversations.summaries()[0].folder_id is None
    assert [folder.name for folder in history.folders.all()] == ["Games"]


def test_presets(history: History) -> None:
    history.presets.save(Preset("Short", "Be brief.", {"temperature": 0.2}))
    history.presets.save(Preset("Short", "Be very brief."))
    assert history.presets.all() == [Preset("Short", "Be very brief.")]
    history.presets.delete("Short")
    assert history.presets.all() == []
    with pytest.raises(UsageError, match="needs a name"):
        history.presets.save(Preset("  "))


def test_delete_undo_and_purge(history: History, folder, clock) -> None:
    conversation_id = talk(history, "secret words", "more")
    history.conversations.delete(conversation_id)
    assert titles(history) == []
    assert history.search.find("secret") == []
    assert [line.id for line in history.conversations.deleted()] == [conversation_id]
    history.conversations.restore(conversation_id)
    assert titles(history) == ["secret words"]
    assert len(history.search.find("secret")) == 2

    history.conversations.delete(conversation_id)
    assert history.conversations.purge_deleted(DAY) == 0
    clock.now += 2 * DAY
    assert history.conversations.purge_deleted(DAY) == 1
    assert history.conversations.deleted() == []
    history.close()
    left = b"".join(path.read_bytes() for path in folder.glob("history.sqlite3*"))
    assert b"secret" not in left


def test_maintaining_purges_and_backs_up_once_a_day(history: History, folder, clock) -> None:
    conversation_id = talk(history, "gone in a month")
    history.conversations.delete(conversation_id)
    history.maintain()
    history.maintain()
    assert len(list((folder / "backups").iterdir())) == 1
    clock.now += 31 * DAY
    history.maintain()
    assert history.conversations.deleted() == []
    for _ in range(8):
        clock.now += DAY
        history.maintain()
    assert len(list((folder / "backups").iterdir())) == 5


def test_a_clock_in_the_past_still_keeps_the_newest_backups(history: History, folder, clock) -> None:
    for _ in range(7):
        clock.now -= DAY
        history.maintain()
    kept = sorted(path.name for path in (folder / "backups").iterdir())
    assert len(kept) == 5
    assert kept[-1].startswith("history-00007-" + local_day(clock.now).isoformat())


def test_a_long_list_is_fast(history: History) -> None:
    with history.database.writing("filling") as connection:
        for number in range(5000):
            connection.execute(
                "INSERT INTO conversation (title, created_at, updated_at, touched) VALUES (?, 0, ?, ?)",
                (f"title {number}", number, number),
            )
    start = time.perf_counter()
    assert len(history.conversations.summaries()) == 5000
    assert time.perf_counter() - start < 1.0


def test_a_preset_is_renamed_but_not_onto_another(history: History) -> None:
    for name in ("One", "Two"):
        history.presets.save(Preset(name, name))
    history.presets.rename("One", "  First  one ")
    history.presets.rename("Two", "Two")
    for taken in ("Two", " "):
        with pytest.raises(UsageError):
            history.presets.rename("First one", taken)
    assert [preset.name for preset in history.presets.all()] == ["First one", "Two"]
