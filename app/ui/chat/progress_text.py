"""What the worker does before it answers, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui.hardware.words import device as device_name

_SURVEY, _MEASURE, _PREFILL = "survey", "measure", "prefill"


def progress_text(data: Mapping[str, Any]) -> str:
    """A sentence for the data of a `progress`, which is under way."""
    translate = QCoreApplication.translate
    device = device_name(str(data["device"])) if "device" in data else ""
    phase = str(data.get("phase", ""))
    if phase == _SURVEY:
        return translate("Progress", "Looking at the graphics adapters…")
    if phase == _PREFILL:
        text = translate("Progress", "Reading the prompt…")
    elif phase == _MEASURE:
        text = translate("Progress", "Measuring {device}…").format(device=device)
    elif device:
        text = translate("Progress", "Trying {device}…").format(device=device)
    else:
        text = translate("Progress", "Loading the model…")
    done, total = data.get("done", 0), data.get("total", 0)
    return f"{text} {100 * done // total} %" if total and 0 < done < total else text
