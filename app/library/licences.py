"""Licences: their texts, and which were accepted.

A licence is accepted once, before the first download of a model under it, and kept with the day. A model
whose licence is not known, or is one of its own, is accepted for itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from app import paths
from app.errors import StorageError, UsageError, from_os_error
from app.files import write_whole
from app.library.installed import InstalledModel

_SPDX = {
    name.casefold(): name
    for name in ("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0")
}
_OWN = {"", "other", "unknown", "none"}
_OWN_FILES = ("LICENSE", "LICENCE", "COPYING")
_MOST_CHARACTERS = 200_000


def spdx(name: str) -> str:
    """A licence's SPDX identifier: hubs write "apache-2.0"; one that SPDX does not know stays as it is."""
    return _SPDX.get(name.strip().casefold(), name.strip())


@dataclass(frozen=True)
class Terms:
    """What has to be accepted before a model is got.

    Attributes:
        licence: SPDX identifier; empty when it is not known.
        model: what is got, as a person named it.
        usage: what the licence and the publisher ask, in a sentence; empty when it is not known.
    """

    licence: str
    model: str
    usage: str = ""

    @property
    def key(self) -> str:
        """What the acceptance is kept under: the licence, or the model itself where that says too little."""
        licence = spdx(self.licence)
        return f"model {self.model}" if licence.casefold() in _OWN else licence

    @property
    def text(self) -> str:
        """The licence's text where the app has it; else empty: it comes with the model's files."""
        return bundled_text(self.licence)


@dataclass(frozen=True)
class Acceptance:
    """When a licence was accepted (ISO 8601 date), and for which model that was."""

    day: str
    model: str


class Acceptances:
    """The licences that were accepted.

    Args:
        path: the file they are kept in; made when the first one is accepted.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, terms: Terms) -> Acceptance | None:
        """The acceptance that covers these terms, if there is one.

        Raises:
            StorageError: the file cannot be read.
        """
        return self._read().get(terms.key)

    def accept(self, terms: Terms, today: date) -> None:
        """Keep that a person accepted these terms.

        Raises:
            StorageError: the file cannot be read or written.
        """
        known = {**self._read(), terms.key: Acceptance(today.isoformat(), terms.model)}
        content = {key: asdict(value) for key, value in sorted(known.items())}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
        except OSError as error:
            raise from_os_error(error, "writing the accepted licences") from error

    def require(self, terms: Terms) -> None:
        """Raise UsageError when the terms were not accepted yet."""
        if self.of(terms) is None:
            raise UsageError(
                "{model} is under the licence {licence}, which has not been accepted yet.",
                "Read it, then add --accept-licence.",
                model=terms.model,
                licence=spdx(terms.licence) or "that its publisher does not name",
            )

    def _read(self) -> Mapping[str, Acceptance]:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return {key: Acceptance(**value) for key, value in content.items()}
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise from_os_error(error, "reading the accepted licences") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise StorageError(
                "{path} cannot be read: {reason}.",
                "Delete it; licences are asked for again.",
                path=self._path,
                reason=error,
            ) from error


def bundled_text(licence: str) -> str:
    """The text of a licence that comes with the app; empty for the others."""
    file = paths.licences() / f"{spdx(licence)}.txt"
    known = spdx(licence).casefold() in _SPDX and file.is_file()
    return file.read_text(encoding="utf-8") if known else ""


def text_of(model: InstalledModel) -> str:
    """The licence an installed model is under: its own file's text, else the app's, else nothing."""
    return _own_text(model) or bundled_text(model.manifest.licence)


def _own_text(model: InstalledModel) -> str:
    wanted = model.manifest.licence_file
    names = [record.path for record in model.manifest.files]
    own = [name for name in names if name == wanted or Path(name).stem.upper() in _OWN_FILES]
    for name in sorted(own, key=lambda name: (name != wanted, name.count("/"))):
        try:
            with (model.folder / name).open(encoding="utf-8", errors="replace") as file:
                return file.read(_MOST_CHARACTERS)
        except OSError:
            continue
    return ""
