"""What is shown of a download, worked out apart from the widgets that show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.download.protocol import Download, DownloadState
from app.errors import RefusedByHost, from_json
from app.ui.controls import PARTS
from app.ui.models import words
from app.ui.models.finishing import Importing
from app.ui.wording import told


class Act(StrEnum):
    """What can be done about a download."""

    PAUSE = "pause"
    RESUME = "resume"
    RETRY = "retry"
    CANCEL = "cancel"
    SIGN_IN = "sign in"


@dataclass(frozen=True)
class Look:
    """What is shown of a download.

    Attributes:
        said: state, bytes, speed, time left.
        part: of the bar, in thousandths; None where nobody knows; -1 where there is no bar.
        problem: a sentence with the cause and the next action; empty when there is none.
        acts: what can be done now.
    """

    said: str
    part: int | None
    problem: str
    acts: tuple[Act, ...]


def look(download: Download, importing: Importing | None = None) -> Look:
    """What to show of a download, and of the import that may follow it."""
    if importing is not None:
        return _imported(importing)
    state = download.state
    said = words.state(state)
    match state:
        case DownloadState.QUEUED:
            return Look(said, -1, _problem(download), (Act.PAUSE, Act.CANCEL))
        case DownloadState.RESOLVING:
            return Look(said, None, _problem(download), (Act.PAUSE, Act.CANCEL))
        case DownloadState.DOWNLOADING:
            said = f"{words.amount(download)} · {words.pace(download)}"
            return Look(said, _part(download), _problem(download), (Act.PAUSE, Act.CANCEL))
        case DownloadState.VERIFYING:
            return Look(f"{said} · {words.amount(download)}", _part(download), "", (Act.PAUSE, Act.CANCEL))
        case DownloadState.PAUSED:
            said = f"{said} · {words.amount(download)}"
            return Look(said, _part(download), "", (Act.RESUME, Act.CANCEL))
        case DownloadState.FAILED:
            acts = (Act.SIGN_IN,) if _refused(download) else ()
            return Look(said, -1, _problem(download), (Act.RETRY, *acts, Act.CANCEL))
    if download.needs_import:
        said = QCoreApplication.translate("Models", "Fetched, not imported yet")
    return Look(said, -1, "", (Act.RESUME, Act.CANCEL))


def name_of(act: Act) -> str:
    """What a button says."""
    translate = QCoreApplication.translate
    names = {
        Act.PAUSE: translate("Models", "Pause"),
        Act.RESUME: translate("Models", "Resume"),
        Act.RETRY: translate("Models", "Retry"),
        Act.CANCEL: translate("Models", "Cancel"),
        Act.SIGN_IN: translate("Models", "Sign in…"),
    }
    return names[act]


def _imported(importing: Importing) -> Look:
    if importing.error is not None:
        said = QCoreApplication.translate("Models", "Fetched, not imported yet")
        return Look(said, -1, told(importing.error), (Act.RETRY, Act.CANCEL))
    part = PARTS * importing.done // importing.total if importing.total else None
    return Look(words.phase(importing.phase), part, "", (Act.CANCEL,))


def _part(download: Download) -> int | None:
    total = download.bytes_total
    return min(PARTS, PARTS * download.bytes_done // total) if total else None


def _problem(download: Download) -> str:
    return told(from_json(download.error)) if download.error else ""


def _refused(download: Download) -> bool:
    error = download.error
    return error is not None and error.get("code") == RefusedByHost.code
