"""Pause, resume, cancel; several copies of the program; the offline switch; room on the disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.download.host import queue as queues
from app.download.protocol import DownloadState, NetworkSettings, RemoteFile
from app.download.transfer.record import Shelf, new_record
from app.errors import Offline, UsageError
from tests.support.hub_repositories import content, sha256
from tests.unit.download.conftest import MODEL, assert_complete, order

QUEUED, DOWNLOADING, PAUSED = DownloadState.QUEUED, DownloadState.DOWNLOADING, DownloadState.PAUSED
IN_SOCKETS = 256_000 if sys.platform == "win32" else 64_000
"""Bytes that are on their way when a connection is cut."""


def under_way(downloads, hub, bytes_done=300_000):
    """A slow download that has begun."""
    hub.bytes_per_s = 500_000
    key = downloads.queue.add(order())
    downloads.wait(key, lambda now: now.bytes_done > bytes_done)
    return key


def finish(downloads, hub, key):
    hub.bytes_per_s = 0
    return downloads.wait(key, lambda now: now.state.ended)


def test_a_pause_keeps_what_is_there(downloads, hub, model):
    key = under_way(downloads, hub)
    downloads.queue.pause(key)
    paused = downloads.now(key)
    assert paused.state is PAUSED
    assert paused.bytes_per_s == 0
    assert paused.eta_s is None
    time.sleep(0.3)
    sent = hub.sent_bytes()
    time.sleep(0.4)
    assert hub.sent_bytes() == sent
    downloads.queue.resume(key)
    assert_complete(downloads, finish(downloads, hub, key), MODEL)
    assert hub.sent_twice() < 0.02 * sum(map(len, MODEL.values())) + IN_SOCKETS


def test_a_cancel_deletes_everything(downloads, hub, model):
    key = under_way(downloads, hub)
    downloads.queue.cancel(key)
    assert downloads.now(key).state is DownloadState.CANCELLED
    assert not list((downloads.places.downloads / key).rglob("*.onnx*"))
    downloads.queue.forget(key)
    assert downloads.queue.downloads() == ()
    assert not (downloads.places.downloads / key).exists()


def test_a_cancelled_download_can_begin_again(downloads, hub, model):
    key = under_way(downloads, hub)
    downloads.queue.cancel(key)
    assert downloads.queue.add(order()) == key
    assert_complete(downloads, finish(downloads, hub, key), MODEL)


def test_what_was_cut_off_goes_on_in_the_next_process(start, hub, model):
    first = start()
    key = under_way(first, hub)
    first.queue.close()
    waiting = start()
    assert waiting.now(key).state is PAUSED
    waiting.queue.close()
    second = start(resume=True)
    assert_complete(second, finish(second, hub, key), MODEL)
    assert hub.sent_twice() < 0.02 * sum(map(len, MODEL.values())) + IN_SOCKETS


def test_what_was_paused_stays_so_in_the_next_process(start, hub, model):
    first = start()
    key = under_way(first, hub)
    first.queue.pause(key)
    first.queue.close()
    second = start(resume=True)
    time.sleep(1.5)
    assert second.now(key).state is PAUSED


def test_two_copies_share_one_download(start, hub, model):
    first, second = start(), start(resume=True)
    key = under_way(first, hub)
    hub.bytes_per_s = 100_000  # it must not be over before the second has steered it
    assert second.queue.add(order()) == key
    seen = second.wait(key, lambda now: now.bytes_done > 0)
    assert seen.state is DOWNLOADING
    second.queue.pause(key)
    first.wait(key, lambda now: now.state is PAUSED)
    second.queue.resume(key)
    second.wait(key, lambda now: now.state is DOWNLOADING)
    hub.bytes_per_s = 0
    assert_complete(second, first.wait(key, lambda now: now.state.ended), MODEL)
    assert hub.sent_twice() < 0.02 * sum(map(len, MODEL.values())) + IN_SOCKETS


def test_downloads_wait_their_turn(start, hub, model):
    downloads = start(parallel=1)
    hub.bytes_per_s = 2_000_000
    keys = [downloads.queue.add(order(model_id=f"model-{number}")) for number in range(3)]
    downloads.wait(keys[0], lambda now: now.state is DOWNLOADING)
    assert [downloads.now(key).state for key in keys[1:]] == [QUEUED, QUEUED]
    hub.bytes_per_s = 0
    for number, key in enumerate(keys):
        done = downloads.wait(key, lambda now: now.state.ended)
        assert_complete(downloads, done, MODEL)
        assert done.id == f"model-{number}"


def test_offline_nothing_is_attempted(start, hub, model):
    downloads = start(offline=True)
    with pytest.raises(Offline):
        downloads.queue.add(order())
    with pytest.raises(Offline):
        downloads.queue.sources.hub().search("model", 5)
    assert hub.requests == []


def test_the_switch_stops_what_runs_and_lets_it_go_on(downloads, hub, model):
    key = under_way(downloads, hub)
    downloads.queue.configure(NetworkSettings(endpoint=hub.url, offline=True))
    held = downloads.wait(key, lambda now: now.state is QUEUED and now.error is not None)
    assert held.error
    assert held.error["code"] == "offline"
    asked = len(hub.requests)
    time.sleep(0.5)
    assert len(hub.requests) == asked
    downloads.queue.configure(NetworkSettings(endpoint=hub.url))
    assert_complete(downloads, finish(downloads, hub, key), MODEL)


def test_room_is_looked_for_first(downloads, hub, model, monkeypatch):
    monkeypatch.setattr(queues.space, "free_bytes", lambda _: 1_500_000)
    failed = downloads.get(order())
    assert failed.error
    assert failed.error["code"] == "disk_full"
    assert "2.1 MB" in failed.error["message"]
    assert "1.5 MB" in failed.error["message"]
    assert hub.sent_bytes() == 0


def test_a_limit_is_kept(start, hub, model):
    downloads = start(limit_bytes_per_s=1_000_000)
    begun = time.monotonic()
    done = downloads.get(order())
    assert_complete(downloads, done, MODEL)
    assert 1.5 < time.monotonic() - begun < 6


def test_speed_leaves_out_what_was_there(downloads, hub, model):
    key = under_way(downloads, hub, 1_000_000)
    downloads.queue.pause(key)
    hub.bytes_per_s = 100_000
    downloads.queue.resume(key)
    going = downloads.wait(key, lambda now: now.bytes_per_s > 0)
    assert going.bytes_done > 1_000_000
    assert going.bytes_per_s < 600_000
    assert going.eta_s is not None
    assert 0 < going.eta_s < 100


def test_a_taken_id_is_refused(downloads, hub, model):
    assert_complete(downloads, downloads.get(order()), MODEL)
    with pytest.raises(UsageError, match="installed already"):
        downloads.queue.add(order(revision=model.head))


def test_two_downloads_cannot_have_one_name(downloads, hub, model):
    """Else it would be noticed when the second is complete, gigabytes later."""
    key = under_way(downloads, hub)
    with pytest.raises(UsageError, match="another download, of tests/model"):
        downloads.queue.add(order(patterns=("onnx/*",)))
    assert downloads.queue.add(order()) == key
    downloads.queue.cancel(key)
    hub.bytes_per_s = 0
    assert_complete(downloads, downloads.get(order(revision=model.head)), MODEL)


def test_two_threads_may_note_how_far_a_download_is(tmp_path):
    shelf = Shelf(tmp_path / "key")
    record = new_record("key", order(), tmp_path / "files")
    with ThreadPoolExecutor(4) as executor:
        notes = [executor.submit(shelf.write, record, durable=False) for _ in range(400)]
    assert [note.exception() for note in notes] == [None] * 400
    assert shelf.read() == record


@pytest.mark.parametrize("model_id", ["..", "a/b", "con", ".x", "", "x" * 300])
def test_an_id_that_is_no_folder_is_refused(downloads, model_id):
    with pytest.raises(UsageError):
        downloads.queue.add(order(model_id=model_id))


def test_a_file_that_is_known_otherwise_is_refused_before_a_byte_comes(downloads, hub, model):
    known = RemoteFile("onnx/model.onnx", 60_000, sha256(content(60_000, 99)))
    wanted = order()
    failed = downloads.get(type(wanted)(**{**vars(wanted), "expected": (known,)}))
    assert failed.error
    assert failed.error["code"] == "checksum_mismatch"
    assert hub.sent_bytes() == 0


def test_a_checkpoint_waits_for_its_import(downloads, hub, model):
    files = {"config.json": b"{}", "model.safetensors": content(50_000, 3)}
    model.commit(files)
    done = downloads.get(order())
    assert done.state is DownloadState.COMPLETED
    assert done.needs_import
    assert not downloads.model().exists()
    folder = downloads.places.downloads / done.key / "files"
    assert done.folder == str(folder)
    assert (folder / "model.safetensors").read_bytes() == files["model.safetensors"]
    downloads.queue.forget(done.key)
    assert not folder.exists()


def test_a_commit_is_kept_to_when_the_branch_moves(downloads, hub, model):
    key = under_way(downloads, hub)
    downloads.queue.pause(key)
    model.commit({"onnx/model.onnx": content(70_000, 8)})
    downloads.queue.resume(key)
    assert_complete(downloads, finish(downloads, hub, key), MODEL)


def test_a_repository_that_is_gone_on_resume_is_named(downloads, hub, model):
    key = under_way(downloads, hub)
    downloads.queue.pause(key)
    hub.repositories.clear()
    downloads.queue.resume(key)
    failed = finish(downloads, hub, key)
    assert failed.error
    assert failed.error["code"] == "refused_by_host"
    assert "/tests/model" in failed.error["message"]


@pytest.fixture
def small_disk(tmp_path):
    """A file system of one megabyte at the downloads' place, where the system lets us make one."""
    home = tmp_path / "home"
    home.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", home], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no file system can be made here")
    yield home
    subprocess.run(["umount", "--lazy", home], check=True)


def test_a_disk_that_fills_up_is_named_with_both_figures(small_disk, start, hub, model, monkeypatch):
    monkeypatch.setattr(queues.space, "require", lambda *_: None)
    downloads = start()
    failed = downloads.get(order())
    assert failed.error
    assert failed.error["code"] == "disk_full"
    assert "still needs" in failed.error["message"]
    assert str(small_disk) in failed.error["message"]
    assert not downloads.model().exists()


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be taken away here")
def test_a_disk_that_goes_away_is_named(downloads, hub, model):
    key = under_way(downloads, hub)
    shutil.rmtree(downloads.places.downloads / key / "files")
    failed = finish(downloads, hub, key)
    assert failed.error
    assert failed.error["code"] == "storage_error"
    assert key in failed.error["message"]
    downloads.queue.resume(key)
    assert_complete(downloads, finish(downloads, hub, key), MODEL)
