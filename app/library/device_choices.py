"""On which device a model runs, where somebody chose one for this model alone."""

from __future__ import annotations

import json

from app.errors import UsageError, from_os_error
from app.files import write_whole
from app.paths import Paths
from app.settings import Value, named


class DeviceChoices:
    """The choices, in a small file of the home that is read each time.

    Args:
        places: the app's directories.
    """

    def __init__(self, places: Paths) -> None:
        self._path = places.device_choices

    def of(self, model: str) -> str:
        """The device chosen for a model; empty where the setting decides."""
        value = self._read().get(model, "")
        try:
            return str(named("device").check(value)) if value else ""
        except UsageError:  # of another version
            return ""

    def choose(self, model: str, device: str) -> None:
        """Remember a device for a model; an empty one lets the setting decide again.

        Raises:
            UsageError: there is no such device.
            StorageError: the file cannot be written.
        """
        chosen = {name: value for name, value in self._read().items() if name != model}
        if device:
            chosen[model] = named("device").check(device)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(chosen, indent=1) + "\n")
        except OSError as error:
            raise from_os_error(error, "saving the choice of a device") from error

    def _read(self) -> dict[str, Value]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}
