"""Conversations under headings: pinned, folders, then days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from app.history.records import ConversationSummary, Folder

_WEEK = timedelta(7)
_MONTH = timedelta(30)


@dataclass(frozen=True)
class Group:
    """A heading with its conversations.

    Attributes:
        folder_id: the folder it stands for; None for pinned conversations and days.
    """

    title: str
    conversations: tuple[ConversationSummary, ...]
    folder_id: int | None = None


def groups_of(
    summaries: Sequence[ConversationSummary], folders: Sequence[Folder], today: date
) -> list[Group]:
    """The groups in the order they are shown; empty folders are shown, other empty groups are not.

    Args:
        summaries: the last changed first.
        folders: in their order.
        today: the day that is called so.
    """
    known = {folder.id for folder in folders}
    pinned = tuple(line for line in summaries if line.pinned)
    rest = [line for line in summaries if not line.pinned]
    loose = [line for line in rest if line.folder_id not in known]
    found = [Group(QCoreApplication.translate("Sidebar", "Pinned"), pinned)] if pinned else []
    for folder in folders:
        inside = tuple(line for line in rest if line.folder_id == folder.id)
        found.append(Group(folder.name, inside, folder.id))
    return found + _days(loose, today)


def _days(lines: Sequence[ConversationSummary], today: date) -> list[Group]:
    titles: dict[str, list[ConversationSummary]] = {}
    for line in lines:
        titles.setdefault(_day_title(line.day, today), []).append(line)
    return [Group(title, tuple(inside)) for title, inside in titles.items()]


def _day_title(day: date, today: date) -> str:
    age = today - day
    if age <= timedelta(0):
        return QCoreApplication.translate("Sidebar", "Today")
    if age == timedelta(1):
        return QCoreApplication.translate("Sidebar", "Yesterday")
    if age <= _WEEK:
        return QCoreApplication.translate("Sidebar", "Previous 7 days")
    if age <= _MONTH:
        return QCoreApplication.translate("Sidebar", "Previous 30 days")
    month = QLocale().standaloneMonthName(day.month)
    return month if day.year == today.year else f"{month} {day.year}"
