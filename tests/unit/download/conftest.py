"""A hub on loopback, a keyring in memory, and downloads that run in this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.download.host.queue import Queue
from app.download.protocol import Download, DownloadState, NetworkSettings, Order, Reference
from app.download.transfer.tuning import Tuning
from app.paths import Paths
from tests.support.hub_repositories import Repository, content
from tests.support.hub_server import HubServer, running_hub
from tests.support.memory_keyring import MemoryKeyring, kept_in_memory

HASTY = Tuning(first_delay_s=0.02, longest_delay_s=0.1, patience_s=1.5, segment_bytes=256 << 10)


@pytest.fixture(autouse=True)
def passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    for name in ("HF_TOKEN", "HF_ENDPOINT", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    with kept_in_memory() as memory:
        yield memory


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with running_hub() as server:
        yield server


MODEL = {
    "config.json": b'{"model_type": "llama"}',
    "LICENSE": b"Apache License 2.0",
    "onnx/model.onnx": content(60_000, 1),
    "onnx/model.onnx_data": content(2_000_000, 2),
}


@pytest.fixture
def model(hub: HubServer) -> Repository:
    return hub.add(Repository("tests/model", MODEL))


def order(name: str = "tests/model", model_id: str = "model", source: str = "hub", **other: object) -> Order:
    return Order(Reference(source, name, **other), model_id, "The model")  # type: ignore[arg-type]


@dataclass
class Downloads:
    """A queue in this process, on a home of its own."""

    places: Paths
    queue: Queue

    def get(self, wanted: Order, seconds: float = 30.0) -> Download:
        """Fetch something and wait for the end, good or bad."""
        return self.wait(self.queue.add(wanted), lambda download: download.state.ended, seconds)

    def now(self, key: str) -> Download:
        return next(download for download in self.queue.downloads() if download.key == key)

    def wait(self, key: str, until: Callable[[Download], bool], seconds: float = 30.0) -> Download:
        deadline = time.monotonic() + seconds
        while not until(now := self.now(key)):
            assert time.monotonic() < deadline, f"still {now}"
            time.sleep(0.02)
        return now

    def model(self, model_id: str = "model") -> Path:
        return self.places.models / model_id


def assert_complete(downloads: Downloads, download: Download, files: dict[str, bytes]) -> None:
    """The model is installed, byte by byte, and nothing else lies there."""
    assert download.error is None
    assert download.state is DownloadState.COMPLETED
    folder = downloads.model(download.id)
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    found.pop("indoors.json")
    assert found == files


@pytest.fixture
def start(tmp_path: Path, hub: HubServer) -> Iterator[Callable[..., Downloads]]:
    """Makes queues; several share one home, as two copies of the program would."""
    queues: list[Queue] = []

    def make(
        *, resume: bool = False, tuning: Tuning = HASTY, home: str = "home", **settings: object
    ) -> Downloads:
        places = Paths(tmp_path / home)
        network = replace(NetworkSettings(endpoint=hub.url), **settings)  # type: ignore[arg-type]
        queues.append(Queue(places, network, resume=resume, tuning=tuning))
        return Downloads(places, queues[-1])

    yield make
    for queue in queues:
        queue.close()


@pytest.fixture
def downloads(start: Callable[..., Downloads]) -> Downloads:
    return start()
