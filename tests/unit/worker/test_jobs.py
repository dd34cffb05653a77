"""The queue of jobs, and events on their way out."""

from __future__ import annotations

import threading

import pytest

from app.errors import Cancelled, QueueFull, RequestError
from app.process.frames import MAX_FRAME_BYTES
from app.process.host.job import Job
from app.process.host.outbox import Outbox
from app.process.messages import Event, Request, decode_event
from app.worker.host.jobs import JobQueue
from app.worker.protocol import Method


class Said:
    """Collects events."""

    def __init__(self):
        self.events = []

    def __call__(self, event, *, urgent=False):
        self.events.append((event.id, event.name, urgent))


def job(number, said=None):
    return Job(Request(number, Method.RESPOND, {}), said or Said())


def test_first_in_first_out():
    queue = JobQueue()
    jobs = [job(number) for number in range(3)]
    for each in jobs:
        queue.put(each)
    assert [queue.take() for _ in jobs] == jobs


def test_the_running_job_does_not_count_as_waiting():
    queue = JobQueue(length=1)
    queue.put(job(1))
    queue.take()
    queue.put(job(2))
    with pytest.raises(QueueFull, match="1 requests wait already"):
        queue.put(job(3))


def test_an_id_is_free_again_once_its_job_is_over():
    queue = JobQueue()
    queue.put(job(1))
    with pytest.raises(RequestError, match="in use"):
        queue.put(job(1))
    queue.take()
    with pytest.raises(RequestError, match="in use"):
        queue.put(job(1))
    queue.put(job("1"))
    queue.take()
    queue.put(job(1))


def test_closing_withdraws_what_waits_and_wakes_who_takes():
    queue = JobQueue()
    first, second = job(1), job(2)
    queue.put(first)
    queue.take()
    queue.put(second)
    assert queue.close() == ([second], first)
    assert queue.take() is None
    with pytest.raises(QueueFull):
        queue.put(job(3))


def test_a_job_ends_once_only():
    said = Said()
    each = job(1, said)
    each.emit("progress", {})
    each.fail(Cancelled("Stop."))
    each.done({})
    each.emit("progress", {})
    assert said.events == [(1, "progress", False), (1, "error", True)]


def test_ten_threads_ending_a_job_end_it_once():
    said = Said()
    each = job(1, said)
    threads = [threading.Thread(target=each.done, args=({},)) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said.events) == 1


class SlowPipe:
    """Writes nothing until it is opened."""

    def __init__(self):
        self.open = threading.Event()
        self.frames = []

    def __call__(self, frame):
        self.open.wait()
        self.frames.append(frame)


def test_a_full_outbox_makes_deltas_wait_but_not_urgent_events():
    pipe = SlowPipe()
    outbox = Outbox(pipe, lambda: None, room=100)
    outbox.send(Event(1, "delta", {"text": "x" * 200}))
    outbox.send(Event(1, "delta", {"text": "y" * 200}))
    blocked = threading.Thread(target=outbox.send, args=(Event(1, "delta", {"text": "z"}),), daemon=True)
    blocked.start()
    blocked.join(0.2)
    assert blocked.is_alive()
    outbox.send(Event(2, "done", {}), urgent=True)
    pipe.open.set()
    blocked.join()
    outbox.close(5)
    names = [(event.id, event.name) for event in map(decode_event, pipe.frames)]
    assert names == [(1, "delta"), (1, "delta"), (2, "done"), (1, "delta")]


def test_nobody_reading_is_reported_once_and_frees_who_waits():
    gone = []

    def broken(frame):
        raise BrokenPipeError

    outbox = Outbox(broken, lambda: gone.append(True), room=1)
    for number in range(5):
        outbox.send(Event(number, "done", {}))
    outbox.close(5)
    assert gone == [True]


def test_an_event_that_fits_no_frame_becomes_an_error():
    pipe = SlowPipe()
    pipe.open.set()
    outbox = Outbox(pipe, lambda: None)
    outbox.send(Event(1, "done", {"text": "x" * MAX_FRAME_BYTES}))
    outbox.close(5)
    (event,) = map(decode_event, pipe.frames)
    assert (event.id, event.name) == (1, "error")
    assert "fit in one frame" in event.data["message"]
