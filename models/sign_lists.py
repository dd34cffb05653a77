"""Put the checksums of the catalogue and the advisories into the app: `python -m models.sign_lists`."""

from __future__ import annotations

import re
from pathlib import Path

from app.library.pinned import digest

_MODELS = Path(__file__).parent
_LISTS = {"CATALOG_SHA256": "catalog.json", "ADVISORIES_SHA256": "advisories.json"}


def sign(pinned: Path) -> None:
    """Rewrite the constants in the file that pins them."""
    text = pinned.read_text(encoding="utf-8")
    for constant, name in _LISTS.items():
        checksum = digest((_MODELS / name).read_bytes())
        text = re.sub(rf'^{constant} = ".*"$', f'{constant} = "{checksum}"', text, flags=re.MULTILINE)
    pinned.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sign(_MODELS.parent / "app" / "library" / "pinned.py")
