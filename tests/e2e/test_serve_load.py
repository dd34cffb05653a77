"""Many clients at once; for longer: `python -m tests.performance.server_load`."""

from __future__ import annotations

import asyncio

from tests.support.load import run_load
from tests.support.serve_program import serve_program


def test_many_clients_of_which_half_leave_get_their_own_answers(tmp_path):
    with serve_program(tmp_path, "--rate-limit", "0") as served:
        tally = asyncio.run(run_load(served.url, clients=40, seconds=6))
    assert tally.wrong == 0
    assert not tally.failed
    assert tally.answered > 3
    assert tally.left > 0
    assert tally.full > 0, "the queue is bounded"
