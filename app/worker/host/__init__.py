"""The worker's side of the process boundary: `indoors worker`.

The main thread does the jobs; others read requests, write events and watch the parent process.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app import log, paths
from app.process.host import pipes
from app.process.host.outbox import Outbox
from app.process.host.parent import watch_parent
from app.process.host.shortage import end_when_memory_runs_out
from app.worker.host.serve import Host
from app.worker.protocol import RUNTIME_OPTION

_GRACE_SECONDS = 3.0
_FLUSH_SECONDS = 2.0
_LAST_SECONDS = _GRACE_SECONDS + _FLUSH_SECONDS + 1.0
_OOM_SCORE = "500"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Serve requests from standard input until it ends; never returns."""
    options = _parser().parse_args(arguments)
    own = pipes.claim()
    log.configure(debug=options.debug)
    if options.runtime is not None:  # before anything imports onnxruntime
        sys.path.insert(0, str(options.runtime))
    faulthandler.enable(file=pipes.STDERR)
    end_when_memory_runs_out()
    _volunteer_for_the_oom_killer()
    _serve(own, paths.find(options.home))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="indoors worker", description="Runs models for another program.")
    parser.add_argument("--home", type=Path, help="where models and caches are kept")
    parser.add_argument(RUNTIME_OPTION, type=Path, help="folder of the runtime to compute with")
    parser.add_argument("--debug", action="store_true", help="log everything to standard error")
    return parser


def _serve(own: pipes.Pipes, places: paths.Paths) -> NoReturn:
    worked = threading.Event()
    outbox = Outbox(lambda frame: pipes.write_all(own.events, frame), gone=lambda: host.stop())
    host = Host(outbox.send, lambda: _end_soon(host, outbox, worked), places.responses)
    watch_parent(host.stop)
    threading.Thread(target=host.read, args=(own.requests,), name="requests", daemon=True).start()
    try:
        from app.worker.host.methods import Methods  # takes a second, and may print to descriptor 1

        host.work(Methods(places))
    except KeyboardInterrupt:
        host.stop()
    worked.set()
    _leave(outbox)


def _end_soon(host: Host, outbox: Outbox, worked: threading.Event) -> None:
    """Give the running job a moment to see that it is cancelled; then end without it."""

    def wait() -> None:
        if not worked.wait(_GRACE_SECONDS):
            host.give_up()
            _leave(outbox)

    def force() -> None:
        time.sleep(_LAST_SECONDS)
        os._exit(0)

    threading.Thread(target=wait, name="ending", daemon=True).start()
    # Saying goodbye can block: another thread may hold a lock while it writes into a pipe that nobody reads.
    threading.Thread(target=force, name="last resort", daemon=True).start()


def _leave(outbox: Outbox) -> NoReturn:
    """End at once: freeing gigabytes one by one, or waiting for a native thread, helps nobody."""
    outbox.close(_FLUSH_SECONDS)
    logging.shutdown()
    os._exit(0)


def _volunteer_for_the_oom_killer() -> None:
    """On Linux, let the kernel end the worker rather than the window when memory runs out."""
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        try:
            score.write_text(_OOM_SCORE, encoding="ascii")
        except OSError:  # a container may forbid it; it is only a preference
            return
