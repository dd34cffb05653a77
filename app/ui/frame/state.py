"""Size and place of the window and the open pane, kept from one start to the next."""

from __future__ import annotations

import base64
import binascii
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from app.files import write_whole

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class WindowState:
    """What is kept.

    Attributes:
        geometry: as Qt writes it; empty when nothing was kept.
        pane: key of the open pane; empty when nothing was kept.
    """

    geometry: bytes = b""
    pane: str = ""


class StateFile:
    """A small JSON file. A lost or damaged one costs nothing but the window's place.

    Args:
        path: where it lies.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> WindowState:
        """What was kept; the default when that cannot be read."""
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            geometry = base64.b64decode(content["geometry"], validate=True)
            return WindowState(geometry, str(content["pane"]))
        except FileNotFoundError:
            return WindowState()
        except (OSError, ValueError, KeyError, TypeError, binascii.Error) as error:
            _LOG.warning("%s cannot be read: %s", self._path, error)
            return WindowState()

    def write(self, state: WindowState) -> None:
        """Keep the state; a disk that refuses must not keep the window from closing."""
        content = {"geometry": base64.b64encode(state.geometry).decode("ascii"), "pane": state.pane}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(content) + "\n")
        except OSError as error:
            _LOG.warning("%s cannot be written: %s", self._path, error)
