"""Attachments made of what is not quite a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.history.items import Attachment


def pasted_file(text: str, others: Sequence[Attachment]) -> Attachment:
    """A long text as an attachment.

    Args:
        text: what was pasted.
        others: what is attached already; the name is none of theirs.
    """
    template = QCoreApplication.translate("Composer", "Pasted text {number}.txt")
    taken = {other.name for other in others}
    names = (template.format(number=number) for number in range(1, len(taken) + 2))
    return Attachment(
        next(name for name in names if name not in taken), text, len(text.encode(errors="replace"))
    )


def size_of(path: Path) -> int:
    """Bytes of a file; 0 when it is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
