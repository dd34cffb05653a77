"""A child whose requests wait for the network, from its first line to its end."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from typing import NoReturn

from app.process.host import pipes
from app.process.host.job import Handler
from app.process.host.lines import read_lines
from app.process.host.outbox import Outbox
from app.process.host.parent import watch_parent
from app.process.host.threaded import Host

_FLUSH_SECONDS = 2.0


def serve(own: pipes.Pipes, handlers: Mapping[str, Handler], close: Callable[[], None]) -> NoReturn:
    """Do what is asked until nobody can ask any more; never returns.

    Args:
        own: the pipes to whoever started this process.
        handlers: what does each method's work.
        close: ends what goes on beside the requests.
    """
    ended = threading.Event()
    outbox = Outbox(lambda frame: pipes.write_all(own.events, frame), gone=ended.set)
    host = Host(outbox.send, handlers)

    def read() -> None:
        read_lines(own.requests, host.receive)
        ended.set()

    watch_parent(ended.set)
    threading.Thread(target=read, name="requests", daemon=True).start()
    try:
        ended.wait()
    except KeyboardInterrupt:
        ended.set()
    close()
    outbox.close(_FLUSH_SECONDS)
    logging.shutdown()
    os._exit(0)
