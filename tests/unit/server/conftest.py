from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.server import Served, serving


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    """A server without a key."""
    with serving(tmp_path / "responses.sqlite") as served:
        yield served
