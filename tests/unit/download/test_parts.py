"""The journal, the shares of the work, the read-back, the plain data."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.download.plain import from_json, to_json
from app.download.protocol import Download, DownloadState, FileProgress, Order, Reference, RemoteFile
from app.download.source import Hindrance
from app.download.transfer.extents import Extent, Journal
from app.download.transfer.pace import Limit, Slots
from app.download.transfer.part_file import PartFile
from app.download.transfer.read_back import ReadBack
from app.download.transfer.retry import Backoff, Patience, patiently
from app.download.transfer.segments import FileTask, Segments
from app.download.transfer.tuning import Tuning
from app.errors import Cancelled, RequestError, Unreachable


@given(st.lists(st.integers(1, 50), max_size=12), st.data())
def test_a_journal_cut_anywhere_tells_nothing_wrong(tmp_path_factory, lengths, data):
    path = tmp_path_factory.mktemp("journal") / "j"
    journal, start, written = Journal(path), 0, []
    for length in lengths:
        extent = Extent(start, length, length * 7)
        journal.add(extent)
        written.append(extent)
        start += length + 3
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))] + data.draw(st.binary(max_size=30)))
    again = Journal(path)
    known = again.extents()
    assert known == written[: len(known)]
    again.add(Extent(10_000, 5, 1))
    again.close()
    last = Journal(path)
    assert last.extents() == [*known, Extent(10_000, 5, 1)]
    last.close()


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20)), max_size=10), st.integers(0, 250))
def test_gaps_are_what_is_missing(tmp_path_factory, parts, size):
    journal = Journal(tmp_path_factory.mktemp("journal") / "j")
    there: set[int] = set()
    for start, length in parts:
        places = set(range(start, start + length))
        if not places & there:
            there |= places
            journal.add(Extent(start, length, 0))
    missing = {place for start, end in journal.gaps(size) for place in range(start, end)}
    assert missing == set(range(size)) - there
    assert journal.bytes == len(there)
    journal.close()


def test_what_the_disk_lost_is_told(tmp_path):
    part = PartFile(tmp_path / "f", tmp_path / "j")
    part.put(0, [b"abc", b"def"])
    part.put(6, [b"ghi"])
    reading = ReadBack(part)
    assert reading.catch_up(lambda: False)
    assert not reading.catch_up(lambda: False)
    assert reading.content().sha256 == hashlib.sha256(b"abcdefghi").hexdigest()
    assert part.lost() == []
    (tmp_path / "f").write_bytes(b"abcdeXghi")
    assert [extent.start for extent in part.lost()] == [0]
    part.close()


def test_a_shorter_file_has_lost_its_end(tmp_path):
    part = PartFile(tmp_path / "f", tmp_path / "j")
    part.put(0, [b"abc"])
    part.put(3, [b"def"])
    part.close()
    (tmp_path / "f").write_bytes(b"abcd")
    part = PartFile(tmp_path / "f", tmp_path / "j")
    assert list(part.journal.gaps(6)) == [(3, 6)]
    part.close()


@given(st.integers(0, 5000), st.integers(1, 8), st.integers(1, 900))
def test_every_byte_is_handed_out_once(tmp_path_factory, size, connections, length):
    folder = tmp_path_factory.mktemp("parts")
    task = FileTask(RemoteFile("f", size, None), PartFile(folder / "f", folder / "j"))
    segments = Segments([task], connections, Tuning(segment_bytes=length, largest_segment_bytes=length))
    seen = []
    while (segment := segments.take()) is not None:
        segments.answered(segment, ranged=True)
        assert segment.end is not None
        seen.extend(range(segment.start, segment.end))
    assert seen == list(range(size))
    task.part.close()


def test_a_host_without_ranges_is_asked_once(tmp_path):
    task = FileTask(RemoteFile("f", 1000, None), PartFile(tmp_path / "f", tmp_path / "j"))
    segments = Segments([task], 4, Tuning(segment_bytes=100, largest_segment_bytes=100))
    segment = segments.take()
    assert segment is not None
    segments.answered(segment, ranged=False)
    assert (segment.start, segment.end) == (0, 1000)
    assert segments.take() is None
    assert segments.done(segment)
    task.part.close()


def hindered(times, retry_after=None):
    left = [times]

    def action() -> str:
        if left[0]:
            left[0] -= 1
            raise Hindrance(Unreachable("No."), retry_after)
        return "done"

    return action


def test_patience_ends_with_the_cause():
    tuning, stop, heard = Tuning(first_delay_s=0.01, longest_delay_s=0.02), threading.Event(), []
    backoff = Backoff(tuning, Patience(0.2), stop)
    assert patiently(hindered(3), backoff, stop, heard.append) == "done"
    assert len(heard) == 3
    with pytest.raises(Unreachable):
        patiently(hindered(999), backoff, stop, heard.append)


def test_the_host_decides_how_long_to_wait():
    stop = threading.Event()
    backoff = Backoff(Tuning(first_delay_s=0.01), Patience(0.01), stop)
    begun = time.monotonic()
    assert patiently(hindered(1, 0.3), backoff, stop, lambda _: None) == "done"
    assert time.monotonic() - begun >= 0.3


def test_somebody_who_waits_for_an_answer_is_not_kept_by_the_host():
    stop = threading.Event()
    backoff = Backoff(Tuning(first_delay_s=0.01, obeys=False), Patience(0.5), stop)
    assert patiently(hindered(1, 0.1), backoff, stop, lambda _: None) == "done"
    begun = time.monotonic()
    with pytest.raises(Unreachable):
        patiently(hindered(1, 60), backoff, stop, lambda _: None)
    assert time.monotonic() - begun < 30


def test_a_wait_ends_at_once_when_stopped():
    stop = threading.Event()
    backoff = Backoff(Tuning(first_delay_s=60, longest_delay_s=60), Patience(100), stop)
    threading.Timer(0.1, stop.set).start()
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        patiently(hindered(9), backoff, stop, lambda _: None)
    assert time.monotonic() - begun < 5


def test_the_limit_holds_for_all_together():
    limit, stop = Limit(1_000_000), threading.Event()
    begun = time.monotonic()
    threads = [threading.Thread(target=limit.took, args=(100_000, stop)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0.3 < time.monotonic() - begun < 2


def test_slots_are_limited():
    slots, stop = Slots(1), threading.Event()
    assert slots.take(stop)
    stop.set()
    assert not slots.take(stop)
    slots.give()
    assert slots.take(threading.Event())


texts = st.text(max_size=8)
references = st.builds(Reference, texts, texts, texts, st.lists(texts, max_size=3).map(tuple))
files = st.builds(RemoteFile, texts, st.none() | st.integers(0), st.none() | texts, st.none() | texts)


@given(st.builds(Order, references, texts, texts, expected=st.lists(files, max_size=3).map(tuple)))
def test_an_order_survives_the_pipe(order):
    assert from_json(Order, to_json(order)) == order


@given(
    st.builds(
        Download,
        texts,
        texts,
        texts,
        references,
        st.sampled_from(DownloadState),
        bytes_total=st.none() | st.integers(0),
        eta_s=st.none() | st.floats(0, 1e6),
        error=st.none() | st.dictionaries(texts, texts, max_size=2),
    )
)
def test_a_download_survives_the_pipe(download):
    download = replace(download, files=(FileProgress("a", DownloadState.QUEUED, 1, None),))
    assert from_json(Download, to_json(download)) == download


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"source": "hub"},
        {"source": 1, "name": "x"},
        {"source": "hub", "name": "x", "patterns": "a"},
    ],
)
def test_a_wrong_request_is_refused(data):
    with pytest.raises(RequestError):
        from_json(Reference, data)


def test_what_a_later_version_adds_is_left_aside():
    assert from_json(Reference, {"source": "hub", "name": "x", "new": 1}) == Reference("hub", "x")


def test_a_host_that_forgot_ranges_sends_the_rest_anew(tmp_path):
    part = PartFile(tmp_path / "f", tmp_path / "j")
    part.put(0, [b"a" * 50])
    part.put(500, [b"b" * 100])
    task = FileTask(RemoteFile("f", 1000, None), part)
    segments = Segments([task], 4, Tuning(segment_bytes=100, largest_segment_bytes=100))
    segment = segments.take()
    assert segment is not None
    segments.answered(segment, ranged=False)
    assert (segment.start, segment.end) == (50, 1000)
    assert list(part.journal.gaps(1000)) == [(50, 1000)]
    part.close()
