"""A complete download is finished once, however many wait for it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app import manifest as manifests
from app.download.protocol import Download, DownloadState, Reference
from app.errors import ModelDamaged, StorageError
from app.library.finishing import finish
from app.library.store import Store
from app.manifest import Manifest
from app.paths import Paths

KEY = "m-0123"
_HOLD = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


def make_model(folder: Path) -> None:
    folder.mkdir(parents=True)
    manifests.write(folder, Manifest("m", "M", "a test"))


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the lock, until it is killed."""
    other = subprocess.Popen([sys.executable, "-c", _HOLD, str(path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"held"
    try:
        yield other
    finally:
        other.kill()
        other.communicate()


class Home:
    """A home with a download that waits for its import; what imports it writes a model."""

    def __init__(self, places: Paths) -> None:
        self.places = places
        self.store = Store(places)
        self.folder = places.downloads / KEY
        self.folder.mkdir(parents=True)
        reference = Reference("hub", "tests/raw")
        self.download = Download(
            KEY,
            "m",
            "M",
            reference,
            DownloadState.COMPLETED,
            folder=str(self.folder),
            needs_import=True,
        )
        self.imports = 0
        self.problem: Exception | None = None

    async def import_it(self, params: Mapping[str, Any]) -> None:
        self.imports += 1
        await asyncio.sleep(0.3)
        if self.problem is not None:
            raise self.problem
        make_model(Path(params["destination"]))

    async def forget(self, key: str) -> None:
        assert key == KEY
        self.folder.rmdir()

    async def finish(self) -> None:
        await finish(self.download, self.store, self.places.downloads, self.import_it, self.forget)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(Paths(tmp_path))


async def test_two_at_once_import_once(home: Home) -> None:
    await asyncio.gather(home.finish(), home.finish(), home.finish())
    assert home.imports == 1
    assert home.store.get("m").manifest.source == "tests/raw"
    assert list(home.places.downloads.iterdir()) == []


async def test_whoever_comes_after_a_failure_tries_again(home: Home) -> None:
    home.problem = ModelDamaged("It is cut.", "")
    done = await asyncio.gather(home.finish(), home.finish(), return_exceptions=True)
    assert [type(one) for one in done] == [ModelDamaged, ModelDamaged]
    assert home.imports == 2
    home.problem = None
    await home.finish()
    assert home.store.has("m")


async def test_another_process_is_waited_for_and_its_death_ends_the_wait(home: Home) -> None:
    with held(home.places.downloads / f"{KEY}.finishing"):
        waiting = asyncio.create_task(home.finish())
        await asyncio.sleep(0.5)
        assert not waiting.done()
        assert home.imports == 0
    await waiting
    assert home.imports == 1


async def test_a_disk_that_refuses_is_named(home: Home) -> None:
    (home.places.downloads / f"{KEY}.finishing").mkdir()
    with pytest.raises(StorageError, match="locking the download"):
        await home.finish()
    assert home.imports == 0
