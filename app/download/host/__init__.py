"""The downloader's side of the process boundary: `indoors downloader`."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app import log, paths
from app.process.host import pipes
from app.process.host.lines import read_lines
from app.process.host.outbox import Outbox
from app.process.host.parent import watch_parent
from app.settings import Settings

_FLUSH_SECONDS = 2.0


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Serve requests from standard input until it ends; never returns."""
    options = _parser().parse_args(arguments)
    own = pipes.claim()
    log.configure(debug=options.debug)
    faulthandler.enable(file=pipes.STDERR)
    _serve(own, paths.find(options.home), resume=options.resume)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="indoors downloader", description="Fetches models for another program."
    )
    parser.add_argument("--home", type=Path, help="where models and downloads are kept")
    parser.add_argument("--debug", action="store_true", help="log everything to standard error")
    parser.add_argument("--resume", action="store_true", help="go on with downloads that were cut off")
    return parser


def _serve(own: pipes.Pipes, places: paths.Paths, *, resume: bool) -> NoReturn:
    from app.download.host.methods import Methods
    from app.download.host.queue import Queue
    from app.download.host.serve import Host
    from app.download.settings import network_settings

    ended = threading.Event()
    outbox = Outbox(lambda frame: pipes.write_all(own.events, frame), gone=ended.set)
    queue = Queue(places, network_settings(Settings(places.settings)), resume=resume)
    host = Host(outbox.send, Methods(queue, places).handlers())

    def read() -> None:
        read_lines(own.requests, host.receive)
        ended.set()

    watch_parent(ended.set)
    threading.Thread(target=read, name="requests", daemon=True).start()
    try:
        ended.wait()
    except KeyboardInterrupt:
        ended.set()
    queue.close()
    outbox.close(_FLUSH_SECONDS)
    logging.shutdown()
    os._exit(0)
