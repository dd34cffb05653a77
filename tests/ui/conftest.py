"""The window's tests: one offscreen application, asyncio on Qt's loop, and nothing of Qt left behind."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import pytestqt.plugin
import qasync
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.paths import Paths
from app.settings import Settings
from app.ui.preferences import Preferences
from app.ui.theme import Theme


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Coroutine tests of the window run on Qt's own loop, as the program does."""
    return {"qasync": _qt_loop}


def _qt_loop() -> asyncio.AbstractEventLoop:
    return qasync.QEventLoop(_application())


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(["indoors"])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    QLocale.setDefault(QLocale("en_US"))
    return app


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], QApplication]:
    return lambda _: _application()


@pytest.fixture(autouse=True)
def _events_wait_for_the_loop(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest-qt handles events between a test and the end of its fixtures, when asyncio's loop does not run.

    What a coroutine would do then fails, for there is no running loop; so it waits until there is.
    """
    if inspect.iscoroutinefunction(getattr(request, "function", None)):
        monkeypatch.setattr(pytestqt.plugin, "_process_events", lambda: None)


@pytest.fixture(autouse=True)
def _nothing_of_qt_left(_no_leaks: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a widget, a running timer or a running animation behind."""
    if "qapp" not in request.fixturenames:
        yield
        return
    qapp = request.getfixturevalue("qapp")
    widgets = set(map(id, QApplication.allWidgets()))
    yield
    settle()
    gc.collect()
    left = [str(widget) for widget in QApplication.allWidgets() if id(widget) not in widgets]
    left += [str(thing) for thing in gc.get_objects() if _is_running(thing)]
    for widget in QApplication.topLevelWidgets():
        widget.deleteLater()
    settle()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    if left:
        pytest.fail(f"left behind: {', '.join(left)}", pytrace=False)


def settle() -> None:
    """Let Qt delete what it was told to delete."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _is_running(thing: Any) -> bool:
    kind = type(thing)
    if issubclass(kind, QTimer):
        return isValid(thing) and thing.isActive()
    if issubclass(kind, QAbstractAnimation):
        return isValid(thing) and thing.state() is QAbstractAnimation.State.Running
    return False


@pytest.fixture
def places(tmp_path: Path) -> Paths:
    """A home of its own, not made yet."""
    return Paths(tmp_path / "home")


@pytest.fixture
def preferences(places: Paths) -> Preferences:
    """Settings at their defaults, but for a theme that does not depend on the machine."""
    preferences = Preferences(Settings(places.settings))
    preferences.set("theme", "light")
    return preferences


@pytest.fixture
def theme(qapp: QApplication, places: Paths, preferences: Preferences) -> Iterator[Theme]:
    """A dressed application."""
    theme = Theme(qapp, preferences, places.cache)
    yield theme
    theme.deleteLater()
