"""What the models pane says of sizes, times, states and verdicts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.download.protocol import Download, DownloadState
from app.library.upstream import Standing, Upstream
from app.ui.frame.words import size

UNKNOWN = "–"
_MINUTE, _HOUR = 60, 3600


def breakable(text: str) -> str:
    """A text whose addresses and paths can go on in the next line."""
    return text.replace("/", "/\u200b")


def duration(seconds: float | None) -> str:
    """A time that is left, in the unit that people would say it in; a dash when it is not known."""
    translate = QCoreApplication.translate
    if seconds is None:
        return UNKNOWN
    whole = round(seconds)
    if whole < _MINUTE:
        return translate("Models", "{0} s").format(whole)
    if whole < _HOUR:
        return translate("Models", "{0} min").format(round(whole / _MINUTE))
    hours, rest = divmod(whole, _HOUR)
    return translate("Models", "{0} h {1} min").format(hours, rest // _MINUTE)


def amount(download: Download) -> str:
    """Bytes that are there, and all of them."""
    total = size(download.bytes_total) if download.bytes_total else UNKNOWN
    return QCoreApplication.translate("Models", "{done} of {total}").format(
        done=size(download.bytes_done), total=total
    )


def pace(download: Download) -> str:
    """Speed and time left."""
    translate = QCoreApplication.translate
    speed = translate("Models", "{size}/s").format(size=size(round(download.bytes_per_s)))
    left = translate("Models", "{time} left").format(time=duration(download.eta_s))
    return f"{speed} · {left}"


def state(of: DownloadState) -> str:
    """A state in a word."""
    translate = QCoreApplication.translate
    words = {
        DownloadState.QUEUED: translate("Models", "Waiting"),
        DownloadState.RESOLVING: translate("Models", "Asking for the files"),
        DownloadState.DOWNLOADING: translate("Models", "Downloading"),
        DownloadState.PAUSED: translate("Models", "Paused"),
        DownloadState.VERIFYING: translate("Models", "Verifying"),
        DownloadState.COMPLETED: translate("Models", "Complete"),
        DownloadState.FAILED: translate("Models", "Failed"),
        DownloadState.CANCELLED: translate("Models", "Cancelled"),
    }
    return words[of]


def upstream(of: Upstream) -> str:
    """What the place a model comes from said of its revision."""
    translate = QCoreApplication.translate
    newer = translate("Models", "There is a newer revision: {revision}. Get the model again to have it.")
    gone = translate("Models", "This revision is gone; the newest is {revision}.")
    words = {
        Standing.CURRENT: translate("Models", "This is the newest revision."),
        Standing.NEWER: newer.format(revision=of.newest),
        Standing.REVISION_GONE: gone.format(revision=of.newest),
        Standing.REFUSED: translate("Models", "It is not given any more: {reason}").format(reason=of.why),
    }
    return words[of.standing]


def phase(name: str) -> str:
    """A phase of an import."""
    translate = QCoreApplication.translate
    known = {
        "load": translate("Import", "Loading"),
        "adapt": translate("Import", "Preparing it for this computer"),
        "weights": translate("Import", "Converting the weights"),
        "copy": translate("Import", "Copying"),
        "verify": translate("Import", "Verifying"),
        "checksums": translate("Import", "Taking checksums"),
        "": translate("Import", "Starting…"),
    }
    return known.get(name, translate("Import", "Importing"))


def examining() -> str:
    """What goes on before an import."""
    return QCoreApplication.translate("Import", "Looking at it, nothing is changed yet")


def check(name: str) -> str:
    """What was looked at before an import."""
    translate = QCoreApplication.translate
    known = {
        "source": translate("Check", "Kind of model"),
        "files": translate("Check", "Files complete"),
        "code": translate("Check", "No code"),
        "links": translate("Check", "No links out of the folder"),
        "decoder": translate("Check", "A decoder with a KV cache"),
        "operators": translate("Check", "Operators"),
        "rotary tables": translate("Check", "Rotary tables"),
        "architecture": translate("Check", "Architecture"),
        "weights": translate("Check", "Weights"),
        "vocabulary": translate("Check", "Vocabulary"),
        "settings": translate("Check", "Settings"),
        "tokenizer": translate("Check", "Tokenizer"),
        "chat template": translate("Check", "Chat template"),
        "mode": translate("Check", "Move or link"),
        "licence": translate("Check", "Licence"),
        "ten tokens": translate("Check", "Ten tokens"),
    }
    return known.get(name, name)
