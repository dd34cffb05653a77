"""Put the checksums of the catalogue and the advisories into the app: `python -m models.sign_lists`.

The catalogue's entry of the built-in model is written anew before, from the model's own manifest.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from app import manifest as manifests
from app import paths
from app.library.pinned import digest

_MODELS = Path(__file__).parent
_CATALOG = "catalog.json"
_LISTS = {"CATALOG_SHA256": _CATALOG, "ADVISORIES_SHA256": "advisories.json"}


def describe_guide(catalog: Path, folder: Path) -> None:
    """Rewrite what a catalogue says of the files of the built-in model.

    Args:
        catalog: the file.
        folder: of the model.
    """
    content = json.loads(catalog.read_text(encoding="utf-8"))
    manifest = manifests.read(folder)
    entry = next(one for one in content["entries"] if one["id"] == manifest.id)
    entry["parameters"], entry["context_length"] = manifest.parameters, manifest.context_length
    (variant,) = entry["variants"]
    variant["files"] = [
        {"path": file.path, "bytes": file.bytes, "sha256": file.sha256} for file in manifest.files
    ]
    variant["download_bytes"] = manifest.bytes
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    catalog.write_text(text, encoding="utf-8", newline="\n")


def sign(pinned: Path) -> None:
    """Rewrite the constants in the file that pins them."""
    text = pinned.read_text(encoding="utf-8")
    for constant, name in _LISTS.items():
        checksum = digest((_MODELS / name).read_bytes())
        text = re.sub(rf'^{constant} = ".*"$', f'{constant} = "{checksum}"', text, flags=re.MULTILINE)
    pinned.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    describe_guide(_MODELS / _CATALOG, paths.guide())
    sign(_MODELS.parent / "app" / "library" / "pinned.py")
