"""The real downloader process: spoken to by its client, killed at random, ended in order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.download.client import DownloadClient
from app.download.protocol import Download, DownloadState, Order, Reference
from app.errors import Offline, RefusedByHost, RequestError
from app.paths import Paths
from app.settings import Settings
from tests.support.hub_repositories import Repository, content
from tests.support.hub_server import TOKEN, HubServer, running_hub

FILES = {
    "config.json": b'{"model_type": "llama"}',
    "onnx/model.onnx": content(700_000, 1),
    "onnx/model.onnx_data": content(20_000_000, 2),
    "onnx/model.onnx_data_1": content(4_000_000, 3),
}
ALLOWED_TWICE = 0.02 * sum(map(len, FILES.values()))
ORDER = Order(Reference("hub", "tests/model"), "model", "The model")


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with running_hub() as server:
        server.add(Repository("tests/model", FILES))
        yield server


@pytest.fixture
def places(tmp_path: Path, hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("HF_TOKEN", raising=False)
    found = Paths(tmp_path / "home")
    Settings(found.settings).set("hub-endpoint", hub.url)
    return found


def installed(places: Paths) -> dict[str, bytes]:
    folder = places.models / "model"
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    files.pop("indoors.json", None)
    return {name: path.read_bytes() for name, path in files.items()}


async def until_the_end(client: DownloadClient, key: str) -> Download:
    async for downloads in client.watch():
        download = next(each for each in downloads if each.key == key)
        if download.state.ended:
            return download
    raise AssertionError


async def test_from_the_search_to_the_model(places):
    async with DownloadClient(places.home) as client:
        (found,) = await client.search("mod")
        assert (found.name, found.licence, found.gated) == ("tests/model", "apache-2.0", False)
        resolution = await client.resolve(Reference("hub", found.name, patterns=("*.json", "onnx/*")))
        assert {file.path: file.bytes for file in resolution.files} == {
            path: len(data) for path, data in FILES.items()
        }
        done = await until_the_end(client, await client.add(ORDER))
        assert (done.state, done.error) == (DownloadState.COMPLETED, None)
        assert installed(places) == FILES
        assert not (await client.latest(done.reference)).changed


async def test_what_the_hub_refuses_is_an_error(places, hub):
    hub.add(Repository("tests/private", FILES, private=True))
    async with DownloadClient(places.home) as client:
        with pytest.raises(RefusedByHost, match="tests/private"):
            await client.resolve(Reference("hub", "tests/private"))
        with pytest.raises(RefusedByHost):
            await client.sign_in("hf_wrong")
        with pytest.raises(RequestError):
            await client.resolve(Reference("carrier pigeon", "tests/model"))
        assert await client.account() == ""


async def test_the_token_of_the_environment_is_used_for_its_hub(places, hub, monkeypatch):
    hub.add(Repository("tests/model", FILES, gated=True))
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    Settings(places.settings).reset("hub-endpoint")
    async with DownloadClient(places.home) as client:
        assert await client.account() == "somebody"
        done = await until_the_end(client, await client.add(ORDER))
        assert done.error is None


async def test_the_offline_switch_is_read_from_the_settings(places, hub):
    Settings(places.settings).set("offline", True)
    async with DownloadClient(places.home) as client:
        with pytest.raises(Offline):
            await client.add(ORDER)
        with pytest.raises(Offline):
            await client.search("model")
    assert hub.requests == []


async def test_a_cancelled_question_leaves_the_downloads_alone(places, hub):
    hub.bytes_per_s = 4_000_000
    async with DownloadClient(places.home) as client:
        key = await client.add(ORDER)
        await asyncio.sleep(0.5)
        process = client.pid
        async for _ in client.watch():
            break
        hub.bytes_per_s = 0
        assert (await until_the_end(client, key)).error is None
        assert client.pid == process


async def test_it_ends_with_its_client(places):
    client = DownloadClient(places.home)
    await client.list()
    child = psutil.Process(client.pid)
    await client.close()
    assert not child.is_running()


async def killed_at_random(places: Paths, hub: HubServer, kills: int, seed: int) -> None:
    """Kill -9 at random moments of one download, then let it end; what is there is never fetched again."""
    moments, interruptions = random.Random(seed), 0
    whole = sum(map(len, FILES.values()))
    async with DownloadClient(places.home, resume=True) as client:
        key = await client.add(ORDER)
    while interruptions < kills:
        hub.bytes_per_s = 2_000_000
        async with DownloadClient(places.home, resume=True) as client:
            now = next(download for download in await client.list() if download.key == key)
            if now.state is DownloadState.COMPLETED:
                break
            step = (whole - now.bytes_done) / (kills - interruptions + 1)
            wait = moments.uniform(0.3, 1.7) * step
            async for (download,) in client.watch():
                if download.state.ended or download.bytes_done >= now.bytes_done + wait:
                    break
            assert client.pid is not None
            psutil.Process(client.pid).kill()
            interruptions += 1
    hub.bytes_per_s = 0
    async with DownloadClient(places.home, resume=True) as client:
        done = await until_the_end(client, key)
    assert done.error is None
    assert installed(places) == FILES
    assert interruptions >= kills / 2
    assert hub.sent_twice() <= ALLOWED_TWICE * interruptions


async def test_killed_at_five_moments(places, hub):
    await killed_at_random(places, hub, 5, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
async def test_killed_at_fifty_moments(places, hub, seed):
    await killed_at_random(places, hub, 10, seed=seed)
