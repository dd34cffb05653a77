"""The keys that open the server: named, and kept only as their hashes."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import StorageError, UsageError, from_os_error
from app.files import write_whole

_PREFIX = "indoors-"
_BYTES = 32
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Key:
    """A key as it is kept.

    Attributes:
        name: what its owner calls it.
        sha256: of the key, in hexadecimal. Keys are random, so no salt is needed.
        created: the day, ISO 8601.
    """

    name: str
    sha256: str
    created: str


class Keys:
    """The keys in a file.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def list(self) -> tuple[Key, ...]:
        """All of them, the oldest first.

        Raises:
            StorageError: the file cannot be read.
        """
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(Key(**{name: str(one[name]) for name in _FIELDS}) for one in content)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise from_os_error(error, "reading the keys of the server") from error
        except (ValueError, TypeError, KeyError) as error:
            raise StorageError(
                "{path} does not hold the keys of the server.",
                "Delete it, and create new keys.",
                path=self._path,
            ) from error

    def create(self, name: str) -> str:
        """Make a key; gives it. It is kept nowhere, only its hash is.

        Raises:
            UsageError: the name is empty, too long, or taken.
            StorageError: the file cannot be read or written.
        """
        name, known = name.strip(), self.list()
        if not 0 < len(name) <= _LONGEST_NAME:
            raise UsageError(
                "A key needs a name of at most {most} characters.", "Name it.", most=_LONGEST_NAME
            )
        if any(key.name == name for key in known):
            raise UsageError("There is a key {name} already.", "Choose another name.", name=name)
        key = _PREFIX + secrets.token_urlsafe(_BYTES)
        self._write((*known, Key(name, hash_of(key), datetime.now(UTC).date().isoformat())))
        return key

    def revoke(self, name: str) -> None:
        """Let a key open nothing any more.

        Raises:
            StorageError: the file cannot be read or written.
        """
        self._write(tuple(key for key in self.list() if key.name != name))

    def _write(self, keys: tuple[Key, ...]) -> None:
        text = json.dumps([asdict(key) for key in keys], indent=2, ensure_ascii=False) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, text)
        except OSError as error:
            raise from_os_error(error, "writing the keys of the server") from error


def hash_of(key: str) -> str:
    """What is kept of a key: its SHA-256, in hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


_FIELDS = ("name", "sha256", "created")
