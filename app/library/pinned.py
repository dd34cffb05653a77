"""The checksums of the lists that come with the app; `python -m models.sign_lists` writes them here.

A list that was changed outside the app's own releases is refused: it says what is fetched from where.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from app.errors import ModelDamaged

CATALOG_SHA256 = "13e873087a6926147467902d21b09a021f10c54f8c08a92baa46898c154e7974"
ADVISORIES_SHA256 = "5f570438f211bcb075e27278e21839659463b265e5adf79d3a694d09056b2563"

_AGAIN = "Install the app again; models that are installed work without it."


def digest(content: bytes) -> str:
    """Sha256 of a text file in hexadecimal, the same whether its lines end as on Windows or not."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def read_pinned(path: Path, sha256: str) -> dict[str, Any]:
    """Read a JSON object whose checksum the app knows.

    Raises:
        ModelDamaged: the file is missing, unreadable or was changed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelDamaged(
            "{path} cannot be read: {error}.", _AGAIN, path=path, error=error.strerror or error
        ) from error
    if digest(content) != sha256:
        raise ModelDamaged("{path} was changed: its sha256 is not the one the app knows.", _AGAIN, path=path)
    try:
        found = json.loads(content.decode("utf-8"))
    except ValueError as error:
        raise ModelDamaged("{path} is no JSON: {error}.", _AGAIN, path=path, error=error) from error
    if not isinstance(found, dict):
        raise ModelDamaged("{path} does not hold a list.", _AGAIN, path=path)
    return found
