"""The downloader's side of the process boundary: `indoors downloader`."""

from __future__ import annotations

import argparse
import faulthandler
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app import log, paths
from app.process.host import pipes
from app.process.host.serving import serve
from app.settings import Settings


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
    from app.download.settings import network_settings

    queue = Queue(places, network_settings(Settings(places.settings)), resume=resume)
    serve(own, Methods(queue, places).handlers(), queue.close)
