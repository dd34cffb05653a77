"""No test may leave anything behind, nor log a warning that it did not announce."""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, settings

from app.worker.client import WorkerClient
from tests.support.worker import write_harmony_model

settings.register_profile("indoors", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("indoors")

_PATIENCE_SECONDS = 3.0
_WATCHED_LOGGERS = ("app", "asyncio")


class LogWatch(logging.Handler):
    """Collects warnings and errors; those a test announced are all right."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._expected: list[str] = []
        self._seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] in _WATCHED_LOGGERS:
            self._seen.append(f"{record.name}: {record.getMessage()}")

    def expect(self, pattern: str) -> None:
        """Announce records that match a regular expression; there must be one at least."""
        self._expected.append(pattern)

    def problems(self) -> list[str]:
        unexpected = [text for text in self._seen if not any(re.search(p, text) for p in self._expected)]
        missing = [p for p in self._expected if not any(re.search(p, text) for text in self._seen)]
        return [f"unexpected log: {text}" for text in unexpected] + [f"not logged: {p}" for p in missing]


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[LogWatch]:
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    own = logging.getLogger("app")
    own.handlers[:], own.propagate = [], True
    own.setLevel(logging.NOTSET)
    if problems := watch.problems():
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture
def expect_log(_log_watch: LogWatch) -> Callable[[str], None]:
    """Call it with a regular expression for each warning that the test causes on purpose."""
    return _log_watch.expect


@pytest.fixture(autouse=True)
def _no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    threads, children = _threads(), _children()
    is_async = inspect.iscoroutinefunction(getattr(request, "function", None))
    if is_async:
        request.getfixturevalue("_no_tasks")
    yield
    if is_async:
        gc.collect()  # an unclosed transport complains when it is collected
    left = _wait_until_gone(lambda: (_threads() - threads) | (_children() - children))
    if left:
        pytest.fail(f"left behind: {', '.join(sorted(map(str, left)))}", pytrace=False)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A harmony model with random weights; a test must not change it."""
    return write_harmony_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[WorkerClient]:
    """A client of a real worker process."""
    async with WorkerClient(tmp_path / "home") as client:
        yield client


@pytest.fixture
async def _no_tasks() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    if left:
        pytest.fail(f"tasks left behind: {left}", pytrace=False)


def _threads() -> set[object]:
    return {thread for thread in threading.enumerate() if thread.is_alive()}


def _children() -> set[object]:
    return set(psutil.Process().children(recursive=True))


def _wait_until_gone(left: Callable[[], set[object]]) -> set[object]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (found := left()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def pytest_collection_finish() -> None:
    """What stays until the end need not be looked through after each test."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Native libraries look for leaks when Python ends."""
    gc.unfreeze()
